package io.millstream.common.serialization;

import java.io.Closeable;
import java.util.Map;

/**
 * A serializer and the deserializer that reads what it wrote.
 *
 * @param <T> type of the objects
 */
public interface Serde<T> extends Closeable {

  /**
   * Called once, before the first record; hands the settings to both.
   *
   * @param configs all settings of the client
   * @param isKey whether it is for keys, else for values
   */
  default void configure(Map<String, ?> configs, boolean isKey) {}

  /** Called when it is no longer needed; may be called twice. */
  @Override
  default void close() {}

  /** {@return the serializer} */
  Serializer<T> serializer();

  /** {@return the deserializer} */
  Deserializer<T> deserializer();
}

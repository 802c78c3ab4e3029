package io.millstream.common.serialization;

import io.millstream.common.header.Headers;
import java.io.Closeable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns keys or values into bytes. Called by all threads that send.
 *
 * @param <T> type of what it turns into bytes
 */
public interface Serializer<T> extends Closeable {

  /**
   * Called once, before the first record, if the client created the instance from a class name.
   *
   * @param configs all settings of the client
   * @param isKey whether it is for keys, else for values
   */
  default void configure(Map<String, ?> configs, boolean isKey) {}

  /**
   * Turns an object into bytes.
   *
   * @param topic the topic of the record
   * @param data the object; may be null
   * @return the bytes; null for null
   */
  byte @Nullable [] serialize(String topic, @Nullable T data);

  /**
   * Turns an object into bytes. By default the headers are ignored.
   *
   * @param topic the topic of the record
   * @param headers the headers of the record, to which may be added
   * @param data the object; may be null
   * @return the bytes; null for null
   */
  default byte @Nullable [] serialize(String topic, Headers headers, @Nullable T data) {
    return serialize(topic, data);
  }

  /** Called when the client is closed; may be called twice. */
  @Override
  default void close() {}
}

package io.millstream.common.serialization;

import io.millstream.common.header.Headers;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns bytes into keys or values. Called by the polling thread.
 *
 * @param <T> type of what it returns
 */
public interface Deserializer<T> extends Closeable {

  /**
   * Called once, before the first record, if the client created the instance from a class name.
   *
   * @param configs all settings of the client
   * @param isKey whether it is for keys, else for values
   */
  default void configure(Map<String, ?> configs, boolean isKey) {}

  /**
   * Turns bytes into an object.
   *
   * @param topic the topic of the record
   * @param data the bytes; null where the record has none
   * @return the object; usually null for null
   */
  @Nullable T deserialize(String topic, byte @Nullable [] data);

  /**
   * Turns bytes into an object. By default the headers are ignored.
   *
   * @param topic the topic of the record
   * @param headers the headers of the record
   * @param data the bytes; null where the record has none
   * @return the object; usually null for null
   */
  default @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] data) {
    return deserialize(topic, data);
  }

  /**
   * Turns bytes into an object. By default they are copied into an array. The buffer's position is
   * left as it was.
   *
   * @param topic the topic of the record
   * @param headers the headers of the record
   * @param data the bytes between position and limit, perhaps read-only; null for none
   * @return the object; usually null for null
   */
  default @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
    return deserialize(topic, headers, BufferBytes.copy(data));
  }

  /** Called when the client is closed; may be called twice. */
  @Override
  default void close() {}
}

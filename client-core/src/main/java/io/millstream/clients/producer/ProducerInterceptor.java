package io.millstream.clients.producer;

import io.millstream.common.Configurable;
import io.millstream.common.header.Headers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sees each record before it is serialized, and may change it; and is told what became of it. What
 * it throws is logged and not passed on. One that only changes records may be a lambda. An instance
 * that the application made is not configured, but closed with its producer.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface ProducerInterceptor<K, V> extends Configurable, AutoCloseable {

  /**
   * Called on the thread that sends, before the key and value are serialized.
   *
   * @param record what the application, or the interceptor before, wants to send
   * @return what to send
   */
  ProducerRecord<K, V> onSend(ProducerRecord<K, V> record);

  /**
   * Called when the record was sent or failed, on the producer's own thread before the callback: it
   * must be quick.
   *
   * @param metadata where the record stands; of a failed one the topic at least
   * @param exception why it failed, or null if it was sent
   */
  default void onAcknowledgement(
      @Nullable RecordMetadata metadata, @Nullable Exception exception) {}

  /**
   * Called as {@link #onAcknowledgement(RecordMetadata, Exception)}, with the record's headers. By
   * default it calls that one.
   *
   * @param metadata where the record stands; of a failed one the topic at least
   * @param exception why it failed, or null if it was sent
   * @param headers the headers of the record, read-only
   */
  default void onAcknowledgement(
      @Nullable RecordMetadata metadata, @Nullable Exception exception, Headers headers) {
    onAcknowledgement(metadata, exception);
  }

  /**
   * Called once if the producer created the instance from a class name. Does nothing by default.
   */
  @Override
  default void configure(Map<String, ?> configs) {}

  /** Called when the producer is closed. Does nothing by default. */
  @Override
  default void close() {}
}

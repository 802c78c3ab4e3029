package io.millstream.produce;

import io.millstream.clients.producer.Callback;
import io.millstream.clients.producer.ProducerInterceptor;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.header.Headers;
import io.millstream.common.header.internals.RecordHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The interceptors of a producer, in their order. What one throws is logged, and the others go on.
 * Any thread may use it.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class InterceptorChain<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(InterceptorChain.class);

  private final String clientId;
  private final List<ProducerInterceptor<K, V>> interceptors;

  /**
   * Creates a chain.
   *
   * @param clientId of the producer, for the log
   * @param interceptors in the order in which they see a record
   */
  InterceptorChain(String clientId, List<ProducerInterceptor<K, V>> interceptors) {
    this.clientId = clientId;
    this.interceptors = List.copyOf(interceptors);
  }

  /** Returns what is to be sent in place of a record. */
  public ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
    ProducerRecord<K, V> current = record;
    if (interceptors.isEmpty()) {
      return current;
    }
    for (ProducerInterceptor<K, V> interceptor : interceptors) {
      try {
        current = Objects.requireNonNull(interceptor.onSend(current), "onSend() returned null");
      } catch (RuntimeException e) {
        failed(interceptor, "onSend", record.topic(), e);
      }
    }
    return current;
  }

  /**
   * Returns a callback that tells the interceptors first.
   *
   * @param callback the application's own, null for none
   * @param sent what {@link #onSend} has returned
   * @return the application's own where there are no interceptors
   */
  public @Nullable Callback before(@Nullable Callback callback, ProducerRecord<K, V> sent) {
    if (interceptors.isEmpty()) {
      return callback;
    }
    return new Told(callback, sent);
  }

  /** Tells the interceptors, and then the application. */
  private final class Told implements Callback {

    private final @Nullable Callback callback;
    private final ProducerRecord<K, V> sent;

    private Told(@Nullable Callback callback, ProducerRecord<K, V> sent) {
      this.callback = callback;
      this.sent = sent;
    }

    @Override
    public void onCompletion(RecordMetadata metadata, @Nullable Exception exception) {
      tell(sent, metadata, exception);
      if (callback != null) {
        callback.onCompletion(metadata, exception);
      }
    }

    private String name() {
      List<String> names = new ArrayList<>();
      interceptors.forEach(interceptor -> names.add(interceptor.getClass().getName()));
      if (callback != null) {
        names.add(callback.getClass().getName());
      }
      return String.join(" and ", names);
    }
  }

  /** Returns whose code a callback is, for the log. */
  static String nameOf(Callback callback) {
    return callback instanceof InterceptorChain<?, ?>.Told told
        ? told.name()
        : callback.getClass().getName();
  }

  /** Tells of a record that {@code send} has thrown an exception for. */
  public void onFailure(ProducerRecord<K, V> record, Exception exception) {
    if (interceptors.isEmpty()) {
      return;
    }
    tell(record, FailedSend.metadata(record), exception);
  }

  private void tell(
      ProducerRecord<K, V> record, RecordMetadata metadata, @Nullable Exception exception) {
    Headers headers = readOnly(record.headers());
    for (ProducerInterceptor<K, V> interceptor : interceptors) {
      try {
        interceptor.onAcknowledgement(metadata, exception, headers);
      } catch (RuntimeException e) {
        failed(interceptor, "onAcknowledgement", record.topic(), e);
      }
    }
  }

  /** The headers of a record that was not taken over still belong to the application. */
  private static Headers readOnly(Headers headers) {
    if (headers instanceof RecordHeaders own && own.isReadOnly()) {
      return own;
    }
    RecordHeaders copy = new RecordHeaders(headers);
    copy.setReadOnly();
    return copy;
  }

  private void failed(
      ProducerInterceptor<K, V> interceptor, String method, String topic, RuntimeException thrown) {
    LOG.warn(
        "{}: {} of {} failed for a record of topic {}; sending goes on",
        clientId,
        method,
        interceptor.getClass().getName(),
        topic,
        thrown);
  }
}

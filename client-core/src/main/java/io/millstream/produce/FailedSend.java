package io.millstream.produce;

import io.millstream.clients.producer.Callback;
import io.millstream.clients.producer.ProducerRecord;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.TopicPartition;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The future of a record that could not even be taken over.
 *
 * @param exception why
 */
public record FailedSend(RuntimeException exception) implements Future<RecordMetadata> {

  /** Returns what is told of a record that stands nowhere. */
  static RecordMetadata metadata(ProducerRecord<?, ?> record) {
    Integer named = record.partition();
    int partition = named == null ? RecordMetadata.UNKNOWN_PARTITION : named;
    return new RecordMetadata(new TopicPartition(record.topic(), partition), -1, -1, -1, -1, -1);
  }

  /**
   * Reports as Kafka does what is wrong with a record: to the callback, and in the future.
   *
   * @param callback told at once, null for none
   */
  public static Future<RecordMetadata> of(
      ProducerRecord<?, ?> record, @Nullable Callback callback, RuntimeException exception) {
    if (callback != null) {
      callback.onCompletion(metadata(record), exception);
    }
    return new FailedSend(exception);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return false;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public boolean isDone() {
    return true;
  }

  @Override
  public RecordMetadata get() throws ExecutionException {
    throw new ExecutionException(exception);
  }

  @Override
  public RecordMetadata get(long timeout, TimeUnit unit) throws ExecutionException {
    throw new ExecutionException(exception);
  }
}

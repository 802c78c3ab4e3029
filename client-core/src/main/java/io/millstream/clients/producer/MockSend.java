package io.millstream.clients.producer;

import io.millstream.common.TopicPartition;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A record that a {@link MockProducer} took over: its future, and what completes it. */
final class MockSend extends CompletableFuture<RecordMetadata> {

  private final TopicPartition partition;
  private final long offset;
  private final @Nullable Callback callback;

  MockSend(TopicPartition partition, long offset, @Nullable Callback callback) {
    this.partition = partition;
    this.offset = offset;
    this.callback = callback;
  }

  /** Ends it as a broker's answer would: the callback first, then the future. */
  void end(@Nullable RuntimeException failure) {
    RecordMetadata metadata =
        failure == null
            ? new RecordMetadata(partition, offset, 0, -1, 0, 0)
            : new RecordMetadata(partition, -1, -1, -1, -1, -1);
    try {
      if (callback != null) {
        callback.onCompletion(metadata, failure);
      }
    } finally {
      if (failure == null) {
        complete(metadata);
      } else {
        completeExceptionally(failure);
      }
    }
  }

  /** Does nothing: what was sent cannot be called back. */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return false;
  }
}

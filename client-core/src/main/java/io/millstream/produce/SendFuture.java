package io.millstream.produce;

import io.millstream.clients.producer.RecordMetadata;
import io.millstream.network.Gate;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The future of one {@code send}: the only object that a send creates. Cannot be cancelled. Waiting
 * for it inside a callback is refused, since the loop would wait for itself.
 */
final class SendFuture implements Future<RecordMetadata> {

  private final Sending sending;
  private final int index;

  SendFuture(Sending sending, int index) {
    this.sending = sending;
    this.index = index;
  }

  Sending sending() {
    return sending;
  }

  int index() {
    return index;
  }

  /** Says whether this is the first record of a batch. */
  boolean first() {
    return index == 0;
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
    Sending target = sending;
    int at = index;
    while (target.settled()) {
      Sending next = target.successor(at);
      if (next == null) {
        return true;
      }
      at = target.successorIndex(at);
      target = next;
    }
    return false;
  }

  @Override
  public RecordMetadata get() throws InterruptedException, ExecutionException {
    RecordMetadata metadata = await(Gate.NEVER);
    if (metadata == null) {
      throw new IllegalStateException("a wait without a deadline has ended");
    }
    return metadata;
  }

  @Override
  public RecordMetadata get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long now = sending.loop().nanoTime();
    long nanos = unit.toNanos(timeout);
    RecordMetadata metadata = await(nanos > Long.MAX_VALUE / 4 ? Gate.NEVER : now + nanos);
    if (metadata == null) {
      throw new TimeoutException(
          "The record was neither sent nor failed within %d %s; the producer goes on"
                  .formatted(timeout, unit)
              + " trying until delivery.timeout.ms is over");
    }
    return metadata;
  }

  private @Nullable RecordMetadata await(long deadlineNanos)
      throws InterruptedException, ExecutionException {
    Sending target = sending;
    int at = index;
    while (target.awaitSettled(deadlineNanos)) {
      Sending next = target.successor(at);
      if (next == null) {
        RuntimeException exception = target.exception(at);
        if (exception != null) {
          throw new ExecutionException(exception);
        }
        return target.metadata(at);
      }
      at = target.successorIndex(at);
      target = next;
    }
    return null;
  }
}

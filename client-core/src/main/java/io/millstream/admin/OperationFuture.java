package io.millstream.admin;

import io.millstream.common.KafkaException;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A future that waits as its client's environment says, and so do all that follow from it. Whoever
 * would wait for it on the event loop, which alone can complete it, is refused.
 */
final class OperationFuture<T extends @Nullable Object> extends CompletableFuture<T> {

  private final EventLoop loop;

  OperationFuture(EventLoop loop) {
    this.loop = loop;
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    return new OperationFuture<>(loop);
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    awaitDone(Gate.NEVER);
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    // A third of the range is a century, and cannot overflow.
    long nanos = Math.min(unit.toNanos(timeout), Long.MAX_VALUE / 3);
    if (!awaitDone(loop.nanoTime() + nanos)) {
      throw new TimeoutException(
          "No result of %s after %d %s; it may still come"
              .formatted(loop.name(), timeout, unit.name().toLowerCase(java.util.Locale.ROOT)));
    }
    return super.get();
  }

  @Override
  public T join() {
    boolean interrupted = false;
    while (!isDone()) {
      try {
        awaitDone(Gate.NEVER);
      } catch (InterruptedException e) {
        // As every join: the wait goes on, and the caller finds the status afterwards.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return super.join();
  }

  private boolean awaitDone(long deadlineNanos) throws InterruptedException {
    if (isDone()) {
      return true;
    }
    if (loop.inLoop()) {
      throw new KafkaException(
          "A step of a future of "
              + loop.name()
              + " waits for another future of the same client, which only the waiting thread could"
              + " complete; use thenApply or whenComplete there, or wait on a thread of your own");
    }
    Gate gate = loop.environment().waiting().gate();
    whenComplete((value, error) -> gate.open());
    return gate.await(this::isDone, deadlineNanos);
  }
}

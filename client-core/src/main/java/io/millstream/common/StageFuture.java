package io.millstream.common;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A {@link KafkaFuture} over a {@link CompletableFuture}. */
final class StageFuture<T extends @Nullable Object> extends KafkaFuture<T> {

  private final CompletableFuture<T> stage;

  StageFuture(CompletableFuture<T> stage) {
    this.stage = stage;
  }

  /** Gives a future of all stages that waits as the first of them does. */
  static KafkaFuture<@Nullable Void> ofAll(CompletableFuture<?>[] stages) {
    CompletableFuture<@Nullable Void> all =
        stages.length == 0 ? new CompletableFuture<>() : stages[0].newIncompleteFuture();
    CompletableFuture.allOf(stages)
        .whenComplete(
            (nothing, error) -> {
              if (error == null) {
                all.complete(null);
              } else {
                all.completeExceptionally(Objects.requireNonNull(unwrapped(error)));
              }
            });
    return new StageFuture<>(all);
  }

  CompletableFuture<T> stage() {
    return stage;
  }

  @Override
  public CompletionStage<T> toCompletionStage() {
    return stage.minimalCompletionStage();
  }

  @Override
  public <R extends @Nullable Object> KafkaFuture<R> thenApply(BaseFunction<T, R> function) {
    return new StageFuture<>(stage.thenApply(function::apply));
  }

  @Override
  public KafkaFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
    return new StageFuture<>(
        stage.whenComplete((value, error) -> action.accept(value, unwrapped(error))));
  }

  @Override
  protected boolean complete(T value) {
    return stage.complete(value);
  }

  @Override
  protected boolean completeExceptionally(Throwable error) {
    return stage.completeExceptionally(error);
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return stage.cancel(mayInterruptIfRunning);
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    return stage.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.get(timeout, unit);
  }

  @Override
  public T getNow(T valueIfAbsent) throws InterruptedException, ExecutionException {
    return stage.isDone() ? stage.get() : valueIfAbsent;
  }

  @Override
  public boolean isCancelled() {
    return stage.isCancelled();
  }

  @Override
  public boolean isCompletedExceptionally() {
    return stage.isCompletedExceptionally();
  }

  @Override
  public boolean isDone() {
    return stage.isDone();
  }

  /** A stage that depends on another wraps its error; users want the error itself. */
  private static @Nullable Throwable unwrapped(@Nullable Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }
}

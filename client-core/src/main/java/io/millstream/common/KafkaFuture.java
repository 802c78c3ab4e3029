package io.millstream.common;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation of the admin client, there now or later. It can be waited for, like
 * any {@link Future}, or joined to other steps. Steps given to {@link #thenApply} and {@link
 * #whenComplete} may run on the client's own thread and must not block.
 *
 * @param <T> what the operation gives
 */
public abstract class KafkaFuture<T extends @Nullable Object> implements Future<T> {

  /** Creates a future. */
  public KafkaFuture() {}

  /**
   * A function from one value to another.
   *
   * @param <A> what goes in
   * @param <B> what comes out
   */
  @FunctionalInterface
  public interface BaseFunction<A extends @Nullable Object, B extends @Nullable Object> {

    /**
     * Computes the result.
     *
     * @param a the value
     * @return the result
     */
    B apply(A a);
  }

  /**
   * A step that takes two values.
   *
   * @param <A> the first
   * @param <B> the second
   */
  @FunctionalInterface
  public interface BiConsumer<A, B> {

    /**
     * Takes the values.
     *
     * @param a the first
     * @param b the second
     */
    void accept(@Nullable A a, @Nullable B b);
  }

  /**
   * Gives a future that has its value already.
   *
   * @param <U> the type of the value
   * @param value the value; may be null
   * @return a completed future
   */
  public static <U extends @Nullable Object> KafkaFuture<U> completedFuture(U value) {
    return new StageFuture<>(CompletableFuture.completedFuture(value));
  }

  /**
   * Gives a future that completes when all the given ones have completed.
   *
   * @param futures the futures to wait for
   * @return a future of null; it fails with the error of one of them if any fails
   */
  public static KafkaFuture<@Nullable Void> allOf(KafkaFuture<?>... futures) {
    CompletableFuture<?>[] stages = new CompletableFuture<?>[futures.length];
    for (int i = 0; i < futures.length; i++) {
      stages[i] =
          futures[i] instanceof StageFuture<?> known
              ? known.stage()
              : futures[i].toCompletionStage().toCompletableFuture();
    }
    return StageFuture.ofAll(stages);
  }

  /**
   * Gives a future that follows another one. It cannot be completed through this view; cancelling
   * it does not reach the stage.
   *
   * @param <U> the type of the value
   * @param stage what to follow
   * @return a future that completes as the stage does
   */
  public static <U extends @Nullable Object> KafkaFuture<U> following(CompletionStage<U> stage) {
    return new StageFuture<>(stage.thenApply(value -> value).toCompletableFuture());
  }

  /**
   * Gives this future as a stage, to be joined to others. Completing or cancelling what is given
   * does not reach this future.
   *
   * @return a stage that completes as this future does
   */
  public abstract CompletionStage<T> toCompletionStage();

  /**
   * Gives a future of the function's result for the value of this one. If this one fails, or the
   * function throws, the given future fails so.
   *
   * @param <R> the type of the result
   * @param function what to do with the value
   * @return the future result
   */
  public abstract <R extends @Nullable Object> KafkaFuture<R> thenApply(
      BaseFunction<T, R> function);

  /**
   * Gives a future that completes as this one does, after the action has run.
   *
   * @param action gets the value, or null, and the error, or null
   * @return a future of the same value or error
   */
  public abstract KafkaFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action);

  /**
   * Completes this future, unless it is complete.
   *
   * @param value the value
   * @return whether this call completed it
   */
  protected abstract boolean complete(T value);

  /**
   * Fails this future, unless it is complete.
   *
   * @param error the error
   * @return whether this call failed it
   */
  protected abstract boolean completeExceptionally(Throwable error);

  @Override
  public abstract boolean cancel(boolean mayInterruptIfRunning);

  @Override
  public abstract T get() throws InterruptedException, ExecutionException;

  @Override
  public abstract T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException;

  /**
   * Gives the value if it is there, without waiting.
   *
   * @param valueIfAbsent what to give when this future is not complete
   * @return the value, or the given one
   * @throws InterruptedException never; Kafka's signature has it
   * @throws ExecutionException if this future failed, with the error as cause
   */
  public abstract T getNow(T valueIfAbsent) throws InterruptedException, ExecutionException;

  @Override
  public abstract boolean isCancelled();

  /**
   * Tells whether this future failed or was cancelled.
   *
   * @return true if it completed with an error
   */
  public abstract boolean isCompletedExceptionally();

  @Override
  public abstract boolean isDone();
}

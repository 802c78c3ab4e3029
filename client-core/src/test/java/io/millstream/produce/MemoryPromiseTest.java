package io.millstream.produce;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.compression.Codec;
import io.millstream.network.Gate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a caller does with memory that it was promised for a record that goes elsewhere. */
@Timeout(60)
class MemoryPromiseTest {

  private static final long MEMORY_BYTES = 20_000;

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private static Thread append(
      DeliveringLoop loop, int number, CompletableFuture<SendFuture> appended) {
    Thread caller =
        new Thread(
            () -> {
              try {
                appended.complete(loop.append(0, number));
              } catch (InterruptedException | RuntimeException e) {
                appended.completeExceptionally(e);
              }
            });
    caller.setDaemon(true);
    caller.start();
    return caller;
  }

  @Test
  void topicThatBecomesKnownAfterTheWaitForMemoryUsesUpNoPromise() throws Exception {
    try (DeliveringLoop loop =
        new DeliveringLoop(1, MEMORY_BYTES, Codec.NONE, 700, Integer.MAX_VALUE)) {
      loop.append(0, 3);
      TopicQueue topic = loop.topic();
      long restBytes = MEMORY_BYTES - loop.memory.takenBytes();
      assertThat(loop.memory.tryReserve(restBytes)).isTrue();
      CompletableFuture<SendFuture> appended = new CompletableFuture<>();
      Thread caller = append(loop, 901, appended);
      await(loop.memory::awaited);
      loop.execute(
          () ->
              topic.take(
                  waiting -> {
                    // The caller gets its promise, finds the topic unknown, and comes to this lock.
                    loop.memory.release(restBytes);
                    await(
                        () ->
                            LockSupport.getBlocker(caller) instanceof AbstractOwnableSynchronizer);
                    loop.publish(topic);
                    throw new IllegalStateException("thrown to leave the queue that has changed");
                  }));
      assertThat(requireNonNull(appended.get(30, TimeUnit.SECONDS))).isNotNull();
    }
  }

  @Test
  void promiseThatDoesNotSufficeInAnOpenBatchIsExchangedForOneThatDoes() throws Exception {
    try (DeliveringLoop loop = new DeliveringLoop(1, MEMORY_BYTES, Codec.NONE, 9_000, 0)) {
      loop.append(0, 1);
      await(() -> loop.told.get() == 1 && loop.memory.takenBytes() == 0);
      CountDownLatch over = new CountDownLatch(1);
      loop.execute(() -> await(() -> over.getCount() == 0));
      assertThat(loop.memory.tryReserve(MEMORY_BYTES)).isTrue();
      CompletableFuture<SendFuture> small = new CompletableFuture<>();
      Thread first = append(loop, 1_600, small);
      await(() -> LockSupport.getBlocker(first) instanceof Gate);
      CompletableFuture<SendFuture> large = new CompletableFuture<>();
      Thread second = append(loop, 8_902, large);
      await(() -> LockSupport.getBlocker(second) instanceof Gate);
      loop.memory.release(8_192);
      assertThat(requireNonNull(small.get(30, TimeUnit.SECONDS)).first()).isTrue();
      // Takes two more chunks of 8 KiB in the open batch, but one in a batch of its own.
      loop.memory.release(MEMORY_BYTES - 8_192);
      assertThat(requireNonNull(large.get(30, TimeUnit.SECONDS)).first()).isTrue();
      over.countDown();
      await(() -> loop.told.get() == 3);
    }
  }

  @Test
  void promiseThatIsTooSmallForTheChunkOfALargeBatchBeforeSufficesAllTheSame() throws Exception {
    try (DeliveringLoop loop = new DeliveringLoop(1, 80_000, Codec.NONE, 9_000, 0)) {
      // Each fills a batch by three quarters, so that the next begins with a chunk for all of it.
      for (int number = 8_904; number < 8_992; number += 3) {
        loop.append(0, number);
      }
      await(() -> loop.told.get() == 30 && loop.memory.takenBytes() == 0);
      assertThat(loop.memory.tryReserve(80_000)).isTrue();
      CompletableFuture<SendFuture> appended = new CompletableFuture<>();
      Thread caller = append(loop, 17_994, appended);
      await(() -> LockSupport.getBlocker(caller) instanceof Gate);
      loop.memory.release(12_000);
      assertThat(requireNonNull(appended.get(30, TimeUnit.SECONDS)).first()).isTrue();
      await(() -> loop.told.get() == 31);
    }
  }
}

package io.millstream.produce;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.network.SystemEnvironment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BufferMemoryTest {

  private static final long LIMIT_BYTES = 64 * 1024;

  private final SystemEnvironment environment = new SystemEnvironment("test");
  private final BufferMemory memory = new BufferMemory(LIMIT_BYTES, environment.waiting());

  private long inAMinute() {
    return environment.clock().nanoTime() + 60_000_000_000L;
  }

  private static void nothing() {}

  @Test
  void chunksArePowersOfTwoAndCountAsWhatTheyAre() {
    ByteBuffer chunk = requireNonNull(memory.take(1_025));
    assertThat(chunk.capacity()).isEqualTo(2_048);
    assertThat(chunk.isDirect()).isTrue();
    assertThat(memory.takenBytes()).isEqualTo(2_048);
    memory.giveBack(chunk);
    assertThat(memory.takenBytes()).isZero();
    assertThat(memory.take(2_000)).as("the same chunk again").isSameAs(chunk);
  }

  @Test
  void nobodyGetsMoreThanThereIs() throws Exception {
    assertThat(memory.take((int) LIMIT_BYTES)).isNotNull();
    assertThat(memory.take(1)).isNull();
    assertThat(memory.tryReserve(1)).isFalse();
    assertThat(memory.await(1, environment.clock().nanoTime(), BufferMemoryTest::nothing)).isNull();
    assertThat(memory.beyondLimit().take(1)).as("work that frees soon").isNotNull();
    assertThat(memory.awaited()).isFalse();
  }

  @Test
  void awaitedIsTrueWhenAWaitBegins() throws Exception {
    assertThat(memory.tryReserve(LIMIT_BYTES)).isTrue();
    AtomicBoolean seen = new AtomicBoolean();
    BufferMemory.Grant grant =
        memory.await(
            100,
            inAMinute(),
            () -> {
              seen.set(memory.awaited());
              memory.release(LIMIT_BYTES);
            });
    assertThat(seen).isTrue();
    assertThat(grant).isNotNull();
    assertThat(memory.takenBytes()).isEqualTo(100);
    memory.release(requireNonNull(grant));
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void whoWaitsComesBeforeWhoAsksLater() throws Exception {
    assertThat(memory.tryReserve(LIMIT_BYTES)).isTrue();
    AtomicBoolean barged = new AtomicBoolean();
    BufferMemory.Grant grant =
        memory.await(
            LIMIT_BYTES,
            inAMinute(),
            () -> {
              memory.release(LIMIT_BYTES - 10);
              barged.set(memory.tryReserve(1) || memory.take(1) != null);
              memory.release(10);
            });
    assertThat(barged).as("somebody was served although another waited").isFalse();
    assertThat(grant).isNotNull();
  }

  @Test
  void anInterruptedWaitTakesNothing() throws Exception {
    assertThat(memory.tryReserve(LIMIT_BYTES)).isTrue();
    assertThatThrownBy(
            () -> memory.await(100, inAMinute(), () -> Thread.currentThread().interrupt()))
        .isInstanceOf(InterruptedException.class);
    assertThat(memory.awaited()).isFalse();
    assertThat(memory.takenBytes()).isEqualTo(LIMIT_BYTES);
  }

  @Test
  void closingEndsTheWaiting() throws Exception {
    assertThat(memory.tryReserve(LIMIT_BYTES)).isTrue();
    assertThat(memory.await(100, inAMinute(), memory::close)).isNull();
    assertThat(memory.await(100, inAMinute(), BufferMemoryTest::nothing)).isNull();
    assertThat(memory.takenBytes()).isEqualTo(LIMIT_BYTES);
  }

  @Test
  void threadsShareItWithoutLoss() throws Exception {
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    AtomicInteger served = new AtomicInteger();
    ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int size = 1_000 << i;
      threads.add(
          new Thread(
              () -> {
                try {
                  for (int round = 0; round < 3_000; round++) {
                    BufferMemory.Grant grant =
                        requireNonNull(
                            memory.await(
                                BufferMemory.chunkBytes(size),
                                inAMinute(),
                                BufferMemoryTest::nothing));
                    ByteBuffer chunk = requireNonNull(memory.take(grant, size));
                    most.accumulateAndGet(held.addAndGet(chunk.capacity()), Math::max);
                    memory.release(grant);
                    held.addAndGet(-chunk.capacity());
                    memory.giveBack(chunk);
                    served.incrementAndGet();
                  }
                } catch (Throwable e) {
                  wrong.add(e);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
    assertThat(served).hasValue(6 * 3_000);
    assertThat(most.get()).isLessThanOrEqualTo(LIMIT_BYTES);
    assertThat(memory.takenBytes()).isZero();
    assertThat(memory.awaited()).isFalse();
  }
}

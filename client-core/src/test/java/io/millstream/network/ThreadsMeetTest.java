package io.millstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Where threads meet: the task queue, signals and gates, on real threads. */
class ThreadsMeetTest {

  private static final int THREADS = 4;
  private static final int ROUNDS = 20_000;

  private final SystemEnvironment environment = new SystemEnvironment("test");

  @Test
  void everyTaskRunsOnceAndInTheOrderOfItsThread() throws Exception {
    EventLoop loop = new EventLoop(environment, "test");
    int[] next = new int[THREADS];
    AtomicInteger disorder = new AtomicInteger();
    loop.start();
    run(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            int expected = i;
            loop.execute(
                () -> {
                  if (next[thread]++ != expected) {
                    disorder.incrementAndGet();
                  }
                });
          }
        });
    loop.shutdown();
    assertThat(loop.awaitEnd(System.nanoTime() + 60_000_000_000L)).isTrue();
    assertThat(next).containsOnly(ROUNDS);
    assertThat(disorder).hasValue(0);
  }

  @Test
  void noChangeBeforeARaisedSignalIsMissed() throws Exception {
    EventLoop loop = new EventLoop(environment, "test");
    AtomicInteger changes = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    Gate gate = environment.waiting().gate();
    Signal signal =
        loop.signal(
            () -> {
              seen.set(changes.get());
              gate.open();
            });
    loop.start();
    run(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            changes.incrementAndGet();
            signal.raise();
          }
        });
    assertThat(
            gate.await(() -> seen.get() == THREADS * ROUNDS, System.nanoTime() + 60_000_000_000L))
        .isTrue();
    loop.shutdown();
  }

  @Test
  void noWaiterSleepsThroughAnOpening() throws Exception {
    Gate gate = environment.waiting().gate();
    AtomicInteger turn = new AtomicInteger();
    AtomicInteger late = new AtomicInteger();
    run(
        thread -> {
          for (int i = 0; i < 2_000; i++) {
            int mine = i * THREADS + thread;
            if (!gate.await(() -> turn.get() == mine, System.nanoTime() + 60_000_000_000L)) {
              late.incrementAndGet();
            }
            turn.incrementAndGet();
            gate.open();
          }
        });
    assertThat(late).hasValue(0);
    assertThat(turn).hasValue(2_000 * THREADS);
  }

  @Test
  void aGateGivesUpAtItsDeadlineAndOnInterrupt() throws Exception {
    Gate gate = environment.waiting().gate();
    assertThat(gate.await(() -> false, System.nanoTime() + 1_000_000)).isFalse();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> gate.await(() -> false, Gate.NEVER))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    AtomicBoolean holds = new AtomicBoolean(true);
    assertThat(gate.await(holds::get, System.nanoTime() - 1)).isTrue();
  }

  private interface Body {
    void run(int thread) throws InterruptedException;
  }

  private static void run(Body body) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  body.run(number);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}

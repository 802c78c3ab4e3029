package io.millstream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.errors.InterruptException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.network.SystemEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Where the callers of one consumer meet, on real threads. */
class PollPermitTest {

  private static final int CALLERS = 3;
  private static final int ROUNDS = 5_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SystemEnvironment environment = new SystemEnvironment("test");
  private final Gate gate = environment.waiting().gate();
  private final CallerWait waits = new CallerWait(new EventLoop(environment, "test"), gate);
  private final PollPermit permit = new PollPermit(waits, PATIENCE);

  /** Changed by the holder of the permit alone, so that a lost update shows a second holder. */
  private int plain;

  @Test
  void everyCallIsDoneOnceByOneThreadAtATimeWhilePollsComeAndGo() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger meetings = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(
          start(
              () -> {
                for (int round = 0; round < ROUNDS; round++) {
                  permit.run(
                      "test",
                      () -> {
                        if (inside.getAndIncrement() != 0) {
                          meetings.incrementAndGet();
                        }
                        plain++;
                        inside.decrementAndGet();
                      });
                }
              }));
    }
    Thread poller =
        start(
            () -> {
              while (!over.get()) {
                permit.enterPoll();
                permit.runHanded();
                plain++;
                plain--;
                permit.leavePoll();
              }
            });
    for (Thread caller : callers) {
      caller.join(60_000);
      assertThat(caller.isAlive()).as("a caller waits for ever").isFalse();
    }
    over.set(true);
    poller.join();
    assertThat(meetings).hasValue(0);
    assertThat(plain).isEqualTo(CALLERS * ROUNDS);
  }

  @Test
  void aSecondPollIsRefusedAndAListenerMayCallAgain() throws Exception {
    permit.enterPoll();
    assertThat(permit.call("test", () -> permit.call("test", () -> 7))).isEqualTo(7);
    assertThatThrownBy(permit::enterPoll)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("within poll()");
    AtomicReference<Throwable> refusal = new AtomicReference<>();
    Thread second =
        start(
            () -> {
              try {
                permit.enterPoll();
              } catch (RuntimeException e) {
                refusal.set(e);
              }
            });
    second.join();
    assertThat(refusal.get())
        .isInstanceOf(ConcurrentModificationException.class)
        .hasMessageContaining(Thread.currentThread().getName());
    permit.leavePoll();
  }

  @Test
  void aCallWaitsNoLongerThanItsTimeForAPollThatIsBusy() throws Exception {
    permit.enterPoll();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean ran = new AtomicBoolean();
    Thread caller =
        start(
            () -> {
              permit.runIfFree(() -> ran.set(true));
              try {
                permit.call(
                    "test",
                    waits.deadlineNanos(Duration.ofMillis(10)),
                    () -> {
                      ran.set(true);
                      return 1;
                    });
              } catch (RuntimeException e) {
                thrown.set(e);
              }
            });
    caller.join(60_000);
    assertThat(thrown.get())
        .isInstanceOf(TimeoutException.class)
        .hasMessageContainingAll("test", Thread.currentThread().getName());
    permit.leavePoll();
    assertThat(ran).as("nor later").isFalse();
    permit.runIfFree(() -> ran.set(true));
    assertThat(ran).isTrue();
  }

  @Test
  void aPollThatWaitsDoesWhatIsHandedOverThoughItsCallerHasNoTime() throws Exception {
    permit.enterPoll();
    AtomicReference<Integer> result = new AtomicReference<>();
    Thread caller =
        start(() -> result.set(permit.call("test", waits.deadlineNanos(Duration.ZERO), () -> 7)));
    while (caller.getState() != Thread.State.TIMED_WAITING) {
      assertThat(caller.isAlive()).as("it waits").isTrue();
      Thread.onSpinWait();
    }
    permit.leavePoll();
    caller.join(60_000);
    assertThat(result).hasValue(7);
  }

  @Test
  void whatACallThrowsReachesItsCallerAndNotThePoll() throws Exception {
    reachesItsCaller(new IllegalArgumentException("wrong"));
  }

  @Test
  void anErrorOfACallReachesItsCallerAndNotThePoll() throws Exception {
    reachesItsCaller(new AssertionError("wrong"));
  }

  private void reachesItsCaller(Throwable what) throws Exception {
    permit.enterPoll();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller =
        start(
            () -> {
              try {
                permit.run(
                    "test",
                    () -> {
                      if (what instanceof Error error) {
                        throw error;
                      }
                      throw (RuntimeException) what;
                    });
              } catch (RuntimeException | Error e) {
                thrown.set(e);
              }
            });
    gate.await(permit::hasHanded, Gate.NEVER);
    permit.runHanded();
    permit.leavePoll();
    caller.join();
    assertThat(thrown.get()).isSameAs(what);
  }

  @Test
  void anInterruptedCallerLeavesAndItsCallIsNotDone() throws Exception {
    permit.enterPoll();
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean stayed = new AtomicBoolean();
    CountDownLatch left = new CountDownLatch(1);
    Thread caller =
        start(
            () -> {
              try {
                permit.run("test", () -> done.set(true));
              } catch (InterruptException e) {
                stayed.set(Thread.currentThread().isInterrupted());
                left.countDown();
              }
            });
    gate.await(permit::hasHanded, Gate.NEVER);
    caller.interrupt();
    left.await();
    permit.leavePoll();
    assertThat(done).isFalse();
    assertThat(stayed).isTrue();
  }

  private static Thread start(Runnable body) {
    Thread thread = new Thread(body);
    thread.start();
    return thread;
  }
}

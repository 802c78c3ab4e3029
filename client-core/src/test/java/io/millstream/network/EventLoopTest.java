package io.millstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** The loop stepped by hand on a virtual clock. */
class EventLoopTest {

  private final List<String> log = new ArrayList<>();
  private final ManualWorld world = new ManualWorld();
  private final EventLoop loop = new EventLoop(world, "test");

  /** A world without a network, whose clock moves only when told to. */
  private static final class ManualWorld
      implements Environment, Clock, Transport, TransportSelector {
    private long now = Long.MAX_VALUE - 50;
    private int wakeups;
    private boolean broken;
    private boolean dying;

    @Override
    public Clock clock() {
      return this;
    }

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public long wallMillis() {
      return 0;
    }

    @Override
    public Transport transport() {
      return this;
    }

    @Override
    public TransportSelector openSelector() {
      return this;
    }

    @Override
    public TransportChannel connect(
        InetSocketAddress address, ChannelOptions options, ReadinessListener listener)
        throws IOException {
      throw new IOException("no network");
    }

    @Override
    public boolean poll(long maxWaitNanos) throws IOException {
      if (broken) {
        throw new IOException("broken selector");
      }
      if (dying) {
        throw new InternalError("dying selector");
      }
      return false;
    }

    @Override
    public void wakeup() {
      wakeups++;
    }

    @Override
    public void close() {}

    @Override
    public NameResolver resolver() {
      return host -> List.of();
    }

    @Override
    public RandomGenerator random() {
      return new SplittableRandom(1);
    }

    @Override
    public Executor helpers() {
      return Runnable::run;
    }

    @Override
    public Waiting waiting() {
      return () -> new ParkingGate(this);
    }

    @Override
    public void drive(EventLoop driven, String name) {}
  }

  @Test
  void runsTimersOfTheSameTimeInTheOrderOfTheirSchedulingAcrossOverflowOfTheClock() {
    loop.schedule(100, () -> log.add("late"));
    loop.schedule(40, () -> log.add("first"));
    loop.schedule(40, () -> log.add("second"));
    Timer cancelled = loop.schedule(40, () -> log.add("cancelled"));
    cancelled.cancel();
    loop.runOnce(0);
    assertThat(log).isEmpty();
    world.now += 60;
    loop.runOnce(0);
    assertThat(log).containsExactly("first", "second");
    world.now += 60;
    loop.runOnce(0);
    assertThat(log).containsExactly("first", "second", "late");
  }

  @Test
  void goesOnWhenATaskThrows() {
    loop.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    loop.execute(() -> log.add("next"));
    loop.runOnce(0);
    assertThat(log).containsExactly("next");
  }

  @Test
  void runsTheReactionOfASignalOnceUntilItHasBegun() {
    Signal signal = loop.signal(() -> log.add("reacted"));
    signal.raise();
    signal.raise();
    loop.runOnce(0);
    assertThat(log).containsExactly("reacted");
    signal.raise();
    loop.runOnce(0);
    assertThat(log).hasSize(2);
  }

  @Test
  void isNotWokenWhileItDoesNotWait() {
    loop.runOnce(0);
    loop.execute(() -> {});
    assertThat(world.wakeups).isZero();
  }

  @Test
  void dyingTellsWhoIsPendingInReverseOrderAndRefusesTasks() {
    loop.onEnd(cause -> log.add("outer " + cause));
    loop.onEnd(cause -> log.add("inner " + cause));
    world.broken = true;
    loop.runOnce(0);
    assertThat(loop.ended()).isTrue();
    assertThat(log)
        .containsExactly(
            "inner java.io.IOException: broken selector",
            "outer java.io.IOException: broken selector");
    assertThatThrownBy(() -> loop.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void onlyWhatTheLoopRunsIsInIt() {
    assertThat(loop.inLoop()).isTrue();
    loop.execute(() -> log.add("in loop: " + loop.inLoop()));
    loop.runOnce(0);
    assertThat(log).containsExactly("in loop: true");
    assertThatThrownBy(loop::assertInLoop).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesToWaitForItself() {
    List<Throwable> thrown = new ArrayList<>();
    loop.execute(
        () -> {
          try {
            loop.runOnce(0);
          } catch (IllegalStateException e) {
            thrown.add(e);
          }
        });
    loop.runOnce(0);
    assertThat(thrown).hasSize(1);
  }

  @Test
  void endsOrderlyAfterTheTasksThatAreQueued() {
    loop.onEnd(cause -> log.add("end " + cause));
    loop.runOnce(0);
    loop.execute(() -> log.add("task"));
    loop.shutdown();
    loop.runOnce(0);
    assertThat(log).containsExactly("task", "end null");
    assertThat(loop.ended()).isTrue();
  }

  @Test
  void errorInTheSelectorEndsTheLoopAsABrokenOneDoes() {
    loop.onEnd(cause -> log.add("ended by " + cause));
    world.dying = true;
    loop.runOnce(0);
    assertThat(loop.ended()).isTrue();
    assertThat(log).containsExactly("ended by java.lang.InternalError: dying selector");
  }

  private static void withoutMemoryToLog(Runnable action) {
    AppenderBase<ILoggingEvent> failing =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            throw new OutOfMemoryError("made by the test");
          }
        };
    failing.start();
    Logger logger = (Logger) LoggerFactory.getLogger(EventLoop.class);
    logger.addAppender(failing);
    try {
      action.run();
    } finally {
      logger.detachAppender(failing);
    }
  }

  @Test
  void endsAlsoWhereItCannotSayWhatItDiesOf() {
    loop.onEnd(cause -> log.add("ended by " + cause));
    world.dying = true;
    withoutMemoryToLog(() -> loop.runOnce(0));
    assertThat(loop.ended()).isTrue();
    assertThat(log).containsExactly("ended by java.lang.InternalError: dying selector");
  }

  @Test
  void diesWhereItCannotSayWhatATaskThrew() {
    loop.onEnd(cause -> log.add("ended by " + cause));
    loop.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    withoutMemoryToLog(() -> loop.runOnce(0));
    assertThat(loop.ended()).isTrue();
    assertThat(log).containsExactly("ended by java.lang.OutOfMemoryError: made by the test");
  }

  @Test
  void listenerThatLacksMemoryIsToldOfTheEndAgainAndKeepsNoOtherFromIt() {
    loop.onEnd(cause -> log.add("outer"));
    loop.onEnd(
        cause -> {
          log.add("inner");
          if (log.size() < 3) {
            throw new OutOfMemoryError("made by the test");
          }
        });
    loop.onEnd(
        cause -> {
          throw new IllegalStateException("on purpose");
        });
    loop.onEnd(
        cause -> {
          throw new OutOfMemoryError("never enough");
        });
    world.broken = true;
    loop.runOnce(0);
    assertThat(loop.ended()).isTrue();
    assertThat(log).containsExactly("inner", "inner", "inner", "outer");
  }

  @Test
  @Timeout(60)
  void interruptOfTheLoopsThreadIsGoneWithTheNextStep() throws Exception {
    EventLoop real = new EventLoop(new SystemEnvironment("test"), "test");
    real.start();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    real.execute(
        () -> {
          Thread.currentThread().interrupt();
          real.schedule(0, () -> interrupted.complete(Thread.currentThread().isInterrupted()));
        });
    assertThat(interrupted.get()).as("a selector never waits while it lasts").isFalse();
    real.shutdown();
  }
}

package io.millstream.group;

import io.millstream.network.ChannelOptions;
import io.millstream.network.Clock;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.network.NameResolver;
import io.millstream.network.ReadinessListener;
import io.millstream.network.Transport;
import io.millstream.network.TransportChannel;
import io.millstream.network.TransportSelector;
import io.millstream.network.Waiting;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/** An event loop without network that a test steps by hand, on a clock that stands still. */
public final class SteppedLoop implements Environment {

  private static final Duration STEP = Duration.ofMillis(10);

  private long nowNanos = 1_000_000_000L;
  private final EventLoop loop = new EventLoop(this, "test");

  public EventLoop loop() {
    return loop;
  }

  /** Runs a task in the loop, and everything that follows from it without time passing. */
  public void run(Runnable task) {
    loop.execute(task);
    settle();
  }

  public void settle() {
    while (loop.runOnce(0)) {
      // Until nothing is left to do at this moment.
    }
  }

  /** Lets time pass in small steps. */
  public void advance(Duration duration) {
    long endNanos = nowNanos + duration.toNanos();
    settle();
    while (nowNanos < endNanos) {
      nowNanos = Math.min(endNanos, nowNanos + STEP.toNanos());
      settle();
    }
  }

  public long nowNanos() {
    return nowNanos;
  }

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public long nanoTime() {
        return nowNanos;
      }

      @Override
      public long wallMillis() {
        return nowNanos / 1_000_000;
      }
    };
  }

  @Override
  public Transport transport() {
    return () ->
        new TransportSelector() {
          @Override
          public TransportChannel connect(
              InetSocketAddress address, ChannelOptions options, ReadinessListener listener) {
            throw new UnsupportedOperationException("There is no network here");
          }

          @Override
          public boolean poll(long maxWaitNanos) {
            return false;
          }

          @Override
          public void wakeup() {}

          @Override
          public void close() {}
        };
  }

  @Override
  public NameResolver resolver() {
    return host -> {
      throw new UnknownHostException(host);
    };
  }

  @Override
  public RandomGenerator random() {
    return new Random(1);
  }

  @Override
  public Executor helpers() {
    return Runnable::run;
  }

  @Override
  public Waiting waiting() {
    return () ->
        new Gate() {
          @Override
          public boolean await(java.util.function.BooleanSupplier condition, long deadlineNanos) {
            throw new UnsupportedOperationException("Nobody waits here");
          }

          @Override
          public void open() {}
        };
  }

  @Override
  public void drive(EventLoop driven, String name) {}
}

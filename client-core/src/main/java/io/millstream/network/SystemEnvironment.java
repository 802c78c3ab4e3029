package io.millstream.network;

import java.net.InetAddress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** The real world: system clock, TCP, the system's resolver, threads that park. One per client. */
public final class SystemEnvironment implements Environment {

  private static final int HELPER_THREADS = 4;
  private static final long HELPER_IDLE_SECONDS = 10;

  private final Clock clock = new SystemClock();
  private final Transport transport = new TcpTransport();
  private final NameResolver resolver = host -> List.of(InetAddress.getAllByName(host));
  private final RandomGenerator random = new SplittableRandom();
  private final Waiting waiting = () -> new ParkingGate(clock);
  private final ThreadPoolExecutor helpers;

  private record SystemClock() implements Clock {

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public long wallMillis() {
      return System.currentTimeMillis();
    }
  }

  /**
   * Creates the environment of one client. Threads are started when first needed, are daemons, and
   * end when idle.
   *
   * @param clientName names the threads
   */
  public SystemEnvironment(String clientName) {
    helpers =
        new ThreadPoolExecutor(
            HELPER_THREADS,
            HELPER_THREADS,
            HELPER_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "millstream-helper-" + clientName));
    helpers.allowCoreThreadTimeOut(true);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Transport transport() {
    return transport;
  }

  @Override
  public NameResolver resolver() {
    return resolver;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Executor helpers() {
    return helpers;
  }

  @Override
  public Waiting waiting() {
    return waiting;
  }

  @Override
  public void drive(EventLoop loop, String name) {
    daemon(
            () -> {
              while (!loop.ended()) {
                loop.runOnce(Long.MAX_VALUE);
                // Left by what a user's code did; a selector never waits while it lasts.
                Thread.interrupted();
              }
            },
            "millstream-" + name)
        .start();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}

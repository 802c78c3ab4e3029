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
  private static final int LOOKUP_THREADS = 16;
  private static final long IDLE_SECONDS = 10;

  private final Clock clock = new SystemClock();
  private final Transport transport = new TcpTransport();
  private final NameResolver resolver = host -> List.of(InetAddress.getAllByName(host));
  private final RandomGenerator random = new SplittableRandom();
  private final Waiting waiting = () -> new ParkingGate(clock);
  private final ThreadPoolExecutor helpers;
  private final ThreadPoolExecutor lookups;

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
   * end when idle, and with the loop.
   *
   * @param clientName names the threads
   */
  public SystemEnvironment(String clientName) {
    helpers = threads(HELPER_THREADS, "millstream-helper-" + clientName);
    lookups = threads(LOOKUP_THREADS, "millstream-lookup-" + clientName);
  }

  private static ThreadPoolExecutor threads(int most, String name) {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, name));
    threads.allowCoreThreadTimeOut(true);
    return threads;
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
  public Executor lookups() {
    return lookups;
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
              // They end what they are at.
              helpers.shutdown();
              lookups.shutdown();
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

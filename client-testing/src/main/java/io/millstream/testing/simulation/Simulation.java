package io.millstream.testing.simulation;

import io.millstream.network.Clock;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.testing.fake.BrokerHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One simulated world: its clock, its network, and the clients and brokers in it. For one thread
 * only, the test's. Whoever waits drives everything else: event loops, brokers, bytes on their way.
 *
 * <p>Clients get an {@link #environment} each, fake clusters are started in it as their host.
 */
public final class Simulation implements BrokerHost {

  private static final long START_NANOS = 1_000_000_000L;
  private static final long START_WALL_MILLIS = 1_767_225_600_000L; // 2026-01-01
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int LONGEST_TURN_NANOS = 20_000;
  private static final int MOST_TURNS_WITHOUT_TIME = 1_000_000;
  private static final int LINES_KEPT = 200_000;
  private static final int LINES_SHOWN = 60;

  /** Something that happens at a moment; of two at the same one the first scheduled goes first. */
  private record Event(long nanos, long sequence, Runnable task) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(nanos, other.nanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final long seed;
  private final SplittableRandom random;
  private final SplittableRandom brokerRandom;
  private final SimulatedNetwork network;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final List<EventLoop> loops = new ArrayList<>();
  private final EventLog log = new EventLog(LINES_KEPT);
  private long nowNanos = START_NANOS;
  private long limitNanos = START_NANOS + Duration.ofHours(2).toNanos();
  private long nextSequence;
  private int turnsWithoutTime;
  private boolean stepping;

  /**
   * Creates a world.
   *
   * @param seed decides everything that chance decides
   * @param conditions how its network behaves, until told otherwise
   */
  public Simulation(long seed, NetworkConditions conditions) {
    this.seed = seed;
    this.random = new SplittableRandom(seed);
    this.brokerRandom = random.split();
    this.network = new SimulatedNetwork(this, random.split(), conditions);
  }

  /** {@return the number given to the constructor} */
  public long seed() {
    return seed;
  }

  /** {@return what happened so far} */
  public EventLog log() {
    return log;
  }

  /**
   * Changes how the network behaves from now on.
   *
   * @param conditions from now on
   */
  public void conditions(NetworkConditions conditions) {
    network.conditions(conditions);
  }

  /** Breaks all connections that there are. */
  public void cutAll() {
    network.cutAll();
  }

  /** {@return how many bytes have arrived at either end of a connection so far} */
  public long bytesCarried() {
    return network.bytesCarried();
  }

  /**
   * Breaks a connection behind a byte, whichever connection and direction carries it.
   *
   * @param bytes how many may arrive from now on, from 1, counted over all connections
   */
  public void cutAfter(long bytes) {
    network.cutAfter(bytes);
  }

  /**
   * Gives waits that go beyond a moment up as stuck. Two hours after the beginning where nothing
   * else is said.
   *
   * @param fromNow counted from now
   */
  public void limit(Duration fromNow) {
    limitNanos = nowNanos + fromNow.toNanos();
  }

  /**
   * Creates the environment of a client.
   *
   * @param name names it in the log
   * @return the environment
   */
  public Environment environment(String name) {
    return new SimulatedEnvironment(this, name, random.split());
  }

  /**
   * Has a client stop as if its process were killed: nothing of it runs any more, and the brokers
   * see its connections break.
   *
   * @param environment the one it was created with, by this simulation
   */
  public void kill(Environment environment) {
    SimulatedEnvironment killed = (SimulatedEnvironment) environment;
    note(killed.name() + " is killed");
    loops.removeAll(killed.loops());
    network.cut(killed.name());
  }

  /**
   * Lets time pass.
   *
   * @param duration of the virtual clock
   */
  public void run(Duration duration) {
    await(() -> false, nowNanos + duration.toNanos());
  }

  /**
   * Lets time pass until a condition holds.
   *
   * @param condition what is waited for
   * @param atMost for how long
   * @return whether it held
   */
  public boolean runUntil(BooleanSupplier condition, Duration atMost) {
    return await(condition, nowNanos + atMost.toNanos());
  }

  /** Lets time pass until a condition holds or a moment has come; see {@link Gate#await}. */
  boolean await(BooleanSupplier condition, long deadlineNanos) {
    while (!condition.getAsBoolean()) {
      if (!turn(deadlineNanos)) {
        return condition.getAsBoolean();
      }
    }
    return true;
  }

  /**
   * Does what is to be done next.
   *
   * @return false if the deadline is over
   */
  boolean turn(long deadlineNanos) {
    if (deadlineNanos != Gate.NEVER && deadlineNanos - nowNanos <= 0) {
      return false;
    }
    if (stepping) {
      throw new IllegalStateException("An event loop or a broker waits, which would hold all up");
    }
    stepping = true;
    try {
      step(deadlineNanos);
    } finally {
      stepping = false;
    }
    return true;
  }

  private void step(long deadlineNanos) {
    if (stepLoops()) {
      if (++turnsWithoutTime > MOST_TURNS_WITHOUT_TIME) {
        throw stuck("The event loops are busy without end");
      }
      nowNanos += random.nextInt(LONGEST_TURN_NANOS);
      return;
    }
    turnsWithoutTime = 0;
    Event event = events.peek();
    long next = event == null ? Long.MAX_VALUE : event.nanos;
    for (EventLoop loop : loops) {
      next = Math.min(next, loop.nextTimerNanos());
    }
    if (next > deadlineNanos) {
      nowNanos = deadlineNanos;
    } else if (next == Long.MAX_VALUE) {
      throw stuck("Nothing can happen any more, and somebody waits");
    } else {
      nowNanos = Math.max(nowNanos, next);
    }
    if (nowNanos > limitNanos) {
      throw stuck("A wait goes beyond the limit of the simulation");
    }
    if (event != null && event.nanos <= nowNanos) {
      events.remove();
      event.task.run();
    }
  }

  private boolean stepLoops() {
    boolean active = false;
    int count = loops.size();
    int first = count > 1 ? random.nextInt(count) : 0;
    for (int i = 0; i < count; i++) {
      active |= loops.get((first + i) % count).runOnce(0);
    }
    loops.removeIf(EventLoop::ended);
    return active;
  }

  private StuckError stuck(String what) {
    List<String> lines = log.lines();
    List<String> last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
    return new StuckError(
        "%s (seed %d, after %d ms); the last events:%n%s"
            .formatted(
                what,
                seed,
                (nowNanos - START_NANOS) / NANOS_PER_MILLI,
                String.join(System.lineSeparator(), last)));
  }

  void drive(EventLoop loop) {
    loops.add(loop);
  }

  Clock clock() {
    return new Clock() {
      @Override
      public long nanoTime() {
        return nowNanos;
      }

      @Override
      public long wallMillis() {
        return Simulation.this.wallMillis();
      }
    };
  }

  SimulatedNetwork network() {
    return network;
  }

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public long wallMillis() {
    return START_WALL_MILLIS + nowNanos / NANOS_PER_MILLI;
  }

  @Override
  public RandomGenerator random() {
    return brokerRandom;
  }

  @Override
  public void later(long delayNanos, Runnable task) {
    events.add(new Event(nowNanos + Math.max(0, delayNanos), nextSequence++, task));
  }

  @Override
  public Endpoint endpoint(int brokerId, Reception reception) {
    return network.endpoint(brokerId, reception);
  }

  @Override
  public <T> T call(Supplier<T> task) {
    return task.get();
  }

  @Override
  public void note(String event) {
    log.add(nowNanos - START_NANOS, event);
  }
}

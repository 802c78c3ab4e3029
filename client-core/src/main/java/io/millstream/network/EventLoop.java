package io.millstream.network;

import io.millstream.metrics.ClientMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where the state of a client's protocol changes: tasks, timers and ready channels,
 * one after the other. It owns the selector and everything that asserts {@link #assertInLoop}.
 * Nothing that runs here may block. What throws is logged, and the loop goes on; a broken selector
 * or virtual machine ends it.
 *
 * <p>The thread that builds a loop counts as being in it until the loop is started or stepped for
 * the first time, so that a client can be put together before. From then on only what the loop runs
 * is in it.
 */
public final class EventLoop {

  private enum State {
    BUILDING,
    RUNNING,
    ENDING,
    ENDED
  }

  private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
  static final int TASKS_PER_STEP = 1024;
  private static final int MOST_TRIES_TO_END = 5;
  // A hundred years; keeps sums with the clock from overflowing.
  private static final long LONGEST_DELAY_NANOS = 36_500L * 24 * 3600 * 1_000_000_000L;

  private final Environment environment;
  private final Clock clock;
  private final String name;
  private final ClientMetrics metrics;
  private final TransportSelector selector;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean waits = new AtomicBoolean();
  private final TreeSet<Timer> timers = new TreeSet<>();
  private final Deque<Consumer<@Nullable Throwable>> endListeners = new ArrayDeque<>();
  private final Gate endGate;
  private long nextTimerSequence;
  private @Nullable Throwable fatal;
  private volatile State state = State.BUILDING;
  private volatile @Nullable Thread owner = Thread.currentThread();

  /** Creates a loop of a client whose metrics nobody reads; see the other constructor. */
  public EventLoop(Environment environment, String name) {
    this(environment, name, ClientMetrics.unread(name, environment.clock()::nanoTime));
  }

  /**
   * Creates a loop that nobody steps yet.
   *
   * @param environment the world it lives in
   * @param name of the client, for logs and its thread
   * @param metrics what the client counts
   * @throws java.io.UncheckedIOException if no selector can be opened
   */
  public EventLoop(Environment environment, String name, ClientMetrics metrics) {
    this.environment = environment;
    this.clock = environment.clock();
    this.name = name;
    this.metrics = metrics;
    this.endGate = environment.waiting().gate();
    this.selector = MeasuredSelector.open(environment, metrics.network());
  }

  /** Returns the world this loop lives in. */
  public Environment environment() {
    return environment;
  }

  /** Returns what the client counts. */
  public ClientMetrics metrics() {
    return metrics;
  }

  /** Returns the name given to the constructor. */
  public String name() {
    return name;
  }

  /** Has the environment step this loop from now on; to be called once, by the building thread. */
  public void start() {
    if (state != State.BUILDING) {
      throw new IllegalStateException("The event loop of " + name + " was started before");
    }
    state = State.RUNNING;
    owner = null;
    environment.drive(this, name);
  }

  /**
   * Runs a task on the loop, after those that were given before by the same thread. Any thread may
   * call this; it never blocks, and wakes the loop only if it really waits.
   *
   * @param task what to run
   * @throws RejectedExecutionException if the loop has ended; the task does not run then
   */
  public void execute(Runnable task) {
    if (!offer(task)) {
      throw new RejectedExecutionException("The event loop of " + name + " has ended");
    }
  }

  /**
   * Puts a task into the queue.
   *
   * @return false if the loop has ended and the task will not run
   */
  boolean offer(Runnable task) {
    tasks.add(task);
    if (waits.get() && waits.compareAndSet(true, false)) {
      selector.wakeup();
    }
    // The loop runs what it finds after it has ended; what it does not find is taken back here.
    return state != State.ENDED || !tasks.remove(task);
  }

  /**
   * Creates a signal.
   *
   * @param reaction what each raising brings about on the loop
   * @return a signal that is not raised
   */
  public Signal signal(Runnable reaction) {
    return new Signal(this, reaction);
  }

  /**
   * Runs a task later. Only the loop may call this.
   *
   * @param delayNanos after how long; zero and less mean as soon as possible, but not within this
   *     call
   * @param task what to run
   * @return a handle to cancel it
   */
  public Timer schedule(long delayNanos, Runnable task) {
    assertInLoop();
    long boundedNanos = Math.min(Math.max(0, delayNanos), LONGEST_DELAY_NANOS);
    Timer timer = new Timer(this, clock.nanoTime() + boundedNanos, nextTimerSequence++, task);
    timers.add(timer);
    return timer;
  }

  void cancel(Timer timer) {
    assertInLoop();
    timers.remove(timer);
  }

  /**
   * Registers what must happen when the loop ends: failing what is pending, closing connections.
   * The last one registered runs first. Only the loop may call this.
   *
   * @param listener gets null for an orderly end, else what the loop died of; told again, a few
   *     times, where it dies of want of memory, since what it had taken is free again
   */
  public void onEnd(Consumer<@Nullable Throwable> listener) {
    assertInLoop();
    endListeners.push(listener);
  }

  /** Returns the time of the environment's clock. */
  public long nanoTime() {
    return clock.nanoTime();
  }

  /** Says whether the caller is run by this loop. Any thread may ask. */
  public boolean inLoop() {
    return owner == Thread.currentThread();
  }

  /**
   * Refuses callers that are not run by this loop.
   *
   * @throws IllegalStateException if the caller is not
   */
  public void assertInLoop() {
    if (!inLoop()) {
      throw new IllegalStateException(
          "Only the event loop of %s may do this, not %s"
              .formatted(name, Thread.currentThread().getName()));
    }
  }

  /**
   * Begins to open a connection. Only the loop may call this.
   *
   * @throws IOException if the connecting fails at once
   */
  TransportChannel connect(
      InetSocketAddress address, ChannelOptions options, ReadinessListener listener)
      throws IOException {
    assertInLoop();
    return selector.connect(
        address,
        options,
        (connectable, readable, writable) -> {
          waits.set(false);
          guarded(() -> listener.ready(connectable, readable, writable));
        });
  }

  /**
   * Makes one step: waits until something is to be done, then handles ready channels, due timers
   * and queued tasks, in this order. For the one thread that steps the loop.
   *
   * @param maxWaitNanos how long to wait at most; 0 for not at all; {@link Long#MAX_VALUE} for as
   *     long as nothing happens
   * @return whether anything was done
   * @throws IllegalStateException if called from what the loop runs
   */
  public boolean runOnce(long maxWaitNanos) {
    if (state == State.ENDED) {
      return false;
    }
    if (state != State.BUILDING && inLoop()) {
      throw new IllegalStateException("The event loop of " + name + " cannot wait for itself");
    }
    if (state == State.BUILDING) {
      state = State.RUNNING;
    }
    owner = Thread.currentThread();
    try {
      boolean active = poll(maxWaitNanos);
      active |= runDueTimers();
      active |= runTasks(TASKS_PER_STEP);
      if (state == State.ENDING || fatal != null) {
        end();
      }
      return active;
    } finally {
      owner = null;
    }
  }

  /**
   * Returns when the next timer is due, {@link Long#MAX_VALUE} without one. For the stepping
   * thread.
   */
  public long nextTimerNanos() {
    return timers.isEmpty() ? Long.MAX_VALUE : timers.first().deadlineNanos();
  }

  /**
   * Ends the loop after the tasks that are queued now. Any thread may call this, more than once; it
   * does not wait.
   */
  public void shutdown() {
    if (state == State.BUILDING && inLoop()) {
      end();
    } else {
      offer(
          () -> {
            if (state == State.RUNNING) {
              state = State.ENDING;
            }
          });
    }
  }

  /** Says whether the loop has ended. Any thread may ask. */
  public boolean ended() {
    return state == State.ENDED;
  }

  /**
   * Waits until the loop has ended. Must not be called on the loop.
   *
   * @param deadlineNanos when to give up, see {@link Gate#await}
   * @return whether it has ended
   * @throws InterruptedException if the caller gets interrupted
   */
  public boolean awaitEnd(long deadlineNanos) throws InterruptedException {
    return endGate.await(this::ended, deadlineNanos);
  }

  private boolean poll(long maxWaitNanos) {
    long waitNanos = maxWaitNanos;
    if (!timers.isEmpty()) {
      long untilTimer = timers.first().deadlineNanos() - clock.nanoTime();
      waitNanos = Math.min(waitNanos, Math.max(0, untilTimer));
    }
    if (waitNanos > 0) {
      // Announced before the last look at the queue: who puts a task there later wakes the
      // selector.
      waits.set(true);
      if (!tasks.isEmpty()) {
        waitNanos = 0;
      }
    }
    try {
      return selector.poll(waitNanos);
    } catch (IOException | RuntimeException | Error e) {
      fatal = e;
      return true;
    } finally {
      waits.set(false);
    }
  }

  private boolean runDueTimers() {
    if (timers.isEmpty()) {
      return false;
    }
    long now = clock.nanoTime();
    // Timers set by these timers wait for the next step, so that channels get their turn.
    long firstNewSequence = nextTimerSequence;
    boolean ran = false;
    while (!timers.isEmpty()) {
      Timer timer = timers.first();
      if (timer.deadlineNanos() - now > 0 || !timer.scheduledBefore(firstNewSequence)) {
        break;
      }
      timers.remove(timer);
      guarded(timer.task());
      ran = true;
    }
    return ran;
  }

  private boolean runTasks(int most) {
    int ran = 0;
    Runnable task;
    while (ran < most && (task = tasks.poll()) != null) {
      guarded(task);
      ran++;
    }
    return ran > 0;
  }

  /** Runs foreign code whose failure must not disturb the caller. */
  public void guarded(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      failed(e);
    }
  }

  /**
   * Takes note of what foreign code threw.
   *
   * @return whether that code is to blame, and not the virtual machine
   */
  private boolean failed(Throwable thrown) {
    if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
      fatal = thrown;
      return false;
    }
    tell("{}: a task of the event loop failed; this is a defect of the client", thrown);
    return true;
  }

  private void tell(String text, Throwable thrown) {
    try {
      LOG.error(text, name, thrown);
    } catch (Throwable unsaid) {
      // As a rule for want of memory; nothing can be said of it either.
      fatal = unsaid;
    }
  }

  private void end() {
    Throwable cause = fatal;
    state = State.ENDING;
    if (cause != null) {
      tell("{}: the event loop dies; the client is unusable from now on", cause);
    }
    while (!endListeners.isEmpty()) {
      tellOfEnd(endListeners.pop(), cause);
    }
    runTasks(Integer.MAX_VALUE);
    timers.clear();
    selector.close();
    state = State.ENDED;
    runTasks(Integer.MAX_VALUE);
    endGate.open();
  }

  private void tellOfEnd(Consumer<@Nullable Throwable> listener, @Nullable Throwable cause) {
    boolean told = false;
    for (int i = 0; !told && i < MOST_TRIES_TO_END; i++) {
      try {
        listener.accept(cause);
        told = true;
      } catch (Throwable e) {
        told = failed(e);
      }
    }
  }
}

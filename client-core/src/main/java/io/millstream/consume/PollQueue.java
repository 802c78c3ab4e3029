package io.millstream.consume;

import io.millstream.group.MemberEvents;
import io.millstream.network.Gate;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done by the thread that polls: steps of a rebalance, in poll alone, and callbacks
 * of commits, in any call that waits. Anybody adds, the holder of the poll permit takes.
 */
final class PollQueue implements MemberEvents {

  private final Gate gate;
  private final ConcurrentLinkedQueue<Runnable> steps = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Runnable> callbacks = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Ended> ended = new AtomicReference<>();

  /** Why the membership has ended, and what is done once a poll throws that. */
  private record Ended(RuntimeException cause, @Nullable Runnable whenThrown) {}

  PollQueue(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void inPoll(Runnable step) {
    steps.add(step);
    gate.open();
  }

  @Override
  public void failed(RuntimeException cause, @Nullable Runnable whenThrown) {
    ended.set(new Ended(cause, whenThrown));
    gate.open();
  }

  void callback(Runnable callback) {
    callbacks.add(callback);
    gate.open();
  }

  boolean isEmpty() {
    return steps.isEmpty() && callbacks.isEmpty() && ended.get() == null;
  }

  void runSteps() {
    Runnable step;
    while ((step = steps.poll()) != null) {
      step.run();
    }
  }

  /** Runs callbacks; what one throws ends this call, and the others wait for the next. */
  void runCallbacks() {
    Runnable callback;
    while ((callback = callbacks.poll()) != null) {
      callback.run();
    }
  }

  /**
   * Runs all callbacks, for there will be no other call.
   *
   * @throws RuntimeException what the first of them threw that threw, or an {@link Error}; the
   *     others are suppressed in it
   */
  void runAllCallbacks() {
    Failures failures = new Failures();
    while (!callbacks.isEmpty()) {
      try {
        runCallbacks();
      } catch (RuntimeException | Error e) {
        // The user's: thrown when all have run.
        failures.add(e);
      }
    }
    failures.throwFirst();
  }

  /** Throws why the membership has ended, if it has and a poll is to throw that. */
  void throwIfEnded() {
    Ended why = ended.get();
    if (why == null) {
      return;
    }
    // What the end brings with it was asked for before: the partitions are lost.
    runSteps();
    if (why.whenThrown != null && ended.compareAndSet(why, null)) {
      why.whenThrown.run();
    }
    throw why.cause;
  }

  /** The subscription has changed. */
  void forgetEnd() {
    ended.set(null);
  }
}

package io.millstream.consume;

import io.millstream.group.MemberEvents;
import io.millstream.network.Gate;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done by the thread that polls: steps of a rebalance, in poll alone, and callbacks
 * of commits, in any call that waits. Anybody adds, the holder of the poll permit takes.
 */
final class PollQueue implements MemberEvents {

  private final Gate gate;
  private final ConcurrentLinkedQueue<Runnable> steps = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Runnable> callbacks = new ConcurrentLinkedQueue<>();
  private volatile @Nullable RuntimeException fatal;

  PollQueue(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void inPoll(Runnable step) {
    steps.add(step);
    gate.open();
  }

  @Override
  public void failed(RuntimeException cause) {
    fatal = cause;
    gate.open();
  }

  void callback(Runnable callback) {
    callbacks.add(callback);
    gate.open();
  }

  boolean isEmpty() {
    return steps.isEmpty() && callbacks.isEmpty() && fatal == null;
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

  /** Throws why the membership has ended, as long as the subscription is the same. */
  void throwFatal() {
    RuntimeException cause = fatal;
    if (cause != null) {
      throw cause;
    }
  }

  /** The subscription has changed. */
  void forgetFatal() {
    fatal = null;
  }
}

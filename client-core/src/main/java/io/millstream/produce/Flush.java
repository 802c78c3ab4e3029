package io.millstream.produce;

import io.millstream.network.Gate;

/**
 * One call of {@code flush}: done when everything is done that was there when it began. Counted by
 * the event loop, awaited by the caller.
 */
final class Flush {

  private final Gate gate;
  private int left = 1;
  private volatile boolean done;

  Flush(Gate gate) {
    this.gate = gate;
  }

  void waitsForOneMore() {
    left++;
  }

  void oneIsDone() {
    left--;
    if (left == 0) {
      finish();
    }
  }

  /** Ends it whatever is left. */
  void finish() {
    done = true;
    gate.open();
  }

  boolean done() {
    return done;
  }

  /** Waits on the thread of the caller. */
  boolean await(long deadlineNanos) throws InterruptedException {
    return gate.await(this::done, deadlineNanos);
  }
}

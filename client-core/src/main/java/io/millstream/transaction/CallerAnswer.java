package io.millstream.transaction;

import io.millstream.network.Gate;
import org.jspecify.annotations.Nullable;

/** What the event loop answers to a caller that waits, once. */
final class CallerAnswer {

  private final Gate gate;
  private @Nullable RuntimeException failure;
  private volatile boolean given;

  CallerAnswer(Gate gate) {
    this.gate = gate;
  }

  /** Answers; null where the call succeeded. */
  void give(@Nullable RuntimeException newFailure) {
    failure = newFailure;
    given = true;
    gate.open();
  }

  boolean isGiven() {
    return given;
  }

  /**
   * Waits for the answer.
   *
   * @throws RuntimeException what the loop answered
   * @throws InterruptedException if the caller gets interrupted
   */
  void await() throws InterruptedException {
    gate.await(this::isGiven, Gate.NEVER);
    get();
  }

  /**
   * Returns where the call succeeded; only when the answer is given.
   *
   * @throws RuntimeException what the loop answered
   */
  void get() {
    if (failure != null) {
      throw failure;
    }
  }
}

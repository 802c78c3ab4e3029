package io.millstream.consume;

import io.millstream.network.Gate;
import org.jspecify.annotations.Nullable;

/**
 * What the event loop answers to a caller, once.
 *
 * @param <T> what it is
 */
final class Answer<T> {

  private final Gate gate;
  private @Nullable T value;
  private @Nullable RuntimeException failure;
  private volatile boolean done;

  Answer(Gate gate) {
    this.gate = gate;
  }

  void complete(T newValue) {
    value = newValue;
    done = true;
    gate.open();
  }

  void fail(RuntimeException cause) {
    failure = cause;
    done = true;
    gate.open();
  }

  boolean isDone() {
    return done;
  }

  /** Returns or throws the answer; only when it is done. */
  T get() {
    if (failure != null) {
      throw failure;
    }
    T answered = value;
    if (answered == null) {
      throw new IllegalStateException("The answer is not there");
    }
    return answered;
  }
}

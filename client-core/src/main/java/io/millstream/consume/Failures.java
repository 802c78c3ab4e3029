package io.millstream.consume;

import org.jspecify.annotations.Nullable;

/** What several things threw that are all to be done before any of it is told. For one thread. */
final class Failures {

  private @Nullable Throwable first;

  /** Keeps the first; later ones are suppressed in it. */
  void add(Throwable thrown) {
    if (first == null) {
      first = thrown;
    } else if (first != thrown) {
      first.addSuppressed(thrown);
    }
  }

  /** Throws the first, if there is one; an unchecked exception or an error. */
  void throwFirst() {
    if (first instanceof RuntimeException failure) {
      throw failure;
    } else if (first instanceof Error error) {
      throw error;
    }
  }
}

package io.millstream.fetch;

/**
 * Something the user has to know, perhaps of several partitions. Written by the event loop, told by
 * the holder of the poll permit.
 */
final class Telling {

  private final RuntimeException failure;
  private final boolean lasting;
  private volatile boolean told;

  private Telling(RuntimeException failure, boolean lasting) {
    this.failure = failure;
    this.lasting = lasting;
  }

  /** Is thrown once, by the first of its partitions that comes to it; the loop goes on trying. */
  static Telling once(RuntimeException failure) {
    return new Telling(failure, false);
  }

  /** Is thrown by each poll until the user seeks. */
  static Telling lasting(RuntimeException failure) {
    return new Telling(failure, true);
  }

  /** Returns what is thrown. */
  RuntimeException failure() {
    return failure;
  }

  /** Says whether it is thrown until the user seeks. */
  boolean isLasting() {
    return lasting;
  }

  /** Says whether it is still to be thrown. Any thread. */
  boolean isOpen() {
    return lasting || !told;
  }

  /** It is thrown now. */
  void tell() {
    told = true;
  }
}

package io.millstream.network;

/** A task of the event loop that waits for its time. Owned by the loop. */
public final class Timer implements Comparable<Timer> {

  private final EventLoop loop;
  private final long deadlineNanos;
  private final long sequence;
  private final Runnable task;

  Timer(EventLoop loop, long deadlineNanos, long sequence, Runnable task) {
    this.loop = loop;
    this.deadlineNanos = deadlineNanos;
    this.sequence = sequence;
    this.task = task;
  }

  /** Prevents the task from running; without effect where it has run or was cancelled. */
  public void cancel() {
    loop.cancel(this);
  }

  /** Returns when the task is due, on the clock of the loop. */
  public long deadlineNanos() {
    return deadlineNanos;
  }

  Runnable task() {
    return task;
  }

  boolean scheduledBefore(long otherSequence) {
    return sequence < otherSequence;
  }

  /** Orders by time; timers of the same time by the order in which they were scheduled. */
  @Override
  public int compareTo(Timer other) {
    long difference = deadlineNanos - other.deadlineNanos;
    return difference != 0 ? Long.signum(difference) : Long.compare(sequence, other.sequence);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(sequence);
  }
}

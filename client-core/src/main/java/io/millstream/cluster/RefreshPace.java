package io.millstream.cluster;

import io.millstream.network.EventLoop;

/**
 * How soon the cluster is asked again: what fails, or tells nothing new, is asked for less and less
 * often. Owned by the event loop.
 */
final class RefreshPace {

  private final EventLoop loop;
  private final RetryPolicy retry;
  private int failures;
  private int answersWithoutNews;
  private boolean answered;
  private long lastAnswerNanos;

  RefreshPace(EventLoop loop, RetryPolicy retry) {
    this.loop = loop;
    this.retry = retry;
  }

  /** Says whether nobody has answered yet, and nobody has failed to. */
  boolean atTheBeginning() {
    return !answered && failures == 0;
  }

  /** Notes an answer, and whether it told anything new. */
  void answered(boolean news) {
    long now = loop.nanoTime();
    boolean quiet = now - lastAnswerNanos > 2 * retry.backoff().maxNanos();
    answersWithoutNews = news || quiet ? 0 : answersWithoutNews + 1;
    answered = true;
    lastAnswerNanos = now;
  }

  /** Notes that all is known that is wanted. */
  void settled() {
    failures = 0;
  }

  /** Returns how long to wait after a demand; 0 or less for not at all. */
  long afterDemandNanos() {
    return answered ? lastAnswerNanos + pauseNanos(1 + answersWithoutNews) - loop.nanoTime() : 0;
  }

  /** Notes that something is missing still, and returns how long to wait. */
  long afterFailureNanos() {
    return pauseNanos(++failures);
  }

  private long pauseNanos(int attempts) {
    return retry.backoffNanos(attempts, loop.environment().random());
  }
}

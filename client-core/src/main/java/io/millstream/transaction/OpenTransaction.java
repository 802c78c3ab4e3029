package io.millstream.transaction;

/** What is known of the transaction of now. Owned by the event loop. */
final class OpenTransaction {

  /** Whether it runs by version 2 of the protocol (KIP-890). */
  final boolean isVersionTwo;

  final long beganNanos;

  /** Whether the coordinator may have heard of it. */
  boolean touched;

  /** Whether the coordinator surely had it open at some time. */
  boolean confirmed;

  /** Whether sequences have gaps that only another epoch can mend. */
  boolean needsEpoch;

  /** Whether the coordinator does not know the producer id any more. */
  boolean producerUnknown;

  /** Whether the coordinator has aborted it since it was open for too long. */
  boolean timedOut;

  /** Whether the end was asked for. */
  boolean endSent;

  /** Whether the end was asked for, and an answer was lost. */
  boolean endUnanswered;

  OpenTransaction(boolean isVersionTwo, long beganNanos) {
    this.isVersionTwo = isVersionTwo;
    this.beganNanos = beganNanos;
  }
}

package io.millstream.group;

import org.jspecify.annotations.Nullable;

/** What a member asks of the consumer it belongs to. Called on the event loop; must not block. */
public interface MemberEvents {

  /**
   * Queues a step for the polling thread. Steps run in the order of these calls, inside {@code
   * poll}, before it takes records out of the buffer: in the running poll, also while it waits, or
   * in the next. A step never throws. Steps that are queued when the consumer is closed may be
   * dropped.
   *
   * @param step what to run there
   */
  void inPoll(Runnable step);

  /**
   * The membership has ended, and nothing is tried until the application has heard of it. A poll
   * throws why, unless the subscription changes before.
   *
   * @param cause what to throw
   * @param whenThrown run on the polling thread by the poll that throws it, the only one that does;
   *     null to have every poll throw it until the subscription changes
   */
  void failed(RuntimeException cause, @Nullable Runnable whenThrown);
}

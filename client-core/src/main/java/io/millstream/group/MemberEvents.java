package io.millstream.group;

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
   * The membership has ended for a reason that trying again does not mend. Every poll throws it
   * from now on, until the subscription changes.
   *
   * @param fatal what to throw
   */
  void failed(RuntimeException fatal);
}

package io.millstream.cluster;

/** Learns whether a topic has partitions. Exactly one method is called, once, on the event loop. */
public interface TopicListener {

  /** The partitions are known. */
  void known(TopicView topic);

  /**
   * The topic cannot be used, or not before the deadline.
   *
   * @param exception for the user: what was tried and what the cluster said last
   */
  void unavailable(RuntimeException exception);
}

package io.millstream.clients.consumer;

import io.millstream.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Offsets could not be committed, since the consumer is no longer a member of the group's current
 * generation: its partitions may belong to others by now. Trying again does not help; the next
 * {@code poll} joins the group anew.
 */
public class CommitFailedException extends KafkaException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public CommitFailedException(@Nullable String message) {
    super(message);
  }

  /** Creates the exception with a message that tells the usual reason and what to change. */
  public CommitFailedException() {
    this(
        "The offsets were not committed: the group gave the partitions to other members, usually"
            + " because the time between two polls was longer than max.poll.interval.ms. Raise"
            + " max.poll.interval.ms, or lower max.poll.records so that each poll has less to do.");
  }
}

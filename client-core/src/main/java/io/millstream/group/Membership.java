package io.millstream.group;

import io.millstream.protocol.ErrorCode;

/** A membership as commits see it. Owned by the event loop. */
interface Membership {

  /**
   * Returns the generation that a commit of now belongs to; {@link Generation#NONE} where
   * partitions were assigned by hand.
   *
   * @throws io.millstream.common.errors.RebalanceInProgressException if the group rebalances and
   *     the member is in no generation
   * @throws io.millstream.clients.consumer.CommitFailedException if the member is out of the group
   */
  Generation generationToCommit();

  /**
   * The coordinator answered a commit with an error that concerns the membership.
   *
   * @param generation that of the commit
   * @param error the answer
   */
  void commitRefused(Generation generation, ErrorCode error);
}

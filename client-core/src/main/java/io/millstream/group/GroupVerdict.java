package io.millstream.group;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.Reaction;

/**
 * What an error means to a group member. The error table decides; named here are only the codes
 * that a membership can mend itself.
 */
enum GroupVerdict {
  /** No error. */
  FINE,
  /** Try again after a pause. */
  RETRY,
  /** Try again after a pause at the coordinator of then. */
  RETRY_ELSEWHERE,
  /** The group rebalances: join again as the same member. */
  REJOIN,
  /** The group went on without this member: its partitions are lost, its id may be good. */
  GENERATION_LOST,
  /** The coordinator does not know this member: its partitions are lost, and so is its id. */
  MEMBERSHIP_LOST,
  /** Nothing that trying again would mend. */
  FATAL;

  static GroupVerdict of(ErrorCode error) {
    return switch (error) {
      case NONE -> FINE;
      case REBALANCE_IN_PROGRESS -> REJOIN;
      case ILLEGAL_GENERATION -> GENERATION_LOST;
      case UNKNOWN_MEMBER_ID -> MEMBERSHIP_LOST;
      default -> {
        if (error.reactions().contains(Reaction.FIND_COORDINATOR)) {
          yield RETRY_ELSEWHERE;
        }
        yield error.reactions().contains(Reaction.RETRY) ? RETRY : FATAL;
      }
    };
  }
}

package io.millstream.group;

import java.util.EnumSet;
import java.util.Set;

/** Where a member of a classic group stands. */
enum MemberState {
  /** In no group and without wish to enter one. */
  UNJOINED,
  /** A rebalance begins: the polling thread gives up its partitions before JoinGroup is sent. */
  PREPARING,
  /** JoinGroup is under way. */
  JOINING,
  /** This member leads the generation, and its polling thread computes the assignment. */
  ASSIGNING,
  /** SyncGroup is under way. */
  SYNCING,
  /** The assignment is known. */
  STABLE,
  /** LeaveGroup is under way. */
  LEAVING,
  /** The membership has ended; nothing is tried before the application has heard why. */
  FAILED;

  Set<MemberState> next() {
    return switch (this) {
      case UNJOINED -> EnumSet.of(PREPARING, LEAVING);
      case PREPARING -> EnumSet.of(PREPARING, JOINING, LEAVING, FAILED);
      case JOINING -> EnumSet.of(PREPARING, JOINING, ASSIGNING, SYNCING, LEAVING, FAILED);
      case ASSIGNING, SYNCING -> EnumSet.of(PREPARING, JOINING, SYNCING, STABLE, LEAVING, FAILED);
      case STABLE -> EnumSet.of(PREPARING, LEAVING, FAILED);
      case LEAVING -> EnumSet.of(UNJOINED, PREPARING);
      case FAILED -> EnumSet.of(PREPARING, LEAVING);
    };
  }

  /** Says whether a rebalance is under way that will ask the group anew anyway. */
  boolean isRebalancing() {
    return this == PREPARING || this == JOINING || this == ASSIGNING || this == SYNCING;
  }
}

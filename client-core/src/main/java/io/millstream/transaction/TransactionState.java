package io.millstream.transaction;

import java.util.EnumSet;
import java.util.Set;

/** Where the transactions of a producer stand. */
enum TransactionState {
  /** No producer id was asked for yet. */
  UNINITIALIZED,
  /** The coordinator is asked for a producer id, which fences older instances. */
  INITIALIZING,
  /** Between two transactions. */
  READY,
  /** Records and offsets belong to the transaction that was begun. */
  IN_TRANSACTION,
  /** What waits is sent; then the coordinator is asked to commit. */
  COMMITTING,
  /** Something failed that only an abort can mend. */
  ABORTABLE,
  /** What waits has failed; the coordinator is asked to abort. */
  ABORTING,
  /** Another instance took over the transactional id. */
  FENCED,
  /** Nothing but another producer can go on. */
  FATAL;

  Set<TransactionState> next() {
    return switch (this) {
      case UNINITIALIZED -> EnumSet.of(INITIALIZING, FATAL);
      case INITIALIZING, ABORTING -> EnumSet.of(READY, FENCED, FATAL);
      case READY -> EnumSet.of(IN_TRANSACTION, FATAL);
      case IN_TRANSACTION -> EnumSet.of(COMMITTING, ABORTABLE, ABORTING, FENCED, FATAL);
      case COMMITTING -> EnumSet.of(READY, ABORTABLE, FENCED, FATAL);
      case ABORTABLE -> EnumSet.of(ABORTING, FENCED, FATAL);
      case FENCED, FATAL -> EnumSet.noneOf(TransactionState.class);
    };
  }

  /** Says whether records of the transaction may be on their way. */
  boolean takesRecords() {
    return this == IN_TRANSACTION || this == COMMITTING;
  }

  /** Says whether no other state follows. */
  boolean isLast() {
    return this == FENCED || this == FATAL;
  }
}

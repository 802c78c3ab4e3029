package io.millstream.protocol;

/** Features of the transaction APIs that a version has or has not, by name. */
public final class TransactionVersions {

  /** The level of {@code transaction.version} that brings version 2 of the protocol (KIP-890). */
  public static final short LEVEL_OF_VERSION_TWO = 2;

  /** The newest AddPartitionsToTxn that clients send; later ones are between brokers. */
  public static final short NEWEST_ADD_PARTITIONS_OF_CLIENTS = 3;

  /** The newest Produce that does not add partitions to the transaction by itself. */
  public static final short NEWEST_PRODUCE_OF_VERSION_ONE = 11;

  /** The newest TxnOffsetCommit that does not add the group to the transaction by itself. */
  public static final short NEWEST_OFFSET_COMMIT_OF_VERSION_ONE = 4;

  /** The newest TxnOffsetCommit that names topics; later ones carry topic ids alone (KIP-1319). */
  public static final short NEWEST_OFFSET_COMMIT_BY_NAME = 5;

  /** The newest EndTxn that leaves the epoch as it is. */
  public static final short NEWEST_END_OF_VERSION_ONE = 4;

  /** The first EndTxn that gives the next epoch. */
  public static final short FIRST_END_WITH_EPOCH = 5;

  /** The newest InitProducerId that Kafka 4.4 calls stable. */
  public static final short NEWEST_STABLE_INIT = 5;

  /** The first InitProducerId that knows of two phases (KIP-939). */
  public static final short FIRST_INIT_WITH_TWO_PHASES = 6;

  /** The first InitProducerId that goes on from an epoch (KIP-360). */
  public static final short FIRST_INIT_WITH_EPOCH = 3;

  private TransactionVersions() {}

  /**
   * Says which of two errors in one answer decides: one that trying again does not mend before one
   * that it does, and what was not attempted because of others last.
   *
   * @param error that of one partition
   * @param than the one that decides so far
   */
  public static boolean isWorse(ErrorCode error, ErrorCode than) {
    return rank(error) > rank(than);
  }

  private static int rank(ErrorCode error) {
    if (error == ErrorCode.NONE) {
      return 0;
    }
    if (error == ErrorCode.OPERATION_NOT_ATTEMPTED) {
      return 1;
    }
    return error.retriable() ? 2 : 3;
  }
}

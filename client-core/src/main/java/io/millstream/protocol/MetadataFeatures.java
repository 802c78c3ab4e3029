package io.millstream.protocol;

/** What the versions of Metadata differ in, beyond the fields that they have. Any thread. */
public final class MetadataFeatures {

  private static final short FIRST_WITH_CURRENT_EPOCHS = 9;

  private MetadataFeatures() {}

  /**
   * Says whether the leader epochs of an answer can be compared with others. Brokers up to 2.3 may
   * go on telling of an older epoch after the replicas of a partition were moved, and then the
   * leader refuses whoever names it, for ever (KAFKA-9212).
   *
   * @param version the version of the answer
   */
  public static boolean leaderEpochsAreCurrent(short version) {
    return version >= FIRST_WITH_CURRENT_EPOCHS;
  }
}

package io.millstream.produce;

/** The partitions of a topic as callers see them. Immutable; its arrays are never changed. */
final class KnownPartitions {

  private final PartitionQueue[] queues;
  private final int count;
  private final int[] available;

  /**
   * Creates a view.
   *
   * @param queues one for each partition, perhaps more if the topic was made anew with fewer
   * @param count how many partitions the topic has
   * @param available those that have a leader; all of them if none has
   */
  KnownPartitions(PartitionQueue[] queues, int count, int[] available) {
    this.queues = queues;
    this.count = count;
    this.available = available;
  }

  PartitionQueue[] queues() {
    return queues;
  }

  int count() {
    return count;
  }

  PartitionQueue queue(int partition) {
    return queues[partition];
  }

  /** Says whether a draw can have different outcomes. */
  boolean hasChoice() {
    return available.length > 1;
  }

  /**
   * Chooses a partition for records without a key, each available one with the same weight. Here
   * weights by queue length will have their place (KIP-794, adaptive).
   *
   * @param random 64 random bits
   */
  int draw(long random) {
    // The high half times the number of choices: no bias worth the name, and no division.
    long scaled = (random >>> 32) * available.length;
    return available[(int) (scaled >>> 32)];
  }
}

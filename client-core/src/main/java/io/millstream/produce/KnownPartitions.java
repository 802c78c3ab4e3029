package io.millstream.produce;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The partitions of a topic as callers see them. Immutable; its arrays are never changed. */
final class KnownPartitions {

  private final PartitionQueue[] queues;
  private final int count;
  private final int[] available;
  private final int[] preferred;
  private final int[] choices;
  private final int @Nullable [] sums;

  /**
   * Creates a view in which every preferred partition has the same weight.
   *
   * @param queues one for each partition, perhaps more if the topic was made anew with fewer
   * @param count how many partitions the topic has
   * @param available those that have a leader; all of them if none has. In ascending order
   * @param preferred those of them whose leader is in the rack of the client; all if none is
   */
  KnownPartitions(PartitionQueue[] queues, int count, int[] available, int[] preferred) {
    this(queues, count, available, preferred, preferred, null);
  }

  private KnownPartitions(
      PartitionQueue[] queues,
      int count,
      int[] available,
      int[] preferred,
      int[] choices,
      int @Nullable [] sums) {
    this.queues = queues;
    this.count = count;
    this.available = available;
    this.preferred = preferred;
    this.choices = choices;
    this.sums = sums;
  }

  /**
   * Returns the same partitions with other weights.
   *
   * @param others what is chosen from, in ascending order, at least one
   * @param weights of each of these, from 1; null for all the same. Their sum is an int
   */
  KnownPartitions weighed(int[] others, int @Nullable [] weights) {
    int[] sumsSoFar = null;
    if (weights != null) {
      sumsSoFar = weights.clone();
      for (int i = 1; i < sumsSoFar.length; i++) {
        sumsSoFar[i] = Math.addExact(sumsSoFar[i - 1], sumsSoFar[i]);
      }
    }
    return Arrays.equals(choices, others) && Arrays.equals(sums, sumsSoFar)
        ? this
        : new KnownPartitions(queues, count, available, preferred, others, sumsSoFar);
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

  int[] available() {
    return available;
  }

  int[] preferred() {
    return preferred;
  }

  /** Returns how many outcomes a draw can have. */
  int choiceCount() {
    return choices.length;
  }

  /** Says whether a draw can have different outcomes. */
  boolean hasChoice() {
    return choices.length > 1;
  }

  /** Says whether a draw can have an outcome. */
  boolean canDraw(int partition) {
    return Arrays.binarySearch(choices, partition) >= 0;
  }

  /**
   * Chooses a partition for records without a key, by the weights.
   *
   * @param random 64 random bits
   */
  int draw(long random) {
    int[] weightSums = sums;
    // The high half times the number of choices: no bias worth the name, and no division.
    if (weightSums == null) {
      return choices[(int) (((random >>> 32) * choices.length) >>> 32)];
    }
    int drawn = (int) (((random >>> 32) * weightSums[weightSums.length - 1]) >>> 32);
    int found = Arrays.binarySearch(weightSums, drawn);
    // The first sum above what was drawn: sums are all different, since no weight is zero.
    return choices[found < 0 ? -found - 1 : found + 1];
  }
}

package io.millstream.produce;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How much waits in the partitions of one topic, and their weights. Owned by the event loop. */
final class TopicLoad {

  /*
   * The load of a partition is how many batches are not answered, as a moving mean: one look at a
   * queue that is filled and emptied all the time tells little. What a partition has above the
   * least of all, and one batch that any may have, is its excess. The partition with the most has
   * the weight of one batch, the others so much more as they have less:
   *
   *   batches      0   1   9   4
   *   excess       0   0   8   3
   *   weight       9   9   1   6
   *
   * So no partition is without a chance, all are the same where none stands out, and nothing jumps
   * where one begins to.
   */

  private static final int BATCH = 16;
  private static final int MOST_BATCHES = 255;
  private static final int SHIFT_OF_MEAN = 2;

  private final TopicQueue topic;
  private int[] counted = {};
  private int[] loads = {};

  TopicLoad(TopicQueue topic) {
    this.topic = topic;
  }

  /** Begins to count. */
  void begin(KnownPartitions known) {
    counted = new int[known.count()];
    loads = Arrays.copyOf(loads, known.count());
  }

  /** Counts batches that are not answered. */
  void count(int partition, int batches) {
    if (partition < counted.length) {
      counted[partition] = Math.min(batches, MOST_BATCHES);
    }
  }

  /**
   * Lets callers have the weights that follow from what was counted.
   *
   * @param absent whether a partition is to get nothing, as long as there are others
   * @return whether weights are uneven, so that they have to be looked at again
   */
  boolean publish(Predicate<PartitionQueue> absent) {
    for (int i = 0; i < loads.length; i++) {
      loads[i] += (counted[i] * BATCH - loads[i]) >> SHIFT_OF_MEAN;
    }
    KnownPartitions known = topic.known();
    if (known == null) {
      return false;
    }
    int[] choices = choices(known, absent);
    int[] weights = weights(choices);
    topic.weigh(known.weighed(choices, weights));
    return weights != null || choices != known.preferred();
  }

  private static int[] choices(KnownPartitions known, Predicate<PartitionQueue> absent) {
    int[] present = present(known.preferred(), known, absent);
    if (present.length == 0) {
      present = present(known.available(), known, absent);
    }
    return present.length == 0 ? known.preferred() : present;
  }

  private static int[] present(
      int[] partitions, KnownPartitions known, Predicate<PartitionQueue> absent) {
    int[] present =
        IntStream.of(partitions)
            .filter(partition -> !absent.test(known.queue(partition)))
            .toArray();
    return present.length == partitions.length ? partitions : present;
  }

  private int @Nullable [] weights(int[] choices) {
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int partition : choices) {
      least = Math.min(least, loads[partition]);
      most = Math.max(most, loads[partition]);
    }
    int mostExcess = most - least - BATCH;
    if (mostExcess <= 0) {
      return null;
    }
    int[] weights = new int[choices.length];
    for (int i = 0; i < weights.length; i++) {
      int excess = Math.max(0, loads[choices[i]] - least - BATCH);
      weights[i] = mostExcess + BATCH - excess;
    }
    return weights;
  }
}

package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownPartitionsTest {

  private static final int DRAWS = 1_000_000;

  private final KnownPartitions known =
      new KnownPartitions(new PartitionQueue[5], 5, new int[] {0, 1, 3, 4}, new int[] {1, 3, 4});

  /** Returns how many of a thousand draws had each outcome. */
  private static int[] draws(KnownPartitions partitions) {
    SplittableRandom random = new SplittableRandom(1);
    int[] counts = new int[5];
    for (int i = 0; i < DRAWS; i++) {
      counts[partitions.draw(random.nextLong())]++;
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Math.round(counts[i] * 1_000f / DRAWS);
    }
    return counts;
  }

  private KnownPartitions weighed(int[] choices, int @Nullable ... weights) {
    return known.weighed(choices, weights);
  }

  private static void assertShares(int[] drawn, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(drawn[i]).as("partition %d", i).isBetween(expected[i] - 3, expected[i] + 3);
      assertThat(drawn[i] > 0).as("partition %d", i).isEqualTo(expected[i] > 0);
    }
  }

  @Test
  void preferredPartitionsAreDrawnAlikeWhereNothingIsWeighed() {
    assertShares(draws(known), 0, 333, 0, 333, 333);
  }

  @Test
  void partitionsAreDrawnByTheirWeights() {
    assertShares(draws(weighed(new int[] {0, 1, 4}, 1, 9, 6)), 63, 563, 0, 0, 375);
    assertShares(draws(weighed(new int[] {0, 4}, 1_000, 3_000)), 250, 0, 0, 0, 750);
    assertShares(draws(weighed(new int[] {0, 3}, (int[]) null)), 500, 0, 0, 500, 0);
  }

  @Test
  void highestAndLowestRandomNumbersDrawTheLastAndTheFirst() {
    KnownPartitions weighed = weighed(new int[] {0, 1, 4}, 1, 1, Integer.MAX_VALUE - 2);
    assertThat(weighed.draw(-1L)).isEqualTo(4);
    assertThat(weighed.draw(0)).isZero();
    assertThat(known.draw(-1L)).isEqualTo(4);
  }

  @Test
  void singlePartitionIsDrawnWithAndWithoutWeight() {
    for (KnownPartitions one :
        new KnownPartitions[] {
          weighed(new int[] {3}, 5), weighed(new int[] {3}, (int[]) null),
        }) {
      assertThat(one.draw(17)).isEqualTo(3);
      assertThat(one.hasChoice()).isFalse();
      assertThat(one.canDraw(3)).isTrue();
      assertThat(one.canDraw(1)).isFalse();
    }
  }

  @Test
  void sameWeightsAreTheSameView() {
    KnownPartitions weighed = weighed(new int[] {0, 1}, 2, 3);
    assertThat(weighed.weighed(new int[] {0, 1}, new int[] {2, 3})).isSameAs(weighed);
    assertThat(weighed.weighed(new int[] {0, 1}, new int[] {3, 2})).isNotSameAs(weighed);
    assertThat(weighed.weighed(new int[] {0, 2}, new int[] {2, 3})).isNotSameAs(weighed);
  }
}

package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** Keys go where Apache's client puts them. */
class KeyHashTest {

  private static final int KEYS = 1_000_000;
  private static final int MOST_BYTES = 300;
  private static final int[] PARTITIONS = {1, 2, 3, 6, 7, 64, 1_000, 4_999, Integer.MAX_VALUE};

  @Test
  void placesAMillionRandomKeysAsApachesClientDoes() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < KEYS; i++) {
      byte[] key = new byte[i % (MOST_BYTES + 1)];
      random.nextBytes(key);
      assertSame(key, PARTITIONS[i % PARTITIONS.length]);
    }
  }

  @Test
  void placesEveryKeyOfUpToTwoBytesAsApachesClientDoes() {
    assertSame(new byte[0], 7);
    for (int first = 0; first < 256; first++) {
      assertSame(new byte[] {(byte) first}, 7);
      for (int second = 0; second < 256; second++) {
        assertSame(new byte[] {(byte) first, (byte) second}, 7);
      }
    }
  }

  @Test
  void placesTextsAsApachesClientDoes() {
    for (int i = 0; i < 100_000; i++) {
      assertSame(("customer-" + i).getBytes(StandardCharsets.UTF_8), 12);
    }
  }

  /** Asked a million times, so it asserts only where there is a difference to tell of. */
  private static void assertSame(byte[] key, int partitions) {
    int ours = KeyHash.partition(key, partitions);
    if (ours != BuiltInPartitioner.partitionForKey(key, partitions)
        || KeyHash.murmur2(key) != Utils.murmur2(key)) {
      assertThat(ours)
          .as("partition of a key of %d bytes among %d", key.length, partitions)
          .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions));
      assertThat(KeyHash.murmur2(key)).isEqualTo(Utils.murmur2(key));
    }
  }
}

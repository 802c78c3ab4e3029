package io.millstream.produce;

/**
 * Places keys on partitions as every Kafka client does: the 32-bit MurmurHash2 of the key, made
 * positive by clearing its sign, modulo the number of partitions.
 */
final class KeyHash {

  private static final int SEED = 0x9747b28c;
  private static final int MULTIPLIER = 0x5bd1e995;
  private static final int SHIFT = 24;

  private KeyHash() {}

  /** Returns the partition of a key, from 0. */
  static int partition(byte[] key, int partitions) {
    return (murmur2(key) & Integer.MAX_VALUE) % partitions;
  }

  static int murmur2(byte[] bytes) {
    int length = bytes.length;
    int hash = SEED ^ length;
    int whole = length & ~3;
    for (int i = 0; i < whole; i += 4) {
      int word =
          (bytes[i] & 0xff)
              | (bytes[i + 1] & 0xff) << 8
              | (bytes[i + 2] & 0xff) << 16
              | bytes[i + 3] << 24;
      word *= MULTIPLIER;
      word ^= word >>> SHIFT;
      hash = hash * MULTIPLIER ^ word * MULTIPLIER;
    }
    int rest = 0;
    for (int i = length - 1; i >= whole; i--) {
      rest = rest << 8 | (bytes[i] & 0xff);
    }
    if (whole < length) {
      hash = (hash ^ rest) * MULTIPLIER;
    }
    hash = (hash ^ hash >>> 13) * MULTIPLIER;
    return hash ^ hash >>> 15;
  }
}

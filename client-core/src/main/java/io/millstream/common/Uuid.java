package io.millstream.common;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An immutable identifier of 128 bits, written as 22 characters of URL-safe base64. Topics, brokers
 * and directories carry one.
 */
public class Uuid implements Comparable<Uuid> {

  /** Reserved: the first value after zero. */
  public static final Uuid ONE_UUID = new Uuid(0L, 1L);

  /** The id of the topic that holds the metadata of a KRaft cluster. */
  public static final Uuid METADATA_TOPIC_ID = ONE_UUID;

  /** Reserved: stands for "no id". */
  public static final Uuid ZERO_UUID = new Uuid(0L, 0L);

  /** The ids that {@link #randomUuid} never returns. */
  public static final Set<Uuid> RESERVED = Set.of(ZERO_UUID, ONE_UUID);

  private static final int BYTES = 16;

  private final long mostSignificantBits;
  private final long leastSignificantBits;

  /**
   * Creates an id from its two halves.
   *
   * @param mostSigBits the first eight bytes, big-endian
   * @param leastSigBits the last eight bytes, big-endian
   */
  public Uuid(long mostSigBits, long leastSigBits) {
    mostSignificantBits = mostSigBits;
    leastSignificantBits = leastSigBits;
  }

  /**
   * Returns a new random id (version 4): never a reserved one, and never one whose text starts with
   * a dash, which command lines would take for an option.
   */
  public static Uuid randomUuid() {
    while (true) {
      UUID random = UUID.randomUUID();
      Uuid id = new Uuid(random.getMostSignificantBits(), random.getLeastSignificantBits());
      if (!RESERVED.contains(id) && !id.toString().startsWith("-")) {
        return id;
      }
    }
  }

  /** Returns the first eight bytes. */
  public long getMostSignificantBits() {
    return mostSignificantBits;
  }

  /** Returns the last eight bytes. */
  public long getLeastSignificantBits() {
    return leastSignificantBits;
  }

  @Override
  public boolean equals(@Nullable Object obj) {
    return obj instanceof Uuid other
        && mostSignificantBits == other.mostSignificantBits
        && leastSignificantBits == other.leastSignificantBits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(mostSignificantBits ^ leastSignificantBits);
  }

  /** Returns the 22 characters that {@link #fromString} reads. */
  @Override
  public String toString() {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(mostSignificantBits)
            .putLong(leastSignificantBits)
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @param str URL-safe base64, with or without padding
   * @return the id
   * @throws IllegalArgumentException if it is not base64 or does not hold 16 bytes
   */
  public static Uuid fromString(String str) {
    byte[] bytes = str.length() > 24 ? new byte[0] : Base64.getUrlDecoder().decode(str);
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "Not a UUID, which is 16 bytes in URL-safe base64: "
              + str.substring(0, Math.min(str.length(), 24)));
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Uuid(buffer.getLong(), buffer.getLong());
  }

  /** Compares the first halves, then the second, as signed numbers. */
  @Override
  public int compareTo(Uuid other) {
    int first = Long.compare(mostSignificantBits, other.mostSignificantBits);
    return first != 0 ? first : Long.compare(leastSignificantBits, other.leastSignificantBits);
  }

  /**
   * Copies a list into an array.
   *
   * @param list the ids, or null
   * @return the array, or null for null
   */
  public static Uuid @Nullable [] toArray(@Nullable List<Uuid> list) {
    return list == null ? null : list.toArray(new Uuid[0]);
  }

  /**
   * Copies an array into a list.
   *
   * @param array the ids, or null
   * @return the list, or null for null
   */
  public static @Nullable List<Uuid> toList(Uuid @Nullable [] array) {
    return array == null ? null : Arrays.asList(array.clone());
  }
}

package io.millstream.common.serialization;

import java.util.Map;

/**
 * How lists are written (KIP-466). Numbers are of 32 bits, the highest byte first.
 *
 * <pre>
 * entries of one fixed length:   0 | count of nulls | index of each null | count of entries
 *                                  | bytes of each entry that is not null
 * entries of any length:         1 | count of entries | for each: length, or -1 for null | bytes
 * </pre>
 */
final class ListFormat {

  static final byte FIXED_LENGTH = 0;
  static final byte ANY_LENGTH = 1;
  static final int NULL_LENGTH = -1;

  private static final Map<Class<?>, Integer> LENGTHS =
      Map.of(
          ShortDeserializer.class, Short.BYTES,
          IntegerDeserializer.class, Integer.BYTES,
          FloatDeserializer.class, Float.BYTES,
          LongDeserializer.class, Long.BYTES,
          DoubleDeserializer.class, Double.BYTES,
          UUIDDeserializer.class, 36);

  private ListFormat() {}

  /** Says whether all that a serializer writes has the same length. */
  static boolean writesFixedLength(Serializer<?> serializer) {
    return serializer instanceof ShortSerializer
        || serializer instanceof IntegerSerializer
        || serializer instanceof FloatSerializer
        || serializer instanceof LongSerializer
        || serializer instanceof DoubleSerializer
        || serializer instanceof UUIDSerializer;
  }

  /** Returns the length of all that a deserializer reads, or -1 where it is not fixed. */
  static int fixedLength(Deserializer<?> deserializer) {
    return LENGTHS.getOrDefault(deserializer.getClass(), -1);
  }
}

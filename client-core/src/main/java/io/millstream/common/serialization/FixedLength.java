package io.millstream.common.serialization;

import io.millstream.common.errors.SerializationException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads numbers that have a fixed length, and says what was found where it has another one. */
final class FixedLength {

  private FixedLength() {}

  static short readShort(String type, String topic, ByteBuffer data) {
    require(type, Short.BYTES, topic, data);
    short value = data.getShort(data.position());
    return data.order() == ByteOrder.BIG_ENDIAN ? value : Short.reverseBytes(value);
  }

  static int readInt(String type, String topic, ByteBuffer data) {
    require(type, Integer.BYTES, topic, data);
    int value = data.getInt(data.position());
    return data.order() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
  }

  static long readLong(String type, String topic, ByteBuffer data) {
    require(type, Long.BYTES, topic, data);
    long value = data.getLong(data.position());
    return data.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
  }

  static void require(String type, int expected, String topic, ByteBuffer data) {
    if (data.remaining() != expected) {
      throw new SerializationException(
          "A record of topic %s has %d bytes, where %s takes %d bytes; it was probably written as something else"
              .formatted(topic, data.remaining(), type, expected));
    }
  }
}

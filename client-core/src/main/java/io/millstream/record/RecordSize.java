package io.millstream.record;

import io.millstream.common.header.Header;
import io.millstream.wire.Varint;
import org.jspecify.annotations.Nullable;

/** The sizes of encoded records. */
final class RecordSize {

  private static final int ATTRIBUTES_BYTES = 1;

  private RecordSize() {}

  /** The bytes of a record after its length field; more than an int holds where it is absurd. */
  static long ofBody(
      long timestampDelta,
      int offsetDelta,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Header[] headers) {
    return ATTRIBUTES_BYTES
        + Varint.sizeOf(timestampDelta)
        + Varint.sizeOf(offsetDelta)
        + ofContent(key, value, headers);
  }

  /** The bytes of key, value and headers. */
  static long ofContent(byte @Nullable [] key, byte @Nullable [] value, Header[] headers) {
    long size = ofNullable(key) + ofNullable(value) + Varint.sizeOf(headers.length);
    for (Header header : headers) {
      int keyBytes = Utf8.sizeOf(header.key());
      size += Varint.sizeOf(keyBytes) + (long) keyBytes + ofNullable(header.value());
    }
    return size;
  }

  /** The most bytes that the fields take whose size depends on the place in the batch. */
  static int mostOfPlace() {
    return Varint.MAX_INT_BYTES + ATTRIBUTES_BYTES + Varint.MAX_LONG_BYTES + Varint.MAX_INT_BYTES;
  }

  private static long ofNullable(byte @Nullable [] bytes) {
    return bytes == null ? Varint.sizeOf(-1) : Varint.sizeOf(bytes.length) + (long) bytes.length;
  }
}

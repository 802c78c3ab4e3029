package io.millstream.record;

import io.millstream.common.record.TimestampType;
import io.millstream.wire.MalformedFrameException;
import io.millstream.wire.Varint;
import java.nio.ByteBuffer;

/** Where the fields of the current record lie; set anew for each record. */
final class RecordFields {

  /** A header takes two bytes at least. */
  private static final int LEAST_HEADER_BYTES = 2;

  ByteBuffer buffer = ByteBuffer.allocate(0);
  long offset;
  long timestampMillis;
  TimestampType timestampType = TimestampType.NO_TIMESTAMP_TYPE;
  int keyStart;
  int keyBytes;
  int valueStart;
  int valueBytes;
  int headersStart;
  int headerCount;

  /**
   * Reads a record of magic 2, from behind its length to the limit of the buffer.
   *
   * @throws MalformedFrameException if it is not encoded as it must be
   */
  void readRecord(ByteBuffer in, RecordBatchCursor batch) {
    if (!in.hasRemaining()) {
      throw new MalformedFrameException("a record of no bytes");
    }
    buffer = in;
    in.get(); // attributes: not used
    long timestampDelta = Varint.getLong(in);
    int offsetDelta = Varint.getInt(in);
    if (offsetDelta < 0 || offsetDelta > batch.lastOffsetDelta()) {
      throw new MalformedFrameException(
          "a record has the offset delta " + offsetDelta + " of " + batch.lastOffsetDelta());
    }
    offset = batch.baseOffset() + offsetDelta;
    timestampType = batch.timestampType();
    timestampMillis =
        timestampType == TimestampType.LOG_APPEND_TIME
            ? batch.maxTimestampMillis()
            : batch.baseTimestampMillis() + timestampDelta;
    keyBytes = readLength(in);
    keyStart = skip(in, keyBytes);
    valueBytes = readLength(in);
    valueStart = skip(in, valueBytes);
    readHeaders(in);
    if (in.hasRemaining()) {
      throw new MalformedFrameException(in.remaining() + " bytes are left within a record");
    }
  }

  private void readHeaders(ByteBuffer in) {
    headerCount = Varint.getInt(in);
    headersStart = in.position();
    if (headerCount < 0 || headerCount > in.remaining() / LEAST_HEADER_BYTES) {
      throw new MalformedFrameException("a record claims " + headerCount + " headers");
    }
    for (int i = 0; i < headerCount; i++) {
      int bytes = readLength(in);
      if (bytes < 0) {
        throw new MalformedFrameException("a header without key");
      }
      skip(in, bytes);
      skip(in, readLength(in));
    }
  }

  /**
   * Reads key and value of a message of magic 0 or 1, from the length of the key to the limit of
   * the buffer.
   *
   * @throws MalformedFrameException if it is not encoded as it must be
   */
  void readMessage(ByteBuffer in) {
    buffer = in;
    keyBytes = readFixedLength(in);
    keyStart = skip(in, keyBytes);
    valueBytes = readFixedLength(in);
    valueStart = skip(in, valueBytes);
    headerCount = 0;
    if (in.hasRemaining()) {
      throw new MalformedFrameException(in.remaining() + " bytes are left within a message");
    }
  }

  static int readLength(ByteBuffer in) {
    return checkLength(Varint.getInt(in), in);
  }

  private static int readFixedLength(ByteBuffer in) {
    if (in.remaining() < Integer.BYTES) {
      throw new MalformedFrameException("a message is cut off");
    }
    return checkLength(in.getInt(), in);
  }

  private static int checkLength(int length, ByteBuffer in) {
    if (length < -1 || length > in.remaining()) {
      throw new MalformedFrameException(
          "a field claims " + length + " bytes, " + in.remaining() + " are left in its record");
    }
    return length;
  }

  private static int skip(ByteBuffer in, int bytes) {
    int start = in.position();
    in.position(start + Math.max(bytes, 0));
    return start;
  }
}

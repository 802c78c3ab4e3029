package io.millstream.record;

import io.millstream.common.record.TimestampType;
import io.millstream.compression.Codec;
import io.millstream.wire.MalformedFrameException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of magic 0 and 1, as drawn at {@link BatchLayout}, of which one, when
 * compressed, holds others. Since their offsets may count back from the last one, a compressed
 * message is decompressed whole.
 */
final class MessageSetReader {

  private final RecordBatchCursor outer;
  private final RecordWindow window;
  private final RecordFields fields;
  private final boolean checksumVerified;
  private final CRC32 checksum = new CRC32();
  private boolean compressed;
  private boolean finished;
  private long innerBase;

  MessageSetReader(
      RecordBatchCursor outer, RecordWindow window, RecordFields fields, boolean checksumVerified) {
    this.outer = outer;
    this.window = window;
    this.fields = fields;
    this.checksumVerified = checksumVerified;
  }

  /** Begins with the message the cursor stands at; the buffer is its, and may be moved within. */
  void open(ByteBuffer records, Codec codec) {
    records.limit(outer.end()).position(outer.start() + BatchLayout.messageKey(outer.magic()));
    compressed = codec != Codec.NONE;
    finished = false;
    if (!compressed) {
      window.open(records);
      return;
    }
    if (codec == Codec.ZSTD) {
      throw new MalformedFrameException("zstd within format " + outer.magic() + " is not allowed");
    }
    fields.readMessage(records);
    if (fields.valueBytes < 0) {
      throw new MalformedFrameException("a compressed message without value");
    }
    records.limit(fields.valueStart + fields.valueBytes).position(fields.valueStart);
    window.open(codec, records, outer.magic() == 0);
    window.takeAll();
    innerBase = outer.magic() == 0 ? 0 : baseOfRelativeOffsets(window.buffer());
  }

  /** Offsets within magic 1 count from 0, and the outer one is that of the last message. */
  private long baseOfRelativeOffsets(ByteBuffer messages) {
    int at = messages.position();
    long last = -1;
    while (at < messages.limit()) {
      last = innerOffset(messages, at);
      at += innerSize(messages, at);
    }
    // some producers leave the outer offset at 0, and brokers that are not asked keep it so
    long outerOffset = outer.lastOffset();
    if (outerOffset == 0) {
      return 0;
    }
    if (last > outerOffset) {
      throw new MalformedFrameException("a message within has an offset above that of its last");
    }
    return outerOffset - last;
  }

  private static long innerOffset(ByteBuffer messages, int at) {
    if (messages.limit() - at < BatchLayout.leastMessageBytes(0)) {
      throw new MalformedFrameException("a message within a compressed one is cut off");
    }
    return messages.getLong(at + BatchLayout.BASE_OFFSET);
  }

  private static int innerSize(ByteBuffer messages, int at) {
    int length = messages.getInt(at + BatchLayout.LENGTH);
    if (length < BatchLayout.leastMessageBytes(0) - BatchLayout.PREFIX_BYTES
        || length > messages.limit() - at - BatchLayout.PREFIX_BYTES) {
      throw new MalformedFrameException(
          "a message within a compressed one claims a length of " + length + " bytes");
    }
    return BatchLayout.PREFIX_BYTES + length;
  }

  /** Goes on to the next message, and says whether there is one. */
  boolean next() {
    ByteBuffer buffer = window.buffer();
    if (!compressed) {
      if (finished) {
        return false;
      }
      finished = true;
      fields.offset = outer.lastOffset();
      fields.timestampType = outer.timestampType();
      fields.timestampMillis = outer.maxTimestampMillis();
      fields.readMessage(buffer);
      return true;
    }
    if (!buffer.hasRemaining()) {
      return false;
    }
    int at = buffer.position();
    fields.offset = innerBase + innerOffset(buffer, at);
    int end = at + innerSize(buffer, at);
    readInner(buffer, at, end);
    return true;
  }

  private void readInner(ByteBuffer buffer, int at, int end) {
    int magic = buffer.get(at + BatchLayout.MAGIC);
    if (magic < 0 || magic > 1 || end - at < BatchLayout.leastMessageBytes(magic)) {
      throw new MalformedFrameException(
          "a message of format " + magic + " and " + (end - at) + " bytes within a compressed one");
    }
    int attributes = buffer.get(at + BatchLayout.MESSAGE_ATTRIBUTES);
    @Nullable Codec codec = Codec.of(attributes & BatchLayout.CODEC_MASK);
    if (codec != Codec.NONE) {
      throw new MalformedFrameException("a compressed message within a compressed one");
    }
    int limit = buffer.limit();
    buffer.limit(end);
    if (checksumVerified) {
      verify(buffer, at);
    }
    boolean hasTimestamp = magic == 1;
    boolean appendTime = outer.timestampType() == TimestampType.LOG_APPEND_TIME;
    fields.timestampType =
        hasTimestamp
            ? (appendTime ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME)
            : TimestampType.NO_TIMESTAMP_TYPE;
    fields.timestampMillis =
        !hasTimestamp
            ? -1
            : appendTime
                ? outer.maxTimestampMillis()
                : buffer.getLong(at + BatchLayout.MESSAGE_TIMESTAMP);
    buffer.position(at + BatchLayout.messageKey(magic));
    fields.readMessage(buffer);
    buffer.limit(limit);
  }

  private void verify(ByteBuffer buffer, int at) {
    checksum.reset();
    buffer.position(at + BatchLayout.MAGIC);
    checksum.update(buffer);
    if ((int) checksum.getValue() != buffer.getInt(at + BatchLayout.MESSAGE_CRC)) {
      throw new MalformedFrameException("a message within a compressed one has a bad checksum");
    }
  }
}

package io.millstream.benchmarks.sink;

import io.millstream.wire.WireReader;
import java.nio.ByteBuffer;

/**
 * Walks produce requests, stepping over the records, and writes an answer that takes every batch.
 *
 * <pre>
 *   request   compact string  transactional id
 *             int16           acks
 *             int32           time-out
 *             array           topics: uuid, array of partitions, tags
 *                             partition: int32 index, records, tags
 *             tags
 *
 *   answer    int32           size of what follows
 *             int32           correlation id
 *             tags
 *             array           topics: uuid, array of partitions, tags
 *                             partition: as in PARTITION, behind its index
 *             int32           throttle time
 *             tags
 * </pre>
 */
final class ProduceWalk {

  /** The only version it knows. */
  static final short VERSION = 13;

  private static final int SIZE_BYTES = 4;
  private static final int LEAST_PARTITION_BYTES = 6;
  private static final int LEAST_TOPIC_BYTES = 18;

  /** Where a batch has its number of records. */
  private static final int RECORD_COUNT_OFFSET = 57;

  /** Error 0, base offset 0, no append time, start 0, no record errors, no message, no tags. */
  private static final byte[] PARTITION = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0
  };

  private final Tally tally;

  ProduceWalk(Tally tally) {
    this.tally = tally;
  }

  /**
   * Takes one request.
   *
   * @param in a reader behind the request's header
   * @param frame the buffer it reads
   * @param correlationId what the answer repeats
   * @param out takes the answer; nothing is put for acks 0
   */
  void take(WireReader in, ByteBuffer frame, int correlationId, ByteBuffer out) {
    tally.request();
    in.readNullableString(true);
    short acks = in.readShort();
    in.readInt();
    int begin = out.position();
    out.putInt(0).putInt(correlationId).put((byte) 0);
    int topics = in.readNonNullArrayLength(true, LEAST_TOPIC_BYTES);
    putVarint(out, topics + 1);
    for (int i = 0; i < topics; i++) {
      takeTopic(in, frame, out);
    }
    out.putInt(0).put((byte) 0);
    if (acks == 0) {
      out.position(begin);
    } else {
      out.putInt(begin, out.position() - begin - SIZE_BYTES);
    }
  }

  private void takeTopic(WireReader in, ByteBuffer frame, ByteBuffer out) {
    var id = in.readUuid();
    out.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    int partitions = in.readNonNullArrayLength(true, LEAST_PARTITION_BYTES);
    putVarint(out, partitions + 1);
    for (int i = 0; i < partitions; i++) {
      out.putInt(in.readInt()).put(PARTITION);
      int length = in.readBytesLength(true);
      int batch = frame.position() + in.position();
      tally.batch(length, frame.getInt(batch + RECORD_COUNT_OFFSET));
      in.skip(length);
      in.skipTaggedFields();
    }
    in.skipTaggedFields();
    out.put((byte) 0);
  }

  private static void putVarint(ByteBuffer out, int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }
}

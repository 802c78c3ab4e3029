package io.millstream.record;

/*
 * A batch of magic 2 (KIP-98), big endian; varints are zigzag encoded:
 *
 *    0  int64   base offset             offset of the first record that was ever in the batch
 *    8  int32   length                  bytes that follow this field
 *   12  int32   leader epoch            written by the broker; neither it nor what stands before is
 *                                       covered by the checksum
 *   16  int8    magic                   2; at the same place in the older formats
 *   17  uint32  CRC-32C                 of all that follows this field
 *   21  int16   attributes              bits 0-2 codec, 3 log append time, 4 transactional,
 *                                       5 control, 6 base timestamp is a delete horizon
 *   23  int32   last offset delta       last offset = base offset + this, even if compaction removed
 *                                       that record
 *   27  int64   base timestamp
 *   35  int64   max timestamp           with log append time: that of all records
 *   43  int64   producer id             -1: none
 *   51  int16   producer epoch
 *   53  int32   base sequence
 *   57  int32   record count
 *   61          records, compressed as one whole:
 *
 *       varint   length                 bytes that follow this field
 *       int8     attributes             not used
 *       varlong  timestamp delta        to the base timestamp
 *       varint   offset delta           to the base offset
 *       varint   n, n bytes key         -1: null
 *       varint   n, n bytes value       -1: null
 *       varint   number of headers, each:
 *         varint   n, n bytes key       UTF-8, never null
 *         varint   n, n bytes value     -1: null
 *
 * A message of magic 0 or 1, of which a row makes a message set:
 *
 *    0  int64   offset                  of a compressed message: the offset of the last one inside
 *    8  int32   length                  bytes that follow this field
 *   12  uint32  CRC-32                  of all that follows this field
 *   16  int8    magic                   0 or 1
 *   17  int8    attributes              bits 0-2 codec, 3 log append time (magic 1)
 *   18  int64   timestamp               magic 1 only
 *    .  int32   n, n bytes key          -1: null
 *    .  int32   n, n bytes value        -1: null; of a compressed message: a message set, whose
 *                                       offsets count from 0 within magic 1, and are those of the
 *                                       log within magic 0
 */
final class BatchLayout {

  static final int BASE_OFFSET = 0;
  static final int LENGTH = 8;
  static final int LEADER_EPOCH = 12;
  static final int MAGIC = 16;
  static final int CRC = 17;
  static final int ATTRIBUTES = 21;
  static final int LAST_OFFSET_DELTA = 23;
  static final int BASE_TIMESTAMP = 27;
  static final int MAX_TIMESTAMP = 35;
  static final int PRODUCER_ID = 43;
  static final int PRODUCER_EPOCH = 51;
  static final int BASE_SEQUENCE = 53;
  static final int RECORD_COUNT = 57;
  static final int HEADER_BYTES = 61;

  /** What stands before the bytes that the length field counts, in all formats. */
  static final int PREFIX_BYTES = 12;

  static final int CODEC_MASK = 0x07;
  static final int LOG_APPEND_TIME = 0x08;
  static final int TRANSACTIONAL = 0x10;
  static final int CONTROL = 0x20;

  static final int MESSAGE_CRC = 12;
  static final int MESSAGE_ATTRIBUTES = 17;
  static final int MESSAGE_TIMESTAMP = 18;

  private BatchLayout() {}

  /** Where the key's length stands in a message of magic 0 or 1. */
  static int messageKey(int magic) {
    return magic == 0 ? MESSAGE_TIMESTAMP : MESSAGE_TIMESTAMP + Long.BYTES;
  }

  /** The bytes of a message of magic 0 or 1 with neither key nor value. */
  static int leastMessageBytes(int magic) {
    return messageKey(magic) + 2 * Integer.BYTES;
  }
}

package io.millstream.testing.fake;

import java.nio.ByteBuffer;

/**
 * A batch in a log.
 *
 * @param baseOffset of its first record
 * @param lastOffset of its last record
 * @param leaderEpoch the epoch in which it was appended
 * @param maxTimestampMillis the highest timestamp
 * @param bytes the batch from position to limit; never changed
 */
record StoredBatch(
    long baseOffset, long lastOffset, int leaderEpoch, long maxTimestampMillis, ByteBuffer bytes) {}

package io.millstream.testing.fake;

import org.jspecify.annotations.Nullable;

/**
 * A record in the log of a fake broker.
 *
 * @param offset its place
 * @param timestampMillis its timestamp
 * @param key its key, or null
 * @param value its value, or null
 * @param producerId who wrote it, -1 where the producer was not idempotent
 * @param producerEpoch in which epoch, -1 where the producer was not idempotent
 */
// Values for tests to look at, not to compare.
@SuppressWarnings("ArrayRecordComponent")
public record StoredRecord(
    long offset,
    long timestampMillis,
    byte @Nullable [] key,
    byte @Nullable [] value,
    long producerId,
    short producerEpoch) {}

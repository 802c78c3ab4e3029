package io.millstream.testing.fake;

import org.jspecify.annotations.Nullable;

/**
 * A position that a group has stored.
 *
 * @param offset the next offset to be read
 * @param leaderEpoch of the last record read, -1 for unknown
 * @param metadata what was stored along with it, or null
 */
record CommittedOffset(long offset, int leaderEpoch, @Nullable String metadata) {}

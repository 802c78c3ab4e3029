package io.millstream.fetch;

import io.millstream.common.TopicPartition;

/**
 * A partition that is to be fetched from now on, in place of what was fetched of it before.
 *
 * @param partition the partition
 * @param generation larger than that of any start of the partition before
 * @param from where to begin
 * @param report is told how it goes
 * @param paused whether not to fetch yet
 */
record FetchStart(
    TopicPartition partition,
    int generation,
    StartingPoint from,
    FetchReport report,
    boolean paused) {}

package io.millstream.produce;

/**
 * That the cluster refused the producer an id, to one partition.
 *
 * @param exception with which all records fail that were there
 * @param before the number of the first record that came later
 */
record Refusal(RuntimeException exception, long before) {}

/**
 * The way of a record out: accumulator, a queue of batches per partition, and the sender. This is
 * the hot path. Callers of {@code send} meet the event loop only at the partition queues and the
 * memory accounting.
 */
@NullMarked
package io.millstream.produce;

import org.jspecify.annotations.NullMarked;

/**
 * The layout of record batches (magic 2), and of the older message sets (magic 0 and 1) for reading
 * only. This is the hot path and the only place that knows the batch layout. Nothing here knows
 * topics, connections or threads.
 */
@NullMarked
package io.millstream.record;

import org.jspecify.annotations.NullMarked;

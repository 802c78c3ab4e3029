/** Plain counters, written by one thread and read by any. */
@NullMarked
package io.millstream.metrics;

import org.jspecify.annotations.NullMarked;

/**
 * A broker that answers producers at once and stores nothing, so that what a measurement shows is
 * the client.
 */
@NullMarked
package io.millstream.benchmarks.sink;

import org.jspecify.annotations.NullMarked;

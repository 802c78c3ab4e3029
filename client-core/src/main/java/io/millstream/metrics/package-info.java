/**
 * What a client counts of itself: cells that one thread writes plainly and any may read, the
 * windows of time that rates and means are taken over, and the names under which they are told. Who
 * counts holds its cells; nothing is looked up by name while counting.
 */
@NullMarked
package io.millstream.metrics;

import org.jspecify.annotations.NullMarked;

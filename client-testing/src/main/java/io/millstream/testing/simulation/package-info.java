/**
 * A world in which whole clients run on a virtual clock, over a network in memory, with faults from
 * a seed. One thread does everything: whoever waits drives the others until the wait is over. The
 * seed alone decides the history, so a failure comes back when its seed is run again.
 */
@NullMarked
package io.millstream.testing.simulation;

import org.jspecify.annotations.NullMarked;

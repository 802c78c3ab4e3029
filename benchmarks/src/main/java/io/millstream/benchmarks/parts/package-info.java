/**
 * The parts of a producer, each alone and beside Apache's where it has the like: JMH. What a whole
 * producer takes is measured in {@code benchmarks.producer}.
 */
@NullMarked
package io.millstream.benchmarks.parts;

import org.jspecify.annotations.NullMarked;

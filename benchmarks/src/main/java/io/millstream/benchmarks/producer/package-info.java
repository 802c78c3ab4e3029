/**
 * The producer beside Apache's. The comparison's own process starts a broker and, for each
 * measurement, a fresh JVM with one client in it; it prints figures and asserts none.
 */
@NullMarked
package io.millstream.benchmarks.producer;

import org.jspecify.annotations.NullMarked;

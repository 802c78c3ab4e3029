/**
 * Real Kafka brokers for tests: Apache's, of four generations, started from Maven artifacts in
 * child processes on free ports of the loopback interface. They die with the JVM that started them,
 * however it ends.
 */
@NullMarked
package io.millstream.testing;

import org.jspecify.annotations.NullMarked;

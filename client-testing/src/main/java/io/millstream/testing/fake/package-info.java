/**
 * A fake Kafka cluster in this JVM: brokers that speak the protocol's own bytes and keep their logs
 * in memory, for tests that want a broker within milliseconds, and faults on command. All state of
 * a cluster belongs to the one thread of its {@link io.millstream.testing.fake.BrokerHost}. One
 * class per API, in Kafka's spelling, holds what a broker does with its requests.
 */
@NullMarked
package io.millstream.testing.fake;

import org.jspecify.annotations.NullMarked;

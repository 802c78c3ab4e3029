/**
 * Who the producer is to the brokers: producer id, epoch and the sequence numbers of each
 * partition. Everything here belongs to the event loop.
 */
@NullMarked
package io.millstream.transaction;

import org.jspecify.annotations.NullMarked;

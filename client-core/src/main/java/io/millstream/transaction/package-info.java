/**
 * Who the producer is to the brokers: producer id, epoch and the sequence numbers of each
 * partition; and its transactions, by both versions of the protocol (KIP-98, KIP-890). Everything
 * here belongs to the event loop; callers reach it by a handle.
 */
@NullMarked
package io.millstream.transaction;

import org.jspecify.annotations.NullMarked;

/**
 * The messages of the Kafka protocol, their versions and headers, and the one table of error codes.
 * Messages are generated from the definition files at build time; Produce and Fetch have
 * hand-written twins for the hot path. No code outside this package compares versions.
 */
@NullMarked
package io.millstream.protocol;

import org.jspecify.annotations.NullMarked;

/**
 * Compression in Kafka's framings: gzip, snappy, lz4 and zstd. Nothing here knows of Kafka else.
 * Decompressed output grows in chunks as bytes arrive and is never sized from a field of the input.
 */
@NullMarked
package io.millstream.compression;

import org.jspecify.annotations.NullMarked;

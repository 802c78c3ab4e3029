/**
 * Bytes without meaning: readers and writers of the primitive types of the Kafka protocol, varints
 * and the pool of buffers. Nothing here knows a message or a record. Malformed input raises {@link
 * io.millstream.wire.MalformedFrameException} and nothing else.
 */
@NullMarked
package io.millstream.wire;

import org.jspecify.annotations.NullMarked;

/**
 * The way of a record in: planning of fetches, fetch sessions, the buffer of fetched batches and
 * the cursors that read them. This is the hot path. The event loop owns the fetch positions, the
 * holder of the poll permit the consumed ones.
 */
@NullMarked
package io.millstream.fetch;

import org.jspecify.annotations.NullMarked;

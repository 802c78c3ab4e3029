/**
 * The way of a record in, hot: what is asked of which broker, what was fetched and not handed out
 * yet, and how batches become records. The fetch positions belong to the event loop, the cursors to
 * the holder of the poll permit; they meet in {@link io.millstream.fetch.FetchedBatches}.
 */
@NullMarked
package io.millstream.fetch;

import org.jspecify.annotations.NullMarked;

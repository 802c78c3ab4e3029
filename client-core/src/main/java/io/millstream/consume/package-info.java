/**
 * What a consumer does on the threads that call it: the poll permit, the assignment and its
 * positions, subscription, commits and lookups, and the parts of a consumer put together. Records
 * themselves are the matter of {@link io.millstream.fetch}.
 */
@NullMarked
package io.millstream.consume;

import org.jspecify.annotations.NullMarked;

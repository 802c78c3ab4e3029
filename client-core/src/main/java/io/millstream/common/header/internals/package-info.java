/** The headers that records carry, under the names by which applications create them. */
@NullMarked
package io.millstream.common.header.internals;

import org.jspecify.annotations.NullMarked;

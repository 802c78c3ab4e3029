/** Turning keys and values into bytes and back. Null stays null both ways. */
@NullMarked
package io.millstream.common.serialization;

import org.jspecify.annotations.NullMarked;

/** Headers of records: a key and a value of bytes, in the order in which they were added. */
@NullMarked
package io.millstream.common.header;

import org.jspecify.annotations.NullMarked;

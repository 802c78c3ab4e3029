/** What applications see of the format of records. */
@NullMarked
package io.millstream.common.record;

import org.jspecify.annotations.NullMarked;

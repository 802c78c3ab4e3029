/** Types that values of settings have and Java itself does not. */
@NullMarked
package io.millstream.common.config.types;

import org.jspecify.annotations.NullMarked;

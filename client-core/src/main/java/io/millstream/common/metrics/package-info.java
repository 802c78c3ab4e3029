/** What reporters of metrics and subscribers to them are handed. */
@NullMarked
package io.millstream.common.metrics;

import org.jspecify.annotations.NullMarked;

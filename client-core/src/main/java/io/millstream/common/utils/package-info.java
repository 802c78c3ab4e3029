/** Small values that applications meet under the names that every Kafka developer knows. */
@NullMarked
package io.millstream.common.utils;

import org.jspecify.annotations.NullMarked;

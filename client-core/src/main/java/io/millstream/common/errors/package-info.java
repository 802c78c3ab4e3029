/**
 * The exceptions a client raises, under the names that every Kafka developer knows. Those that
 * stand for an error code of a broker extend {@link io.millstream.common.errors.ApiException}.
 */
@NullMarked
package io.millstream.common.errors;

import org.jspecify.annotations.NullMarked;

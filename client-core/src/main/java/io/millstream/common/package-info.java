/**
 * Values that all clients share, under the names that every Kafka developer knows. Nothing here
 * depends on the engine behind the clients.
 */
@NullMarked
package io.millstream.common;

import org.jspecify.annotations.NullMarked;

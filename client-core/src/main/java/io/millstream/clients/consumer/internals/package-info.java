/** What Kafka's API has under this name although applications extend it: the base of assignors. */
@NullMarked
package io.millstream.clients.consumer.internals;

import org.jspecify.annotations.NullMarked;

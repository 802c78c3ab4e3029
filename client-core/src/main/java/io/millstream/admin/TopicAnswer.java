package io.millstream.admin;

import io.millstream.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What the controller answered about one topic.
 *
 * @param topic its name or id, as it was asked for
 * @param error {@link ErrorCode#NONE} if it was done
 * @param message the broker's own words, null where it gave none
 * @param value what the user gets if it was done
 */
record TopicAnswer<K, V extends @Nullable Object>(
    K topic, ErrorCode error, @Nullable String message, @Nullable V value) {}

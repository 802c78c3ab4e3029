/**
 * Membership in a consumer group, the assignment of partitions, and committed offsets. Everything
 * here belongs to the event loop; listeners run on the thread that polls.
 */
@NullMarked
package io.millstream.group;

import org.jspecify.annotations.NullMarked;

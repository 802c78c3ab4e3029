package io.millstream.group;

import org.jspecify.annotations.Nullable;

/**
 * Which group a consumer belongs to, and as whom.
 *
 * @param groupId the group; {@code group.id}
 * @param groupInstanceId the name of a static member (KIP-345), or null for a dynamic one; {@code
 *     group.instance.id}
 * @param rackId where the consumer runs, empty where that is not known; {@code client.rack}
 */
public record GroupIdentity(String groupId, @Nullable String groupInstanceId, String rackId) {

  boolean isStatic() {
    return groupInstanceId != null;
  }
}

package io.millstream.group;

import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.settings.ParsedSettings;
import org.jspecify.annotations.Nullable;

/**
 * Which group a consumer belongs to, and as whom.
 *
 * @param clientId names the consumer in logs; {@code client.id}
 * @param groupId the group; {@code group.id}
 * @param groupInstanceId the name of a static member (KIP-345), or null for a dynamic one; {@code
 *     group.instance.id}
 * @param rackId where the consumer runs, empty where that is not known; {@code client.rack}
 */
public record GroupIdentity(
    String clientId, String groupId, @Nullable String groupInstanceId, String rackId) {

  /**
   * Takes it from a consumer's settings.
   *
   * @param settings of a consumer with a {@code group.id}
   */
  public static GroupIdentity from(ParsedSettings settings) {
    return new GroupIdentity(
        settings.clientId(),
        settings.text(ConsumerConfig.GROUP_ID_CONFIG),
        settings.optionalText(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        settings.text(ConsumerConfig.CLIENT_RACK_CONFIG));
  }

  /** Returns how lines of a log begin. */
  String logName() {
    return clientId + " in group " + groupId;
  }

  boolean isStatic() {
    return groupInstanceId != null;
  }
}

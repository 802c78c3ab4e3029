package io.millstream.admin;

import io.millstream.clients.admin.AdminClientConfig;
import io.millstream.cluster.MetadataSettings;
import io.millstream.network.NetworkSettings;
import io.millstream.settings.ParsedSettings;

/**
 * How an admin client works.
 *
 * @param network how to connect
 * @param metadata how to keep up with the cluster; its retry policy is that of all operations
 * @param operationNanos {@code default.api.timeout.ms}, for operations without a time-out of their
 *     own
 */
public record AdminSettings(
    NetworkSettings network, MetadataSettings metadata, long operationNanos) {

  /** Takes the settings of the engine from what the user set. */
  public static AdminSettings from(ParsedSettings settings) {
    return new AdminSettings(
        NetworkSettings.from(settings),
        MetadataSettings.from(settings),
        settings.nanos(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG));
  }
}

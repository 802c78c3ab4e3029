package io.millstream.admin;

import io.millstream.cluster.MetadataSettings;
import io.millstream.network.NetworkSettings;

/**
 * How an admin client works.
 *
 * @param network how to connect
 * @param metadata how to keep up with the cluster; its retry policy is that of all operations
 * @param operationNanos {@code default.api.timeout.ms}, for operations without a time-out of their
 *     own
 */
public record AdminSettings(
    NetworkSettings network, MetadataSettings metadata, long operationNanos) {}

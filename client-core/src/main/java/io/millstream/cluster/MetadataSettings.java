package io.millstream.cluster;

import io.millstream.network.BrokerAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a client keeps up with the cluster.
 *
 * @param bootstrap {@code bootstrap.servers}
 * @param maxAgeNanos {@code metadata.max.age.ms}
 * @param topicIdleNanos {@code metadata.max.idle.ms}, after which a topic that was not asked for
 *     again is forgotten; negative for never
 * @param allowAutoCreation {@code allow.auto.create.topics}
 * @param recovery what to do when no known broker can be reached
 * @param retry back-off and time of an attempt
 */
public record MetadataSettings(
    List<BrokerAddress> bootstrap,
    long maxAgeNanos,
    long topicIdleNanos,
    boolean allowAutoCreation,
    Recovery recovery,
    RetryPolicy retry) {

  /**
   * What to do when no known broker can be reached.
   *
   * @param rebootstrap {@code metadata.recovery.strategy} is {@code rebootstrap}
   * @param triggerNanos {@code metadata.recovery.rebootstrap.trigger.ms}
   * @param checkCluster {@code metadata.cluster.check.enable}
   */
  public record Recovery(boolean rebootstrap, long triggerNanos, boolean checkCluster) {}

  /** Copies the list. */
  public MetadataSettings {
    bootstrap = List.copyOf(bootstrap);
  }

  /** Returns Kafka's defaults for a client that never forgets a topic. */
  public static MetadataSettings defaults(List<BrokerAddress> bootstrap) {
    return new MetadataSettings(
        bootstrap,
        TimeUnit.MINUTES.toNanos(5),
        -1,
        true,
        new Recovery(true, TimeUnit.MINUTES.toNanos(5), true),
        RetryPolicy.defaults());
  }
}

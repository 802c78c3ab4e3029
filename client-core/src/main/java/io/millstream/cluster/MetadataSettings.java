package io.millstream.cluster;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.network.BrokerAddress;
import io.millstream.settings.ParsedSettings;
import io.millstream.settings.ServerAddress;
import java.util.ArrayList;
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

  /**
   * Takes from a client's settings what concerns its view of the cluster.
   *
   * @param settings of any kind of client. Only a producer forgets topics; an admin client never
   *     has one created by asking for it.
   */
  public static MetadataSettings from(ParsedSettings settings) {
    List<BrokerAddress> bootstrap = new ArrayList<>();
    for (ServerAddress server : settings.servers(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      bootstrap.add(new BrokerAddress(-1 - bootstrap.size(), server.host(), server.port()));
    }
    boolean producer = settings.has(ProducerConfig.METADATA_MAX_IDLE_CONFIG);
    boolean consumerThatCreates =
        settings.has(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG)
            && settings.flag(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG);
    return new MetadataSettings(
        bootstrap,
        settings.nanos(CommonClientConfigs.METADATA_MAX_AGE_CONFIG),
        producer ? settings.nanos(ProducerConfig.METADATA_MAX_IDLE_CONFIG) : -1,
        producer || consumerThatCreates,
        new Recovery(
            settings
                .text(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG)
                .equalsIgnoreCase("rebootstrap"),
            settings.nanos(CommonClientConfigs.METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG),
            settings.flag(CommonClientConfigs.METADATA_CLUSTER_CHECK_ENABLE_CONFIG)),
        RetryPolicy.from(settings));
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

package io.millstream.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.cluster.MetadataSettings;
import io.millstream.common.serialization.Deserializer;
import io.millstream.common.serialization.Serializer;
import io.millstream.group.AutoCommit;
import io.millstream.group.GroupIdentity;
import io.millstream.group.GroupSettings;
import io.millstream.network.Backoff;
import io.millstream.network.BrokerAddress;
import io.millstream.network.NetworkSettings;
import io.millstream.transaction.TransactionSettings;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What each package of the engine takes from the settings. */
class EngineSettingsTest {

  private static Map<String, Object> settings(Object... entries) {
    Map<String, Object> settings = new TreeMap<>();
    settings.put("bootstrap.servers", "h:1,[::1]:2");
    for (int i = 0; i < entries.length; i += 2) {
      settings.put((String) entries[i], entries[i + 1]);
    }
    return settings;
  }

  private static ParsedSettings producer(Object... entries) {
    Serializer<String> serializer = (topic, text) -> new byte[0];
    return SettingTables.producer()
        .parse(
            settings(entries),
            Map.of("key.serializer", serializer, "value.serializer", serializer));
  }

  private static ParsedSettings consumer(Object... entries) {
    Deserializer<String> deserializer = (topic, bytes) -> "";
    return SettingTables.consumer()
        .parse(
            settings(entries),
            Map.of("key.deserializer", deserializer, "value.deserializer", deserializer));
  }

  @Test
  void networkDefaultsAreThoseOfKafka() {
    NetworkSettings written = NetworkSettings.defaults("me");

    assertThat(NetworkSettings.from(consumer("client.id", "me"))).isEqualTo(written);
    assertThat(NetworkSettings.from(producer("client.id", "me", "receive.buffer.bytes", "65536")))
        .isEqualTo(written);
    assertThat(NetworkSettings.from(producer()).channel().receiveBufferBytes()).isEqualTo(32_768);
  }

  @Test
  void framesAreBoundedByWhatAConsumerAsksFor() {
    int mebibyte = 1024 * 1024;

    assertThat(maxFrame(98 * mebibyte, mebibyte)).isEqualTo(100 * mebibyte);
    assertThat(maxFrame(100 * mebibyte, 5)).isEqualTo(101 * mebibyte + 5);
    assertThat(maxFrame(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }

  private static int maxFrame(int fetchBytes, int partitionBytes) {
    return NetworkSettings.from(
            consumer("fetch.max.bytes", fetchBytes, "max.partition.fetch.bytes", partitionBytes))
        .maxFrameBytes();
  }

  @Test
  void metadataDefaultsAreThoseOfKafka() {
    List<BrokerAddress> bootstrap =
        List.of(new BrokerAddress(-1, "h", 1), new BrokerAddress(-2, "::1", 2));

    assertThat(MetadataSettings.from(consumer())).isEqualTo(MetadataSettings.defaults(bootstrap));
    assertThat(MetadataSettings.from(producer()).topicIdleNanos())
        .isEqualTo(TimeUnit.MINUTES.toNanos(5));
    assertThat(MetadataSettings.from(producer()).allowAutoCreation()).isTrue();
    assertThat(MetadataSettings.from(SettingTables.admin().parse(settings())).allowAutoCreation())
        .isFalse();
    assertThat(
            MetadataSettings.from(consumer("allow.auto.create.topics", "false"))
                .allowAutoCreation())
        .isFalse();
    assertThat(
            MetadataSettings.from(consumer("metadata.recovery.strategy", "None"))
                .recovery()
                .rebootstrap())
        .isFalse();
  }

  @Test
  void groupTakesItsTimesInTheRightUnits() {
    ParsedSettings settings =
        consumer(
            "client.id",
            "c",
            "group.id",
            "g",
            "group.instance.id",
            "i",
            "session.timeout.ms",
            7000,
            "heartbeat.interval.ms",
            70,
            "max.poll.interval.ms",
            8000,
            "auto.commit.interval.ms",
            9);

    GroupSettings group = GroupSettings.from(settings, new SplittableRandom(1));

    assertThat(group.identity()).isEqualTo(new GroupIdentity("c", "g", "i", ""));
    assertThat(group.sessionTimeoutMillis()).isEqualTo(7000);
    assertThat(group.maxPollIntervalMillis()).isEqualTo(8000);
    assertThat(group.heartbeatIntervalNanos()).isEqualTo(70_000_000);
    assertThat(group.requestTimeoutNanos()).isEqualTo(30_000_000_000L);
    assertThat(group.backOffNanos().applyAsLong(1)).isBetween(80_000_000L, 120_000_000L);
    assertThat(AutoCommit.Settings.from(settings))
        .isEqualTo(new AutoCommit.Settings(true, 9_000_000));
    assertThat(AutoCommit.Settings.from(consumer()).enabled()).isFalse();
  }

  @Test
  void transactionsComeWithTheirIdAndNotWithoutIt() {
    assertThat(TransactionSettings.from(producer())).isNull();

    TransactionSettings settings =
        TransactionSettings.from(
            producer(
                "transactional.id",
                "orders",
                "transaction.timeout.ms",
                5_000,
                "max.block.ms",
                7,
                "retry.backoff.ms",
                3));

    assertThat(settings)
        .isEqualTo(
            new TransactionSettings(
                "orders", 5_000, false, 7_000_000, new Backoff(3_000_000, 1_000_000_000)));
  }
}

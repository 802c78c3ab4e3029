package io.millstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.MetadataSettings;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.network.BrokerAddress;
import io.millstream.network.NetworkSettings;
import io.millstream.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where fetching begins, when brokers do not tell at once. */
class StartSearchTest {

  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  private final ScriptedCluster cluster = new ScriptedCluster(1);
  private final ClusterClient client =
      ClusterClient.create(
          cluster,
          NetworkSettings.defaults("test"),
          MetadataSettings.defaults(List.of(new BrokerAddress(-1, "broker1", 9_001))));
  private final FetchedBatches buffer = new FetchedBatches(10_000, cluster.waiting().gate());

  private Fetcher fetcher(OffsetReset reset) {
    FetchSettings settings =
        new FetchSettings(
            new FetchSettings.Sizes(1, 5_000, 1_000, 10_000, 1 << 20),
            500,
            true,
            reset,
            TimeUnit.SECONDS.toNanos(30));
    Fetcher built = new Fetcher(client, settings, buffer, CommittedOffsets.NONE);
    client.metadata().want("t");
    cluster.use(client.loop());
    return built;
  }

  @Test
  void aPlaceThatWasRefusedIsLookedUpAgainAndNotWhatTheResetSays() {
    seeksToTheBeginning(OffsetReset.LATEST);
  }

  @Test
  void aPlaceThatWasRefusedIsLookedUpAgainWithoutReset() {
    seeksToTheBeginning(OffsetReset.NONE);
  }

  private void seeksToTheBeginning(OffsetReset reset) {
    Fetcher fetcher = fetcher(reset);
    ScriptedAnswers.Topic topic = cluster.topic("t", 1);
    topic.earliest = 40;
    topic.offsetsError = ErrorCode.TOPIC_AUTHORIZATION_FAILED;
    FetchStart start =
        new FetchStart(
            PARTITION,
            1,
            new StartingPoint.LookedUp(OffsetReset.EARLIEST),
            new FetchReport(),
            false);
    cluster.run(() -> fetcher.start(List.of(start)));
    cluster.advance(Duration.ofMillis(400));
    assertThat(buffer.take())
        .isInstanceOfSatisfying(
            Fetched.Failed.class,
            failed -> {
              assertThat(failed.telling().failure())
                  .isInstanceOf(TopicAuthorizationException.class);
              assertThat(failed.telling().isLasting()).isFalse();
            });

    topic.offsetsError = ErrorCode.NONE;
    cluster.advance(Duration.ofSeconds(2));
    assertThat(buffer.take())
        .isInstanceOfSatisfying(
            Fetched.Moved.class, moved -> assertThat(moved.offset()).isEqualTo(40));
  }

  @Test
  void anOffsetThatWasLookedUpHasNoEpochOfARecord() {
    Fetcher fetcher = fetcher(OffsetReset.LATEST);
    ScriptedAnswers.Topic topic = cluster.topic("t", 1);
    topic.epochs[0] = 7;
    topic.latest = 200;
    FetchStart start =
        new FetchStart(
            PARTITION, 1, new StartingPoint.LookedUp(OffsetReset.LATEST), new FetchReport(), false);
    cluster.run(() -> fetcher.start(List.of(start)));
    cluster.advance(Duration.ofSeconds(1));

    assertThat(buffer.take()).isEqualTo(new Fetched.Moved(PARTITION, 1, 200, Optional.empty()));
  }

  private @Nullable Fetched startedByTime(boolean foundByTime) {
    Fetcher fetcher = fetcher(OffsetReset.parse("by_duration:PT1H"));
    ScriptedAnswers.Topic topic = cluster.topic("t", 1);
    topic.latest = 200;
    topic.afterOffsets =
        () -> {
          topic.latest++;
          if (foundByTime) {
            topic.byTime = 200;
          }
        };
    FetchStart start =
        new FetchStart(PARTITION, 1, new StartingPoint.Committed(), new FetchReport(), false);
    cluster.run(() -> fetcher.start(List.of(start)));
    cluster.advance(Duration.ofSeconds(1));
    return buffer.take();
  }

  @Test
  void aRecordThatComesWhileOneIsSoughtByTimeIsNotSkipped() {
    assertThat(startedByTime(true))
        .isEqualTo(new Fetched.Moved(PARTITION, 1, 200, Optional.empty()));
  }

  @Test
  void aRecordThatComesWhileNoneIsLateEnoughIsNotSkipped() {
    assertThat(startedByTime(false))
        .isEqualTo(new Fetched.Moved(PARTITION, 1, 200, Optional.empty()));
  }
}

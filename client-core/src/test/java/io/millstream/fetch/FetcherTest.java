package io.millstream.fetch;

import static io.millstream.fetch.FetchedData.batch;
import static io.millstream.fetch.FetchedData.data;
import static io.millstream.fetch.FetchedData.together;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.LogTruncationException;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.clients.consumer.OffsetOutOfRangeException;
import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.MetadataSettings;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Gate;
import io.millstream.network.NetworkSettings;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.FetchRequest.FetchPartition;
import io.millstream.protocol.FetchResponse;
import io.millstream.protocol.FetchResponse.EpochEndOffset;
import io.millstream.protocol.FetchResponse.FetchableTopicResponse;
import io.millstream.protocol.FetchResponse.LeaderIdAndEpoch;
import io.millstream.protocol.FetchResponse.NodeEndpoint;
import io.millstream.protocol.FetchResponse.PartitionData;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is fetched of whom, stepped on a clock that stands still, with answers of the test. */
class FetcherTest {

  private static final int LENGTH_AT = 8;
  private static final int LEADER_EPOCH_AT = 12;
  private static final int MAX_PARTITION_BYTES = 1_000;
  private static final TopicPartition T0 = new TopicPartition("t", 0);
  private static final TopicPartition T1 = new TopicPartition("t", 1);

  private final ScriptedCluster cluster = new ScriptedCluster(2);
  private final Gate gate = cluster.waiting().gate();
  private ClusterClient client = client();
  private FetchedBatches buffer = new FetchedBatches(10_000, gate);
  private Fetcher fetcher = build(OffsetReset.EARLIEST);
  private int generation;

  private ClusterClient client() {
    return ClusterClient.create(
        cluster,
        NetworkSettings.defaults("test"),
        MetadataSettings.defaults(List.of(new BrokerAddress(-1, "broker1", 9_001))));
  }

  private Fetcher build(OffsetReset reset) {
    FetchSettings settings =
        new FetchSettings(
            new FetchSettings.Sizes(1, 5_000, MAX_PARTITION_BYTES, 10_000, 1 << 20),
            500,
            true,
            reset,
            TimeUnit.SECONDS.toNanos(30));
    Fetcher built = new Fetcher(client, settings, buffer, CommittedOffsets.NONE);
    client.metadata().want("t");
    cluster.use(client.loop());
    return built;
  }

  private PartitionCursor start(TopicPartition partition, StartingPoint from) {
    PartitionCursor cursor = new PartitionCursor(partition, buffer, ++generation);
    cursor.seek(++generation, from);
    cluster.run(() -> fetcher.start(List.of(cursor.start())));
    return cursor;
  }

  private PartitionCursor startAt(TopicPartition partition, long offset) {
    return start(partition, new StartingPoint.At(offset, Optional.empty()));
  }

  private FetchResponse answer(int sessionId, PartitionData... partitions) {
    Uuid id =
        cluster.fetch().request().topics().isEmpty()
            ? lastId
            : cluster.fetch().request().topics().get(0).topicId();
    lastId = id;
    return FetchResponse.defaults()
        .withSessionId(sessionId)
        .withResponses(List.of(new FetchableTopicResponse("t", id, List.of(partitions))));
  }

  private Uuid lastId = Uuid.ZERO_UUID;

  private static List<String> asked(FetchRequest request) {
    List<String> asked = new ArrayList<>();
    request
        .topics()
        .forEach(
            topic -> {
              for (FetchPartition partition : topic.partitions()) {
                asked.add(partition.partition() + "@" + partition.fetchOffset());
              }
            });
    return asked;
  }

  private List<Fetched> arrived() {
    List<Fetched> all = new ArrayList<>();
    Fetched next;
    while ((next = buffer.take()) != null) {
      all.add(next);
    }
    return all;
  }

  @Test
  void asksOnFromTheLastWholeBatchAtOnce() {
    cluster.topic("t", 1);
    PartitionCursor cursor = startAt(T0, 5);
    assertThat(asked(cluster.fetch().request())).containsExactly("0@5");
    ByteBuffer cutOff = batch(12, 5, 10);
    cutOff.limit(cutOff.limit() - 1);

    cluster.answer(
        cluster.fetch(), answer(0, data(0, together(batch(5, 4, 1), batch(9, 3, 1), cutOff))));

    assertThat(asked(cluster.fetch().request())).containsExactly("0@12");
    List<Fetched> arrived = arrived();
    assertThat(arrived.get(0)).isInstanceOf(Fetched.Moved.class);
    Fetched.Batches batches = (Fetched.Batches) arrived.get(1);
    assertThat(batches.bytes().remaining())
        .isEqualTo(batch(5, 4, 1).remaining() + batch(9, 3, 1).remaining());
    assertThat(batches.generation()).isEqualTo(cursor.generation());
    assertThat(cursor.report().highWatermark()).isEqualTo(500);
  }

  @Test
  void asksEachLeaderForItsPartitionsInOneRequest() {
    cluster.topic("t", 1, 2, 1);
    startAt(T0, 0);
    startAt(T1, 7);
    // Broker 1 is asked already; what comes later waits for the answer.
    startAt(new TopicPartition("t", 2), 3);
    assertThat(cluster.fetches()).hasSize(2);
    assertThat(cluster.fetches().get(0).broker()).isEqualTo(1);
    assertThat(asked(cluster.fetches().get(0).request())).containsExactly("0@0");
    assertThat(cluster.fetches().get(1).broker()).isEqualTo(2);
    assertThat(asked(cluster.fetches().get(1).request())).containsExactly("1@7");
    ScriptedCluster.Fetch first = cluster.fetches().get(0);
    cluster.answer(first, FetchResponse.defaults());
    assertThat(asked(cluster.fetches().get(1).request())).containsExactly("0@0", "2@3");
  }

  @Test
  void aSessionNamesOnlyWhatHasChanged() {
    cluster.topic("t", 1, 1);
    cluster.run(() -> fetcher.start(List.of(at(T0, 1), at(T1, 2))));
    FetchRequest full = cluster.fetch().request();
    assertThat(full.sessionId()).isZero();
    assertThat(full.sessionEpoch()).isZero();
    assertThat(asked(full)).containsExactly("0@1", "1@2");

    cluster.answer(cluster.fetch(), answer(77, data(0, batch(1, 3, 1)), data(1, batch(0, 0, 0))));
    FetchRequest second = cluster.fetch().request();
    assertThat(second.sessionId()).isEqualTo(77);
    assertThat(second.sessionEpoch()).isEqualTo(1);
    assertThat(asked(second)).containsExactly("0@4");

    cluster.run(() -> fetcher.stop(List.of(T1)));
    cluster.answer(cluster.fetch(), answer(77));
    FetchRequest third = cluster.fetch().request();
    assertThat(third.sessionEpoch()).isEqualTo(2);
    assertThat(asked(third)).isEmpty();
    assertThat(third.forgottenTopicsData()).hasSize(1);
    assertThat(third.forgottenTopicsData().get(0).partitions()).containsExactly(1);

    cluster.answer(
        cluster.fetch(),
        FetchResponse.defaults().withErrorCode(ErrorCode.FETCH_SESSION_ID_NOT_FOUND.code()));
    FetchRequest anew = cluster.fetch().request();
    assertThat(anew.sessionId()).isZero();
    assertThat(anew.sessionEpoch()).isZero();
    assertThat(asked(anew)).containsExactly("0@4");
  }

  private FetchStart at(TopicPartition partition, long offset) {
    return new FetchStart(
        partition,
        ++generation,
        new StartingPoint.At(offset, Optional.empty()),
        new FetchReport(),
        false);
  }

  @Test
  void tellsTheEpochOfTheLastRecordAndGoesOnWhereTheLogsPart() {
    cluster.topic("t", 1);
    PartitionCursor cursor = start(T0, new StartingPoint.At(5, Optional.of(2)));
    assertThat(lastEpoch()).isEqualTo(2);
    ByteBuffer batch = batch(5, 4, 1);
    batch.putInt(LEADER_EPOCH_AT, 7);
    cluster.answer(cluster.fetch(), answer(0, data(0, batch)));
    assertThat(asked(cluster.fetch().request())).containsExactly("0@9");
    assertThat(lastEpoch()).isEqualTo(7);

    cluster.answer(cluster.fetch(), answer(0, diverging(0, 3, 6)));

    assertThat(asked(cluster.fetch().request())).containsExactly("0@6");
    assertThat(lastEpoch()).isEqualTo(3);
    assertThat(arrived().get(2))
        .isEqualTo(new Fetched.Moved(T0, cursor.generation(), 6, Optional.of(3)));
  }

  @Test
  void skipsNothingWhereTheEpochThatBothLogsHaveEndsBehindThePosition() {
    cluster.topic("t", 1);
    start(T0, new StartingPoint.At(9, Optional.of(7)));

    cluster.answer(cluster.fetch(), answer(0, diverging(0, 3, 20)));

    assertThat(asked(cluster.fetch().request())).containsExactly("0@9");
    assertThat(lastEpoch()).isEqualTo(3);
  }

  @Test
  void tellsTheUserThatTheLogWasTruncatedWhereNoOtherPlaceMayBeChosen() {
    fetcher = build(OffsetReset.NONE);
    cluster.topic("t", 1);
    start(T0, new StartingPoint.At(9, Optional.of(7)));

    cluster.answer(cluster.fetch(), answer(0, diverging(0, 3, 6)));

    assertThat(cluster.fetches()).isEmpty();
    assertThat(arrived().get(1))
        .isInstanceOfSatisfying(
            Fetched.Failed.class,
            failed -> {
              assertThat(failed.telling().isLasting()).isTrue();
              assertThat(failed.telling().failure())
                  .isInstanceOfSatisfying(
                      LogTruncationException.class,
                      e ->
                          assertThat(e.divergentOffsets())
                              .containsExactly(
                                  Map.entry(T0, new OffsetAndMetadata(6, Optional.of(3), ""))))
                  .hasMessageContaining("t-0")
                  .hasMessageContaining("seek to offset 6");
            });
  }

  @Test
  void tellsNoEpochToABrokerThatIsTooOldForIt() {
    cluster.speaksFetch(11);
    cluster.topic("t", 1);
    start(T0, new StartingPoint.At(5, Optional.of(2)));
    assertThat(cluster.fetch().version()).isEqualTo((short) 11);
    assertThat(lastEpoch()).isEqualTo(-1);
  }

  private int lastEpoch() {
    return cluster.fetch().request().topics().get(0).partitions().get(0).lastFetchedEpoch();
  }

  private static PartitionData diverging(int partition, int epoch, long endOffset) {
    return data(partition, batch(0, 0, 0)).withDivergingEpoch(new EpochEndOffset(epoch, endOffset));
  }

  @Test
  void namesTopicsWhereTheBrokerIsTooOldForIds() {
    cluster.speaksFetch(12);
    cluster.topic("t", 1);
    startAt(T0, 0);
    assertThat(cluster.fetch().version()).isEqualTo((short) 12);
    assertThat(cluster.fetch().request().topics().get(0).topic()).isEqualTo("t");
    cluster.answer(cluster.fetch(), answer(0, data(0, batch(0, 2, 1))));
    assertThat(asked(cluster.fetch().request())).containsExactly("0@2");
  }

  @Test
  void aPartitionWithEnoughWaitingIsNotAskedForUntilSomeIsTaken() {
    cluster.topic("t", 1, 1);
    PartitionCursor cursor = startAt(T0, 0);
    cluster.answer(cluster.fetch(), answer(0, data(0, batch(0, 1, 600))));
    cluster.answer(cluster.fetch(), answer(0, data(0, batch(1, 1, 600))));
    assertThat(cluster.fetches()).isEmpty();

    arrived().forEach(cursor::add);
    Fetched.Batches first = cursor.batches();
    assertThat(first).isNotNull();
    if (first != null) {
      cursor.finished(first);
    }
    cluster.settle();
    assertThat(asked(cluster.fetch().request())).containsExactly("0@2");
  }

  @Test
  void whatIsPausedIsNotAskedFor() {
    cluster.topic("t", 1, 1);
    startAt(T0, 0);
    cluster.run(() -> fetcher.pause(List.of(T0), true));
    cluster.answer(cluster.fetch(), answer(0, data(0, batch(0, 1, 1))));
    assertThat(cluster.fetches()).isEmpty();
    cluster.run(() -> fetcher.pause(List.of(T0), false));
    assertThat(asked(cluster.fetch().request())).containsExactly("0@1");
  }

  @Test
  void neverAsksForMoreThanTheBufferHasRoomFor() {
    cluster.topic("t", 1, 2);
    startAt(T0, 0);
    assertThat(cluster.fetch().request().maxBytes()).isEqualTo(MAX_PARTITION_BYTES);
    buffer.admit(new FetchedFrame(8_500));
    startAt(T1, 0);
    assertThat(cluster.fetches()).as("500 bytes are left").hasSize(1);
    ScriptedCluster.Fetch first = cluster.fetch();
    cluster.answer(first, FetchResponse.defaults());
    assertThat(cluster.fetch().broker()).as("the one that had no room before").isEqualTo(2);
  }

  @Test
  void aBatchLargerThanTheRoomIsAskedForAgainWhenNothingElseIsHeld() {
    cluster.topic("t", 1);
    startAt(T0, 0);
    FetchedFrame other = new FetchedFrame(5_000);
    buffer.admit(other);
    cluster.answer(cluster.fetch(), answer(0, data(0, batch(0, 1, 20_000))));
    assertThat(arrived()).noneMatch(Fetched.Batches.class::isInstance);
    assertThat(cluster.fetches()).isEmpty();

    buffer.done(other);
    cluster.run(() -> fetcher.pause(List.of(), false));
    assertThat(asked(cluster.fetch().request())).containsExactly("0@0");
    cluster.answer(cluster.fetch(), answer(0, data(0, batch(0, 1, 20_000))));
    assertThat(arrived()).anyMatch(Fetched.Batches.class::isInstance);
    assertThat(buffer.freeBytes()).isNegative();
  }

  @Test
  void followsTheLeaderThatTheBrokerNamesWithoutWaiting() {
    ScriptedAnswers.Topic topic = cluster.topic("t", 1);
    startAt(T0, 3);
    PartitionData moved =
        PartitionData.defaults()
            .withErrorCode(ErrorCode.NOT_LEADER_OR_FOLLOWER.code())
            .withCurrentLeader(new LeaderIdAndEpoch(2, 1));
    topic.leaders[0] = 2;
    topic.epochs[0] = 1;
    cluster.answer(
        cluster.fetch(),
        answer(0, moved).withNodeEndpoints(List.of(new NodeEndpoint(2, "broker2", 9_002, null))));
    assertThat(cluster.fetch().broker()).isEqualTo(2);
    assertThat(asked(cluster.fetch().request())).containsExactly("0@3");
    assertThat(cluster.fetch().request().topics().get(0).partitions().get(0).currentLeaderEpoch())
        .isEqualTo(1);
  }

  @Test
  void aFencedLeaderEpochIsAskedAgainWithTheNewOneAfterAPause() {
    ScriptedAnswers.Topic topic = cluster.topic("t", 1);
    startAt(T0, 3);
    topic.epochs[0] = 4;
    cluster.answer(
        cluster.fetch(),
        answer(0, PartitionData.defaults().withErrorCode(ErrorCode.FENCED_LEADER_EPOCH.code())));
    assertThat(cluster.fetches()).isEmpty();
    cluster.advance(Duration.ofMillis(200));
    assertThat(cluster.fetch().request().topics().get(0).partitions().get(0).currentLeaderEpoch())
        .isEqualTo(4);
  }

  @Test
  void goesWhereTheResetSaysWhenTheOffsetIsOutOfRange() {
    cluster.topic("t", 1).earliest = 40;
    startAt(T0, 3);
    cluster.answer(cluster.fetch(), outOfRange());
    assertThat(asked(cluster.fetch().request())).containsExactly("0@40");
    assertThat(arrived())
        .last()
        .isInstanceOfSatisfying(
            Fetched.Moved.class, moved -> assertThat(moved.offset()).isEqualTo(40));
  }

  private FetchResponse outOfRange() {
    return answer(0, PartitionData.defaults().withErrorCode(ErrorCode.OFFSET_OUT_OF_RANGE.code()));
  }

  @Test
  void withoutResetTheUserIsToldOfTheRangeAndNothingIsFetched() {
    client = client();
    buffer = new FetchedBatches(10_000, gate);
    fetcher = build(OffsetReset.NONE);
    ScriptedAnswers.Topic topic = cluster.topic("t", 1);
    topic.earliest = 40;
    topic.latest = 90;
    startAt(T0, 3);
    cluster.answer(cluster.fetch(), outOfRange());
    assertThat(cluster.fetches()).isEmpty();
    assertThat(arrived())
        .last()
        .isInstanceOfSatisfying(
            Fetched.Failed.class,
            failed -> {
              assertThat(failed.telling().isLasting()).isTrue();
              assertThat(failed.telling().failure())
                  .isInstanceOf(OffsetOutOfRangeException.class)
                  .hasMessageContainingAll("Offset 3", "t-0", "40 to 89");
            });
    startAt(T0, 50);
    assertThat(asked(cluster.fetch().request())).containsExactly("0@50");
  }

  @Test
  void anAnswerToWhatWasSoughtAwayFromIsDropped() {
    cluster.topic("t", 1);
    startAt(T0, 0);
    ScriptedCluster.Fetch old = cluster.fetch();
    PartitionCursor sought = startAt(T0, 100);
    arrived();
    cluster.answer(old, answer(0, data(0, batch(0, 5, 1))));
    assertThat(arrived()).isEmpty();
    assertThat(asked(cluster.fetch().request())).containsExactly("0@100");
    assertThat(sought.position()).isEqualTo(100);
    assertThat(buffer.isEmpty()).isTrue();
  }

  @Test
  void aNewLeaderIsNotAskedWhileTheOldOneMayStillAnswer() {
    ScriptedAnswers.Topic topic = cluster.topic("t", 1);
    startAt(T0, 0);
    ScriptedCluster.Fetch old = cluster.fetch();
    topic.leaders[0] = 2;
    topic.epochs[0] = 1;
    cluster.run(() -> client.metadata().requestRefresh("the test wants it"));
    cluster.advance(Duration.ofMillis(300));
    assertThat(client.metadata().view().leader("t", 0)).extracting(BrokerAddress::id).isEqualTo(2);
    assertThat(cluster.fetch()).isEqualTo(old);

    cluster.answer(old, answer(0, data(0, batch(0, 5, 1))));
    assertThat(cluster.fetch().broker()).isEqualTo(2);
    assertThat(asked(cluster.fetch().request())).containsExactly("0@5");
  }

  @Test
  void aLostConnectionBeginsANewSessionAfterAPause() {
    cluster.topic("t", 1);
    startAt(T0, 0);
    cluster.answer(cluster.fetch(), answer(5, data(0, batch(0, 2, 1))));
    assertThat(cluster.fetch().request().sessionEpoch()).isEqualTo(1);
    cluster.disconnect(cluster.fetch());
    assertThat(cluster.fetches()).isEmpty();
    cluster.advance(Duration.ofSeconds(2));
    assertThat(cluster.fetch().request().sessionEpoch()).isZero();
    assertThat(asked(cluster.fetch().request())).containsExactly("0@2");
  }

  @Test
  void aHeaderThatCannotBeIsLeftToThePollAndNothingIsAskedBehindIt() {
    cluster.topic("t", 1);
    PartitionCursor cursor = startAt(T0, 0);
    ByteBuffer bad = batch(0, 1, 10);
    bad.putInt(8, 3);
    cluster.answer(cluster.fetch(), answer(0, data(0, bad)));
    assertThat(cluster.fetches()).isEmpty();
    arrived().forEach(cursor::add);
    assertThat(cursor.batches()).isNotNull();
  }

  @Test
  void aBadPartitionThatAnAnswerNamesTwiceDoesNotKeepTheOthersFromBeingAskedFor() {
    cluster.topic("t", 1, 1);
    startAt(T0, 0);
    cluster.answer(cluster.fetch(), answer(0));
    startAt(T1, 0);
    cluster.answer(cluster.fetch(), answer(0));
    ByteBuffer bad = batch(0, 1, 10);
    bad.putInt(LENGTH_AT, 3);

    cluster.answer(
        cluster.fetch(),
        answer(0, data(0, bad), data(0, bad.duplicate()), data(1, batch(0, 2, 10))));

    assertThat(asked(cluster.fetch().request())).containsExactly("1@2");
  }

  @Test
  void aBatchThatIsNeverWholeIsToldAndAskedForAgainAfterPauses() {
    cluster.topic("t", 1);
    startAt(T0, 5);
    arrived();
    ByteBuffer longer = batch(5, 4, 10);
    longer.putInt(LENGTH_AT, longer.getInt(LENGTH_AT) + 1);

    for (int i = 0; i < 5; i++) {
      cluster.answer(cluster.fetch(), answer(0, data(0, longer.duplicate())));
      assertThat(cluster.fetches()).as("asked at once").isEmpty();
      Fetched.Failed failed = (Fetched.Failed) arrived().get(0);
      assertThat(failed.telling().failure())
          .isInstanceOf(KafkaException.class)
          .hasMessageContainingAll("t-0", "offset 5", longer.remaining() + " bytes");
      failed.telling().tell();
      cluster.advance(Duration.ofSeconds(2));
      assertThat(asked(cluster.fetch().request())).containsExactly("0@5");
    }

    cluster.answer(cluster.fetch(), answer(0, data(0, batch(5, 4, 10))));
    assertThat(arrived()).hasOnlyElementsOfType(Fetched.Batches.class);
    assertThat(asked(cluster.fetch().request())).containsExactly("0@9");
  }
}

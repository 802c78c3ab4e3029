package io.millstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.errors.InvalidTopicException;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Connections;
import io.millstream.network.EventLoop;
import io.millstream.network.NetworkSettings;
import io.millstream.network.ScriptedServer;
import io.millstream.network.ScriptedServer.Request;
import io.millstream.network.SystemEnvironment;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FindCoordinatorResponse;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.HeartbeatResponse;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.MetadataResponse.MetadataResponseBroker;
import io.millstream.protocol.MetadataResponse.MetadataResponsePartition;
import io.millstream.protocol.MetadataResponse.MetadataResponseTopic;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata, router and coordinators over real sockets, against brokers that follow a script. */
class MetadataOverTcpTest {

  private static final Uuid ID = new Uuid(1, 2);

  private final SystemEnvironment environment = new SystemEnvironment("test");
  private final EventLoop loop = new EventLoop(environment, "test");
  private final Connections connections = new Connections(loop, NetworkSettings.defaults("test"));
  private final List<ScriptedServer> servers = new ArrayList<>();

  private interface Answerer {
    io.millstream.protocol.ApiResponse answer(ApiKey key) throws IOException;
  }

  @AfterEach
  void stop() throws Exception {
    loop.shutdown();
    assertThat(loop.awaitEnd(System.nanoTime() + Duration.ofSeconds(20).toNanos())).isTrue();
    for (ScriptedServer server : servers) {
      server.close();
    }
  }

  @Test
  void tellsWhenATopicGotPartitions() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    ScriptedServer broker =
        server(key -> asked.incrementAndGet() < 3 ? unknownTopic() : topic(1, 0, ID));
    Metadata metadata = metadata(broker);
    TopicView topic = await(metadata, Duration.ofSeconds(20)).get(20, TimeUnit.SECONDS);
    assertThat(topic.partitions()).hasSize(1);
    assertThat(topic.topicId()).isEqualTo(ID);
    assertThat(metadata.view().leader("topic", 0)).isNotNull();
    assertThat(metadata.view().clusterId()).isEqualTo("cluster");
  }

  @Test
  void saysThatTheTopicIsUnknownWhenTheDeadlineIsOver() throws Exception {
    Metadata metadata = metadata(server(key -> unknownTopic()));
    CompletableFuture<TopicView> result = await(metadata, Duration.ofMillis(400));
    assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
        .hasMessageContaining("No metadata of topic topic after")
        .hasMessageContaining("UNKNOWN_TOPIC_OR_PARTITION");
  }

  @Test
  void failsAtOnceWhenTheTopicMayNotBeSeen() throws Exception {
    Metadata metadata = metadata(server(key -> topicError(ErrorCode.TOPIC_AUTHORIZATION_FAILED)));
    CompletableFuture<TopicView> result = await(metadata, Duration.ofMinutes(5));
    assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
        .hasMessageContaining("TOPIC_AUTHORIZATION_FAILED")
        .hasMessageContaining("have the client's user allowed to describe the topic");
  }

  @Test
  void saysWhichNamesTopicsMayHave() throws Exception {
    Metadata metadata = metadata(server(key -> topicError(ErrorCode.INVALID_TOPIC_EXCEPTION)));
    CompletableFuture<TopicView> result = await(metadata, Duration.ofMinutes(5));
    assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(InvalidTopicException.class)
        .hasMessageContaining(
            "topic topic cannot be used: INVALID_TOPIC_EXCEPTION; use 1 to 249 letters");
  }

  @Test
  void bootstrapsAgainWhenAllKnownBrokersAreGone() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    // The first answer leads to a broker that does not exist.
    ScriptedServer bootstrap =
        server(
            key ->
                asked.incrementAndGet() == 1
                    ? unknownTopic().withBrokers(List.of(brokerAt(1)))
                    : topic(1, 0, ID));
    TopicView topic = await(metadata(bootstrap), Duration.ofSeconds(20)).get(20, TimeUnit.SECONDS);
    assertThat(topic.partitions()).hasSize(1);
  }

  @Test
  void saysWhatStandsInTheWayWhenNoBrokerIsThere() throws Exception {
    ScriptedServer gone = server(key -> unknownTopic());
    gone.close();
    CompletableFuture<TopicView> result = await(metadata(gone), Duration.ofMillis(500));
    assertThatThrownBy(() -> result.get(20, TimeUnit.SECONDS))
        .hasMessageContaining("Cannot connect to bootstrap server localhost")
        .hasMessageContaining("check that it runs, and bootstrap.servers");
  }

  @Test
  void findsTheCoordinatorAgainWhenItMoved() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    AtomicInteger heartbeats = new AtomicInteger();
    ScriptedServer[] self = new ScriptedServer[1];
    self[0] =
        server(
            key ->
                switch (key) {
                  case FIND_COORDINATOR -> {
                    lookups.incrementAndGet();
                    yield FindCoordinatorResponse.defaults()
                        .withCoordinators(
                            List.of(
                                FindCoordinatorResponse.Coordinator.defaults()
                                    .withKey("group")
                                    .withNodeId(1)
                                    .withHost("localhost")
                                    .withPort(self[0].address(1, "localhost").port())));
                  }
                  case HEARTBEAT ->
                      HeartbeatResponse.defaults()
                          .withErrorCode(
                              heartbeats.incrementAndGet() == 1
                                  ? ErrorCode.NOT_COORDINATOR.code()
                                  : 0);
                  default -> topic(1, 0, ID);
                });
    Router router = new Router(loop, connections, metadata(self[0]));
    CompletableFuture<HeartbeatResponse> result = new CompletableFuture<>();
    loop.start();
    loop.execute(
        () ->
            router.send(
                RoutedRequest.of(
                    Route.coordinator(CoordinatorType.GROUP, "group"),
                    HeartbeatRequest.defaults(),
                    response -> ErrorCode.of(response.errorCode()),
                    Deadline.after(Duration.ofSeconds(20), environment.clock())),
                new Outcome<>() {
                  @Override
                  public void succeeded(HeartbeatResponse response, short version) {
                    result.complete(response);
                  }

                  @Override
                  public void failed(RuntimeException exception) {
                    result.completeExceptionally(exception);
                  }
                }));
    assertThat(result.get(20, TimeUnit.SECONDS).errorCode()).isZero();
    assertThat(lookups).hasValue(2);
  }

  @Test
  void neverGoesBackInLeaderEpochsButStartsAnewForAnotherId() {
    ClusterView view = ViewMerge.merge(ClusterView.EMPTY, topic(1, 7, ID), name -> true);
    view = ViewMerge.merge(view, topic(2, 6, ID), name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(1, 7);
    view = ViewMerge.merge(view, topic(2, 8, ID), name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(2, 8);
    BrokerAddress third = new BrokerAddress(3, "x", 1);
    TopicPartition partition = new TopicPartition("topic", 0);
    assertThat(ViewMerge.news(view, List.of(new LeaderHint(partition, third, 8)))).isEmpty();
    List<LeaderHint> news = List.of(new LeaderHint(partition, third, 9));
    assertThat(ViewMerge.news(view, news)).isEqualTo(news);
    ClusterView hinted = ViewMerge.hint(view, news);
    assertThat(hinted.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(3, 9);
    assertThat(hinted.leader("topic", 0)).isEqualTo(third);
    assertThat(hinted.version()).isEqualTo(view.version() + 1);
    view = ViewMerge.merge(view, topic(5, 0, new Uuid(3, 4)), name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(5, 0);
  }

  @Test
  void neverGoesBackInLeaderEpochsThoughALaggingBrokerDidNotKnowTheTopicMeanwhile() {
    MetadataResponse unknown = topicError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    ClusterView view = ViewMerge.merge(ClusterView.EMPTY, topic(1, 7, ID), name -> true);
    view = ViewMerge.merge(view, unknown, name -> true);
    view = ViewMerge.merge(view, unknown, name -> true);
    assertThat(view.topic("topic")).isNull();
    view = ViewMerge.merge(view, topic(2, 6, ID), name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(1, 7);

    view = ViewMerge.merge(view, unknown, name -> true);
    view = ViewMerge.merge(view, topic(2, 0, new Uuid(3, 4)), name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(2, 0);
  }

  @Test
  void anIdThatWasReplacedIsNotBelievedBeforeSeveralAnswersTellOfItInARow() {
    Uuid next = new Uuid(3, 4);
    ClusterView view = ViewMerge.merge(ClusterView.EMPTY, topic(1, 7, ID), name -> true);
    view = ViewMerge.merge(view, topic(2, 0, next), name -> true);
    view = ViewMerge.merge(view, topic(1, 9, ID), name -> true);
    assertThat(view.topic("topic")).extracting("topicId").isEqualTo(next);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(2, 0);

    view = ViewMerge.merge(view, topicError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION), name -> true);
    view = ViewMerge.merge(view, topic(1, 9, ID), name -> true);
    assertThat(view.topic("topic")).extracting("topicId").isEqualTo(next);
    view = ViewMerge.merge(view, topic(3, 1, new Uuid(5, 6)), name -> true);
    view = ViewMerge.merge(view, topic(2, 5, next), name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(3, 1);

    // The one that lagged behind was heard first, and all others tell of what there is.
    view = ViewMerge.merge(view, topic(3, 1, new Uuid(5, 6)), name -> true);
    for (int answers = 0; answers < 5; answers++) {
      assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(3, 1);
      view = ViewMerge.merge(view, topic(2, 5, next), name -> true);
    }
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(2, 5);
    view = ViewMerge.merge(view, topic(3, 1, new Uuid(5, 6)), name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(2, 5);
  }

  @Test
  void withoutIdsALowerEpochIsBelievedAfterSeveralAnswersAndWithIdsNever() {
    ClusterView plain =
        ViewMerge.merge(ClusterView.EMPTY, topic(1, 7, Uuid.ZERO_UUID), name -> true);
    ClusterView named = ViewMerge.merge(ClusterView.EMPTY, topic(1, 7, ID), name -> true);
    for (int answers = 0; answers < 4; answers++) {
      plain = ViewMerge.merge(plain, topic(2, 0, Uuid.ZERO_UUID), name -> true);
    }
    assertThat(plain.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(1, 7);
    // Somebody still knows of the old one, so those before lag behind.
    plain = ViewMerge.merge(plain, topic(1, 7, Uuid.ZERO_UUID), name -> true);
    for (int answers = 0; answers < 5; answers++) {
      assertThat(plain.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(1, 7);
      plain = ViewMerge.merge(plain, topic(2, 0, Uuid.ZERO_UUID), name -> true);
    }
    assertThat(plain.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(2, 0);

    for (int answers = 0; answers < 100; answers++) {
      named = ViewMerge.merge(named, topic(2, 0, ID), name -> true);
    }
    assertThat(named.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(1, 7);
  }

  @Test
  void aTopicThatAnAnswerLeavesOutIsAskedForAgain() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Metadata metadata =
        metadata(
            server(
                key ->
                    asked.incrementAndGet() < 3 ? MetadataResponse.defaults() : topic(1, 0, ID)));
    CompletableFuture<TopicView> known = new CompletableFuture<>();
    loop.start();
    loop.execute(
        () -> {
          metadata.onChange(
              (previous, current) -> {
                TopicView topic = current.topic("topic");
                if (topic != null) {
                  known.complete(topic);
                }
              });
          metadata.want("topic");
        });
    assertThat(known.get(20, TimeUnit.SECONDS).partitions()).hasSize(1);
  }

  @Test
  void whatDoesNotChangeIsAskedForLessAndLessOften() throws Exception {
    List<Long> asked = new ArrayList<>();
    Metadata metadata =
        metadata(
            server(
                key -> {
                  synchronized (asked) {
                    asked.add(System.nanoTime());
                  }
                  return topic(-1, 3, ID);
                }));
    CompletableFuture<Void> enough = new CompletableFuture<>();
    loop.start();
    loop.execute(
        () -> {
          AtomicInteger answers = new AtomicInteger();
          metadata.onChange(
              (previous, current) -> {
                if (answers.incrementAndGet() == 5) {
                  enough.complete(null);
                } else {
                  metadata.requestRefresh("there is no leader");
                }
              });
          metadata.want("topic");
        });
    enough.get(20, TimeUnit.SECONDS);
    synchronized (asked) {
      // 100, 100, 200 and 400 ms, each up to a fifth less; a machine may make them longer.
      assertThat(Duration.ofNanos(asked.get(4) - asked.get(0)).toMillis()).isGreaterThan(600);
    }
  }

  @Test
  void topicsThatAnAnswerAboutAllDoesNotNameAreMissing() {
    MetadataResponse all = topic(1, 7, ID);
    MetadataResponse completed = ViewMerge.withMissing(all, Set.of("topic", "gone"));
    ClusterView view = ViewMerge.merge(ClusterView.EMPTY, completed, name -> true);
    assertThat(view.error("gone")).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(view.error("topic")).isEqualTo(ErrorCode.NONE);
    assertThat(ViewMerge.withMissing(all, Set.of("topic"))).isSameAs(all);
  }

  @Test
  void aBrokerTooOldToTellOfIdsDoesNotMakeATopicAnotherOne() {
    ClusterView view = ViewMerge.merge(ClusterView.EMPTY, topic(1, 7, ID), name -> true);
    view = ViewMerge.merge(view, topic(2, 6, Uuid.ZERO_UUID), name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(1, 7);
    assertThat(view.topic("topic")).extracting("topicId").isEqualTo(ID);
    view = ViewMerge.merge(view, topic(2, 6, new Uuid(3, 4)), name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(2, 6);
  }

  @ParameterizedTest
  @ValueSource(shorts = {7, 8, 9})
  void leaderEpochsOfBrokersThatMayTellOfOldOnesAreLeftOut(short version) throws Exception {
    Metadata metadata = metadata(server(version, key -> topic(1, 5, ID)));
    TopicView topic = await(metadata, Duration.ofSeconds(20)).get(20, TimeUnit.SECONDS);
    assertThat(topic.partition(0))
        .extracting("leaderId", "leaderEpoch")
        .containsExactly(1, version < 9 ? PartitionView.NO_EPOCH : 5);
  }

  @Test
  void aLeaderWithoutEpochReplacesOneWithAnEpoch() {
    ClusterView view = ViewMerge.merge(ClusterView.EMPTY, topic(1, 7, ID), name -> true);
    MetadataResponse ofOldBroker = ViewMerge.withoutEpochs(topic(2, 6, ID));
    view = ViewMerge.merge(view, ofOldBroker, name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(2, -1);
    view = ViewMerge.merge(view, topic(3, 8, ID), name -> true);
    assertThat(view.partition("topic", 0)).extracting("leaderId", "leaderEpoch").contains(3, 8);
  }

  private Metadata metadata(ScriptedServer bootstrap) {
    return new Metadata(
        loop, connections, MetadataSettings.defaults(List.of(bootstrap.address(-1, "localhost"))));
  }

  private CompletableFuture<TopicView> await(Metadata metadata, Duration patience) {
    CompletableFuture<TopicView> result = new CompletableFuture<>();
    loop.start();
    loop.execute(
        () ->
            metadata.await(
                "topic",
                Deadline.after(patience, environment.clock()),
                new TopicListener() {
                  @Override
                  public void known(TopicView topic) {
                    result.complete(topic);
                  }

                  @Override
                  public void unavailable(RuntimeException exception) {
                    result.completeExceptionally(exception);
                  }
                }));
    return result;
  }

  private ScriptedServer server(Answerer answerer) throws IOException {
    return server(ApiKey.METADATA.newestVersion(), answerer);
  }

  private ScriptedServer server(short newestMetadata, Answerer answerer) throws IOException {
    ScriptedServer[] self = new ScriptedServer[1];
    ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.answer(peer.request(), versions(newestMetadata));
              while (true) {
                Request request = peer.request();
                ApiKey key = ApiKey.find(request.header().apiKey());
                if (key == null) {
                  throw new IOException("unknown API");
                }
                io.millstream.protocol.ApiResponse response = answerer.answer(key);
                if (response instanceof MetadataResponse told && told.brokers().isEmpty()) {
                  response =
                      told.withBrokers(List.of(brokerAt(self[0].address(1, "localhost").port())));
                }
                peer.answer(request, response);
              }
            });
    self[0] = server;
    servers.add(server);
    return server;
  }

  private static ApiVersionsResponse versions(short newestMetadata) {
    ApiVersionsResponse everything = (ApiVersionsResponse) ScriptedServer.everything();
    return everything.withApiKeys(
        everything.apiKeys().stream()
            .map(
                range ->
                    range.apiKey() == ApiKey.METADATA.id()
                        ? range.withMaxVersion(newestMetadata)
                        : range)
            .toList());
  }

  private static MetadataResponseBroker brokerAt(int port) {
    return MetadataResponseBroker.defaults().withNodeId(1).withHost("localhost").withPort(port);
  }

  private static MetadataResponse unknownTopic() {
    return topicError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  private static MetadataResponse topicError(ErrorCode error) {
    return MetadataResponse.defaults()
        .withClusterId("cluster")
        .withTopics(
            List.of(
                MetadataResponseTopic.defaults().withName("topic").withErrorCode(error.code())));
  }

  private static MetadataResponse topic(int leader, int epoch, Uuid id) {
    MetadataResponsePartition partition =
        MetadataResponsePartition.defaults().withLeaderId(leader).withLeaderEpoch(epoch);
    return MetadataResponse.defaults()
        .withClusterId("cluster")
        .withTopics(
            List.of(
                MetadataResponseTopic.defaults()
                    .withName("topic")
                    .withTopicId(id)
                    .withPartitions(List.of(partition))));
  }
}

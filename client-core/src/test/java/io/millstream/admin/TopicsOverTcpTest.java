package io.millstream.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.admin.CreateTopicsOptions;
import io.millstream.clients.admin.CreateTopicsResult.TopicMetadataAndConfig;
import io.millstream.clients.admin.DeleteTopicsOptions;
import io.millstream.clients.admin.NewTopic;
import io.millstream.cluster.MetadataSettings;
import io.millstream.common.KafkaException;
import io.millstream.common.KafkaFuture;
import io.millstream.common.errors.ThrottlingQuotaExceededException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.TopicExistsException;
import io.millstream.common.errors.UnknownServerException;
import io.millstream.network.NetworkSettings;
import io.millstream.network.ScriptedServer;
import io.millstream.network.ScriptedServer.Request;
import io.millstream.network.SystemEnvironment;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.CreateTopicsRequest;
import io.millstream.protocol.CreateTopicsResponse;
import io.millstream.protocol.CreateTopicsResponse.CreatableTopicResult;
import io.millstream.protocol.DeleteTopicsResponse;
import io.millstream.protocol.DeleteTopicsResponse.DeletableTopicResult;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.MetadataResponse.MetadataResponseBroker;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operations on topics against a controller that follows a script, over real sockets. */
// A missing entry fails its test anyhow.
@NullUnmarked
class TopicsOverTcpTest {

  private static final List<NewTopic> TWO =
      List.of(new NewTopic("a", 1, (short) 1), new NewTopic("b", 1, (short) 1));

  /** What the controller does with one request after the other; null hangs up unanswered. */
  private final Deque<Function<List<String>, @Nullable ApiResponse>> script = new ArrayDeque<>();

  private final List<List<String>> asked = Collections.synchronizedList(new ArrayList<>());
  private ScriptedServer server;
  private AdminEngine engine;

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer(this::serve);
    engine =
        AdminEngine.start(
            new SystemEnvironment("test"),
            new AdminSettings(
                NetworkSettings.defaults("test"),
                MetadataSettings.defaults(List.of(server.address(-1, "localhost"))),
                TimeUnit.SECONDS.toNanos(20)));
  }

  @AfterEach
  void stop() throws IOException {
    engine.close(Duration.ZERO);
    server.close();
  }

  @Test
  void onlyTopicsThatWereRefusedByAQuotaAreAskedForAgain() throws Exception {
    script.add(names -> created(names, Map.of("b", ErrorCode.THROTTLING_QUOTA_EXCEEDED)));
    script.add(names -> created(names, Map.of()));
    Map<String, CompletableFuture<TopicMetadataAndConfig>> results =
        engine.createTopics(TWO, new CreateTopicsOptions());
    results.get("a").get(20, TimeUnit.SECONDS);
    results.get("b").get(20, TimeUnit.SECONDS);
    assertThat(asked).containsExactly(List.of("a", "b"), List.of("b"));
  }

  @Test
  void quotaIsTheUsersAffairWhereHeSaysSo() {
    script.add(names -> created(names, Map.of("b", ErrorCode.THROTTLING_QUOTA_EXCEEDED)));
    Map<String, CompletableFuture<TopicMetadataAndConfig>> results =
        engine.createTopics(TWO, new CreateTopicsOptions().retryOnQuotaViolation(false));
    assertThatThrownBy(() -> get(results.get("b")))
        .isInstanceOf(ThrottlingQuotaExceededException.class)
        .hasMessageContaining("controller_mutation_rate")
        .extracting(error -> ((ThrottlingQuotaExceededException) error).throttleTimeMs())
        .isEqualTo(7);
    assertThat(asked).hasSize(1);
  }

  @Test
  void quotaThatLastsBeyondTheDeadlineIsTheError() throws Exception {
    script.add(names -> created(names, Map.of()));
    // Connects without a deadline that a busy machine would miss.
    get(engine.createTopics(TWO, new CreateTopicsOptions()).get("b"));
    asked.clear();
    for (int i = 0; i < 20; i++) {
      script.add(names -> created(names, Map.of("b", ErrorCode.THROTTLING_QUOTA_EXCEEDED)));
    }
    Map<String, CompletableFuture<TopicMetadataAndConfig>> results =
        engine.createTopics(TWO, new CreateTopicsOptions().timeoutMs(500));
    assertThatThrownBy(() -> get(results.get("b")))
        .isInstanceOf(ThrottlingQuotaExceededException.class);
    assertThat(asked.size()).isBetween(2, 19);
  }

  @Test
  void brokerThatIsNotTheControllerIsAskedAgainForAll() throws Exception {
    script.add(
        names ->
            created(names, Map.of("a", ErrorCode.NOT_CONTROLLER, "b", ErrorCode.NOT_CONTROLLER)));
    script.add(names -> created(names, Map.of()));
    Map<String, CompletableFuture<TopicMetadataAndConfig>> results =
        engine.createTopics(TWO, new CreateTopicsOptions());
    results.get("a").get(20, TimeUnit.SECONDS);
    results.get("b").get(20, TimeUnit.SECONDS);
    assertThat(asked).containsExactly(List.of("a", "b"), List.of("a", "b"));
  }

  @Test
  void topicThatIsThereAfterALostAnswerIsSaidToBePerhapsOnesOwn() {
    script.add(names -> null);
    script.add(names -> created(names, Map.of("a", ErrorCode.TOPIC_ALREADY_EXISTS)));
    Map<String, CompletableFuture<TopicMetadataAndConfig>> results =
        engine.createTopics(TWO, new CreateTopicsOptions());
    assertThatThrownBy(() -> get(results.get("a")))
        .isInstanceOf(TopicExistsException.class)
        .hasMessageContaining("attempt 2; an earlier attempt of this call got no answer");
  }

  @Test
  void topicThatTheAnswerDoesNotSpeakOfFails() {
    script.add(names -> created(List.of("a"), Map.of()));
    Map<String, CompletableFuture<TopicMetadataAndConfig>> results =
        engine.createTopics(TWO, new CreateTopicsOptions());
    assertThatThrownBy(() -> get(results.get("b")))
        .isInstanceOf(UnknownServerException.class)
        .hasMessageContaining("does not speak of it");
  }

  @Test
  void deletionThatTimedOutAtTheControllerIsNotTriedAgain() {
    script.add(
        names ->
            DeleteTopicsResponse.defaults()
                .withResponses(
                    List.of(
                        DeletableTopicResult.defaults()
                            .withName("a")
                            .withErrorCode(ErrorCode.REQUEST_TIMED_OUT.code()))));
    assertThatThrownBy(
            () -> get(engine.deleteTopics(List.of("a"), new DeleteTopicsOptions()).get("a")))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("the controller gave no reason")
        .hasMessageEndingWith("it may yet be deleted");
  }

  @Test
  void closingWithoutPatienceFailsWhatWaitsForItsNextAttempt() {
    for (int i = 0; i < 100; i++) {
      script.add(names -> created(names, Map.of("b", ErrorCode.THROTTLING_QUOTA_EXCEEDED)));
    }
    Map<String, CompletableFuture<TopicMetadataAndConfig>> results =
        engine.createTopics(TWO, new CreateTopicsOptions());
    results.get("a").join();
    engine.close(Duration.ofMillis(50));
    assertThat(results.get("b")).isDone();
    assertThatThrownBy(() -> get(results.get("b")))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("give close more time");
  }

  @Test
  void interruptedCloseReturnsWithTheStatusSet() {
    for (int i = 0; i < 100; i++) {
      script.add(names -> created(names, Map.of("b", ErrorCode.THROTTLING_QUOTA_EXCEEDED)));
    }
    Map<String, CompletableFuture<TopicMetadataAndConfig>> results =
        engine.createTopics(TWO, new CreateTopicsOptions());
    Thread.currentThread().interrupt();
    engine.close(Duration.ofSeconds(60));
    assertThat(Thread.interrupted()).isTrue();
    assertThatThrownBy(() -> get(results.get("b"))).isInstanceOf(KafkaException.class);
  }

  @Test
  void futureOfAllRefusesToBeWaitedForOnTheLoop() throws Exception {
    script.add(names -> created(names, Map.of()));
    Map<String, CompletableFuture<TopicMetadataAndConfig>> results =
        engine.createTopics(TWO, new CreateTopicsOptions());
    KafkaFuture<?> never =
        KafkaFuture.allOf(KafkaFuture.following(results.get("a").newIncompleteFuture()));
    CompletableFuture<Throwable> refused =
        results
            .get("b")
            .handle(
                (value, error) -> {
                  try {
                    never.get();
                    return new AssertionError("waited");
                  } catch (Exception e) {
                    return e;
                  }
                });
    assertThat(refused.get(20, TimeUnit.SECONDS))
        .hasMessageContaining("waits for another future of the same client");
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw (RuntimeException) failed.getCause();
    }
  }

  private void serve(ScriptedServer.Peer peer) throws IOException {
    peer.shakeHands();
    while (true) {
      Request request = peer.request();
      ApiKey key = ApiKey.find(request.header().apiKey());
      if (key == ApiKey.METADATA) {
        peer.answer(request, cluster());
        continue;
      }
      List<String> names = new ArrayList<>();
      if (key == ApiKey.CREATE_TOPICS) {
        CreateTopicsRequest.read(request.body(), request.header().apiVersion())
            .topics()
            .forEach(topic -> names.add(topic.name()));
      }
      asked.add(names);
      ApiResponse answer = script.remove().apply(names);
      if (answer == null) {
        throw new EOFException("hangs up");
      }
      peer.answer(request, answer);
    }
  }

  private MetadataResponse cluster() {
    return MetadataResponse.defaults()
        .withClusterId("cluster")
        .withControllerId(1)
        .withBrokers(
            List.of(
                MetadataResponseBroker.defaults()
                    .withNodeId(1)
                    .withHost("localhost")
                    .withPort(server.address(1, "localhost").port())));
  }

  private static CreateTopicsResponse created(List<String> names, Map<String, ErrorCode> errors) {
    return CreateTopicsResponse.defaults()
        .withThrottleTimeMs(errors.containsValue(ErrorCode.THROTTLING_QUOTA_EXCEEDED) ? 7 : 0)
        .withTopics(
            names.stream()
                .map(
                    name ->
                        CreatableTopicResult.defaults()
                            .withName(name)
                            .withErrorCode(errors.getOrDefault(name, ErrorCode.NONE).code()))
                .toList());
  }
}

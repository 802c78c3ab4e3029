package io.millstream.admin;

import io.millstream.clients.admin.AbstractOptions;
import io.millstream.clients.admin.CreateTopicsOptions;
import io.millstream.clients.admin.CreateTopicsResult.TopicMetadataAndConfig;
import io.millstream.clients.admin.DeleteTopicsOptions;
import io.millstream.clients.admin.NewTopic;
import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.Deadline;
import io.millstream.common.KafkaException;
import io.millstream.common.Uuid;
import io.millstream.common.errors.InvalidRequestException;
import io.millstream.common.errors.InvalidTopicException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.protocol.ApiResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The admin client without its public face. Any thread may call it; no method but {@link #close}
 * waits. Futures are completed on the event loop.
 */
public final class AdminEngine {

  private final ClusterClient client;
  private final EventLoop loop;
  private final AdminSettings settings;

  // Owned by the event loop.
  private final Set<TopicsCall<?, ?, ?>> open = new LinkedHashSet<>();
  private boolean closing;

  private AdminEngine(ClusterClient client, AdminSettings settings) {
    this.client = client;
    this.loop = client.loop();
    this.settings = settings;
  }

  /**
   * Starts the engine of one admin client.
   *
   * @param environment the world it lives in
   * @param settings how it works
   */
  public static AdminEngine start(Environment environment, AdminSettings settings) {
    ClusterClient client =
        ClusterClient.create(environment, settings.network(), settings.metadata());
    AdminEngine engine = new AdminEngine(client, settings);
    client.loop().onEnd(engine::abandonAll);
    client.start();
    return engine;
  }

  /**
   * Creates topics.
   *
   * @return a future for each name, with what was created
   */
  public Map<String, CompletableFuture<TopicMetadataAndConfig>> createTopics(
      Collection<NewTopic> newTopics, CreateTopicsOptions options) {
    Map<String, CompletableFuture<TopicMetadataAndConfig>> results = new LinkedHashMap<>();
    Map<String, OperationFuture<TopicMetadataAndConfig>> asked = new LinkedHashMap<>();
    Map<String, NewTopic> topics = new LinkedHashMap<>();
    for (NewTopic topic : newTopics) {
      String name = topic.name();
      NewTopic twin = topics.get(name);
      if (isNoName(name)) {
        results.put(name, failed(nameMissing()));
      } else if (twin == null) {
        topics.put(name, topic);
        asked.put(name, new OperationFuture<>(loop));
        results.put(name, asked.get(name));
      } else if (!twin.equals(topic)) {
        asked.remove(name);
        results.put(
            name,
            failed(
                new InvalidRequestException(
                    "topic %s is asked for twice, differently; was not created".formatted(name))));
      }
    }
    CreateTopics operation =
        new CreateTopics(
            topics, options.shouldValidateOnly(), options.shouldRetryOnQuotaViolation());
    begin(operation, asked, options);
    return results;
  }

  /**
   * Deletes topics.
   *
   * @return a future for each name
   */
  public Map<String, CompletableFuture<@Nullable Void>> deleteTopics(
      Collection<String> names, DeleteTopicsOptions options) {
    Map<String, CompletableFuture<@Nullable Void>> results = new LinkedHashMap<>();
    Map<String, OperationFuture<@Nullable Void>> asked = new LinkedHashMap<>();
    for (String name : names) {
      if (isNoName(name)) {
        results.put(name, failed(nameMissing()));
      } else {
        asked.computeIfAbsent(name, absent -> new OperationFuture<>(loop));
      }
    }
    results.putAll(asked);
    begin(DeleteTopics.byName(options.shouldRetryOnQuotaViolation()), asked, options);
    return results;
  }

  /**
   * Deletes topics; brokers before 2.8 cannot.
   *
   * @return a future for each id
   */
  public Map<Uuid, CompletableFuture<@Nullable Void>> deleteTopicsById(
      Collection<Uuid> ids, DeleteTopicsOptions options) {
    Map<Uuid, CompletableFuture<@Nullable Void>> results = new LinkedHashMap<>();
    Map<Uuid, OperationFuture<@Nullable Void>> asked = new LinkedHashMap<>();
    for (Uuid id : ids) {
      if (id.equals(Uuid.ZERO_UUID)) {
        results.put(
            id,
            failed(
                new InvalidTopicException(
                    "a topic id of zero is none: the broker that told it knows no ids")));
      } else {
        asked.computeIfAbsent(id, absent -> new OperationFuture<>(loop));
      }
    }
    results.putAll(asked);
    begin(DeleteTopics.byId(options.shouldRetryOnQuotaViolation()), asked, options);
    return results;
  }

  // Kafka's API leaves topics without a name to the client.
  private static boolean isNoName(@Nullable String name) {
    return name == null || name.isEmpty();
  }

  private static InvalidTopicException nameMissing() {
    return new InvalidTopicException("a topic without a name; give each one a name");
  }

  private <T extends @Nullable Object> CompletableFuture<T> failed(RuntimeException exception) {
    OperationFuture<T> future = new OperationFuture<>(loop);
    future.completeExceptionally(exception);
    return future;
  }

  private <K, V extends @Nullable Object, R extends ApiResponse> void begin(
      TopicOperation<K, V, R> operation,
      Map<K, OperationFuture<V>> topics,
      AbstractOptions<?> options) {
    if (topics.isEmpty()) {
      return;
    }
    Integer millis = options.timeoutMs();
    Deadline deadline =
        Deadline.after(
            millis == null
                ? Duration.ofNanos(settings.operationNanos())
                : Duration.ofMillis(millis),
            loop.environment().clock());
    try {
      loop.execute(() -> sendUnlessClosing(operation, topics, deadline));
    } catch (RejectedExecutionException e) {
      topics.values().forEach(future -> future.completeExceptionally(closed()));
    }
  }

  private <K, V extends @Nullable Object, R extends ApiResponse> void sendUnlessClosing(
      TopicOperation<K, V, R> operation, Map<K, OperationFuture<V>> topics, Deadline deadline) {
    if (closing) {
      topics.values().forEach(future -> future.completeExceptionally(closed()));
      return;
    }
    TopicsCall<K, V, R> call =
        new TopicsCall<>(client, operation, deadline, topics, this::endIfDone);
    open.add(call);
    call.send();
  }

  private IllegalStateException closed() {
    return new IllegalStateException(
        "The admin client %s was closed; create another one".formatted(loop.name()));
  }

  private void endIfDone() {
    open.removeIf(TopicsCall::isDone);
    if (closing && open.isEmpty()) {
      loop.shutdown();
    }
  }

  /**
   * Takes no more operations, waits until those under way are done, and ends the client; what is
   * not done in time fails. A second call waits for the same end. Called from a step of one of its
   * futures it does not wait.
   *
   * @param timeout how long to wait, not negative; zero fails at once what is under way
   */
  public void close(Duration timeout) {
    Deadline deadline = Deadline.after(timeout, loop.environment().clock());
    try {
      loop.execute(() -> beginToClose(deadline));
    } catch (RejectedExecutionException e) {
      return;
    }
    if (loop.inLoop()) {
      return;
    }
    try {
      loop.awaitEnd(deadline.nanos());
      loop.shutdown();
      // Without waits for others from here on, so it ends soon.
      loop.awaitEnd(Gate.NEVER);
    } catch (InterruptedException e) {
      loop.shutdown();
      Thread.currentThread().interrupt();
    }
  }

  private void abandonAll(@Nullable Throwable cause) {
    RuntimeException exception =
        cause == null
            ? new TimeoutException(
                "The admin client %s was closed before the answer came; give close more time"
                    .formatted(loop.name()))
            : new KafkaException("The admin client %s died".formatted(loop.name()), cause);
    List.copyOf(open).forEach(call -> call.abandon(exception));
  }

  private void beginToClose(Deadline deadline) {
    closing = true;
    if (open.isEmpty() || deadline.over(loop.nanoTime())) {
      loop.shutdown();
    }
  }
}

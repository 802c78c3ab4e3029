package io.millstream.admin;

import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.Deadline;
import io.millstream.cluster.Outcome;
import io.millstream.cluster.RetryPolicy;
import io.millstream.cluster.Route;
import io.millstream.cluster.RoutedRequest;
import io.millstream.common.errors.ThrottlingQuotaExceededException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.Durations;
import io.millstream.network.EventLoop;
import io.millstream.network.MessageRequest;
import io.millstream.network.Purpose;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.wire.WireWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of the user for several topics: all of them go to the controller in one request; those
 * that it cannot serve now go again, until the deadline. Owned by the event loop.
 */
final class TopicsCall<K, V extends @Nullable Object, R extends ApiResponse> implements Outcome<R> {

  private final ClusterClient client;
  private final EventLoop loop;
  private final TopicOperation<K, V, R> operation;
  private final Deadline deadline;
  private final Map<K, OperationFuture<V>> open;
  private final Runnable ended;
  private final long startNanos;
  private int written;
  private int answered;
  private int refused;

  /**
   * Creates a call that was not sent yet.
   *
   * @param topics the future of each topic
   * @param ended runs when all futures are complete
   */
  TopicsCall(
      ClusterClient client,
      TopicOperation<K, V, R> operation,
      Deadline deadline,
      Map<K, OperationFuture<V>> topics,
      Runnable ended) {
    this.client = client;
    this.loop = client.loop();
    this.operation = operation;
    this.deadline = deadline;
    this.open = new LinkedHashMap<>(topics);
    this.ended = ended;
    this.startNanos = loop.nanoTime();
  }

  /** Asks for the topics that are open. */
  void send() {
    loop.assertInLoop();
    RetryPolicy retry = client.router().retry();
    client
        .router()
        .send(
            new RoutedRequest<>(
                Route.controller(),
                Purpose.CONTROL,
                new Spec(List.copyOf(open.keySet())),
                this::errorOfAll,
                deadline,
                retry.attemptNanos()),
            this);
  }

  private final class Spec implements MessageRequest<R> {

    private final List<K> topics;

    private Spec(List<K> topics) {
      this.topics = topics;
    }

    @Override
    public ApiKey apiKey() {
      return operation.apiKey();
    }

    @Override
    public void write(WireWriter out, short version) {
      operation.request(topics, timeoutMillis(), version).write(out, version);
      written++;
    }
  }

  /** The controller is given as long as this client waits for its answer. */
  private int timeoutMillis() {
    long nanos =
        Math.min(deadline.remainingNanos(loop.nanoTime()), client.router().retry().attemptNanos());
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, nanos / 1_000_000));
  }

  /** A broker that is not the controller refuses every topic, and the router finds the other. */
  private ErrorCode errorOfAll(R response) {
    answered++;
    boolean elsewhere =
        operation.answers(response).stream()
            .anyMatch(answer -> answer.error() == ErrorCode.NOT_CONTROLLER);
    return elsewhere ? ErrorCode.NOT_CONTROLLER : ErrorCode.NONE;
  }

  @Override
  public void succeeded(R response, short version) {
    Map<K, RuntimeException> postponed = new LinkedHashMap<>();
    for (TopicAnswer<K, V> answer : operation.answers(response)) {
      take(answer, response.throttleTimeMs(), postponed);
    }
    for (K topic : List.copyOf(open.keySet())) {
      if (!postponed.containsKey(topic)) {
        String text =
            text(topic, "the answer does not speak of it", ErrorCode.UNKNOWN_SERVER_ERROR);
        fail(topic, ErrorCode.UNKNOWN_SERVER_ERROR.exception(text));
      }
    }
    if (open.isEmpty()) {
      ended.run();
      return;
    }
    refused++;
    long pause = client.router().retry().backoffNanos(refused, loop.environment().random());
    if (pause < deadline.remainingNanos(loop.nanoTime())) {
      loop.schedule(pause, this::send);
    } else {
      postponed.forEach(this::fail);
      ended.run();
    }
  }

  private void take(
      TopicAnswer<K, V> answer, int throttleMillis, Map<K, RuntimeException> postponed) {
    OperationFuture<V> future = open.get(answer.topic());
    if (future == null) {
      return;
    }
    if (answer.error() == ErrorCode.NONE) {
      open.remove(answer.topic());
      future.complete(answer.value());
      return;
    }
    RuntimeException exception = exception(answer, throttleMillis);
    if (operation.again(answer.error())) {
      postponed.put(answer.topic(), exception);
    } else {
      fail(answer.topic(), exception);
    }
  }

  private RuntimeException exception(TopicAnswer<K, V> answer, int throttleMillis) {
    String message = answer.message();
    String reason =
        message == null || message.isBlank()
            ? "the controller gave no reason"
            : message.strip().replaceAll("\\.$", "");
    String text = text(answer.topic(), reason, answer.error());
    return answer.error() == ErrorCode.THROTTLING_QUOTA_EXCEEDED
        ? new ThrottlingQuotaExceededException(throttleMillis, answer.error() + ": " + text)
        : answer.error().exception(text);
  }

  @Override
  public void failed(RuntimeException exception) {
    for (K topic : List.copyOf(open.keySet())) {
      fail(
          topic,
          exception instanceof TimeoutException
              ? new TimeoutException(refusal(topic, exception.getMessage()), exception)
              : exception);
    }
    ended.run();
  }

  boolean isDone() {
    return open.isEmpty();
  }

  /** Fails what is open; for a client that is being closed. */
  void abandon(RuntimeException exception) {
    List.copyOf(open.keySet()).forEach(topic -> fail(topic, exception));
  }

  private void fail(K topic, RuntimeException exception) {
    OperationFuture<V> future = open.remove(topic);
    if (future != null) {
      future.completeExceptionally(exception);
    }
  }

  private String refusal(K topic, @Nullable String reason) {
    return "topic %s was not %s: %s".formatted(topic, operation.done(), reason);
  }

  private String text(K topic, String reason, ErrorCode error) {
    Object controller = client.metadata().view().controller();
    String advice = operation.advice(error);
    return "%s; answer of %s after %s, attempt %d%s%s"
        .formatted(
            refusal(topic, reason),
            controller == null ? "the controller" : controller,
            Durations.text(loop.nanoTime() - startNanos),
            written,
            written == answered
                ? ""
                : "; an earlier attempt of this call got no answer and may have done it",
            advice.isEmpty() ? "" : ". What to do: " + advice);
  }
}

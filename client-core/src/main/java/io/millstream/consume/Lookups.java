package io.millstream.consume;

import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.ClusterView;
import io.millstream.cluster.Deadline;
import io.millstream.cluster.Outcome;
import io.millstream.cluster.Route;
import io.millstream.cluster.RoutedRequest;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TimeoutException;
import io.millstream.fetch.OffsetLookup;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataRequest.MetadataRequestTopic;
import io.millstream.protocol.MetadataResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Questions about topics and offsets that have nothing to do with what is assigned. Any thread. */
public final class Lookups {

  private final CallerWait waits;
  private final ClusterClient client;
  private final OffsetLookup offsets;

  Lookups(CallerWait waits, ClusterClient client, OffsetLookup offsets) {
    this.waits = waits;
    this.client = client;
    this.offsets = offsets;
  }

  /**
   * Looks up one offset of each partition.
   *
   * @param what the calling method, for errors
   * @param timestamps milliseconds since 1970, {@link OffsetLookup#EARLIEST} or {@link
   *     OffsetLookup#LATEST}
   */
  public Map<TopicPartition, OffsetLookup.Found> offsets(
      String what, Map<TopicPartition, Long> timestamps, Duration timeout) {
    CallerWait.throwIfInterrupted(what);
    if (timestamps.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, Long> asked = new LinkedHashMap<>(timestamps);
    Deadline deadline = new Deadline(waits.deadlineNanos(timeout));
    Gathering gathering = new Gathering(asked.keySet());
    waits.onLoop(what, () -> gathering.begin(asked, deadline));
    return waits.answer(what, gathering.answer);
  }

  /** Puts the answers for single partitions together. */
  private final class Gathering implements OffsetLookup.Listener {

    private final Answer<Map<TopicPartition, OffsetLookup.Found>> answer =
        new Answer<>(waits.gate());
    private final Map<TopicPartition, OffsetLookup.Found> found = new LinkedHashMap<>();
    private final Set<TopicPartition> open;
    private final Set<String> borrowed = new LinkedHashSet<>();

    Gathering(Set<TopicPartition> open) {
      this.open = new LinkedHashSet<>(open);
      open.forEach(partition -> borrowed.add(partition.topic()));
    }

    void begin(Map<TopicPartition, Long> asked, Deadline deadline) {
      // Kept in the metadata while something is looked up about them.
      borrowed.forEach(client.metadata()::hold);
      offsets.find(asked, deadline, this);
    }

    @Override
    public boolean wants(TopicPartition partition) {
      return !answer.isDone();
    }

    @Override
    public void found(TopicPartition partition, OffsetLookup.Found one) {
      if (open.remove(partition)) {
        found.put(partition, one);
        if (open.isEmpty() && !answer.isDone()) {
          borrowed.forEach(client.metadata()::release);
          answer.complete(found);
        }
      }
    }

    @Override
    public void failed(TopicPartition partition, RuntimeException failure) {
      if (!answer.isDone()) {
        borrowed.forEach(client.metadata()::release);
        answer.fail(failure);
      }
    }
  }

  /**
   * Describes the partitions of a topic.
   *
   * @return none where the topic does not exist
   * @throws io.millstream.common.errors.TopicAuthorizationException if it must not be known
   * @throws io.millstream.common.errors.InvalidTopicException if there cannot be such a topic
   */
  public List<PartitionInfo> partitions(String topic, Duration timeout) {
    MetadataRequest request =
        MetadataRequest.defaults()
            .withTopics(List.of(MetadataRequestTopic.defaults().withName(topic)))
            .withAllowAutoTopicCreation(client.metadata().settings().allowAutoCreation());
    MetadataResponse response = ask("partitionsFor", "topic " + topic, request, timeout);
    for (MetadataResponse.MetadataResponseTopic told : response.topics()) {
      ErrorCode error = ErrorCode.of(told.errorCode());
      if (error != ErrorCode.NONE && error != ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
        throw ClusterView.refusal(topic, error);
      }
    }
    return TopicListing.of(response).getOrDefault(topic, List.of());
  }

  /** Describes the partitions of all topics that the user may see. */
  public Map<String, List<PartitionInfo>> allTopics(Duration timeout) {
    MetadataRequest request =
        MetadataRequest.defaults().withTopics(null).withAllowAutoTopicCreation(false);
    return TopicListing.of(ask("listTopics", "all topics", request, timeout));
  }

  private MetadataResponse ask(
      String what, String subject, MetadataRequest request, Duration timeout) {
    CallerWait.throwIfInterrupted(what);
    Deadline deadline = new Deadline(waits.deadlineNanos(timeout));
    Answer<MetadataResponse> answer = new Answer<>(waits.gate());
    waits.onLoop(
        what,
        () ->
            client
                .router()
                .send(
                    RoutedRequest.of(Route.any(), request, Lookups::error, deadline)
                        .withAttempt(client.router().retry().attemptNanos()),
                    new Outcome<>() {
                      @Override
                      public void succeeded(MetadataResponse response, short version) {
                        answer.complete(response);
                      }

                      @Override
                      public void failed(RuntimeException exception) {
                        answer.fail(
                            exception instanceof TimeoutException
                                ? inVain(what, subject, exception)
                                : exception);
                      }
                    }));
    return waits.answer(what, answer);
  }

  private static TimeoutException inVain(String what, String subject, RuntimeException cause) {
    return new TimeoutException(
        "%s() learned nothing of %s in the time it was given, or default.api.timeout.ms: %s"
            .formatted(what, subject, cause.getMessage()),
        cause);
  }

  /** What may be otherwise in a moment is asked for again. */
  private static ErrorCode error(MetadataResponse response) {
    ErrorCode whole = ErrorCode.of(response.errorCode());
    if (whole != ErrorCode.NONE) {
      return whole;
    }
    for (MetadataResponse.MetadataResponseTopic topic : response.topics()) {
      ErrorCode error = ErrorCode.of(topic.errorCode());
      if (error.retriable() && error != ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) {
        return error;
      }
    }
    return ErrorCode.NONE;
  }
}

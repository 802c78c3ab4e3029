package io.millstream.group;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.cluster.GroupAccess;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.network.Purpose;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.GroupVersions;
import io.millstream.protocol.OffsetFetchRequest;
import io.millstream.protocol.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.millstream.protocol.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.millstream.protocol.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.millstream.protocol.OffsetFetchResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** OffsetFetch: asks the coordinator for committed offsets. Owned by the event loop. */
final class OffsetFetch {

  private final CoordinatorCalls calls;
  private final GroupSettings settings;
  private final GroupTopics topics;

  OffsetFetch(CoordinatorCalls calls, GroupSettings settings, GroupTopics topics) {
    this.calls = calls;
    this.settings = settings;
    this.topics = topics;
  }

  /** One partition of an answer, whichever version it came in. */
  private record Answer(
      TopicPartition partition,
      long offset,
      int leaderEpoch,
      @Nullable String metadata,
      ErrorCode error) {}

  void fetch(
      Set<TopicPartition> partitions,
      long deadlineNanos,
      BiConsumer<
              @Nullable Map<TopicPartition, @Nullable OffsetAndMetadata>,
              @Nullable RuntimeException>
          result) {
    Map<String, List<Integer>> byTopic = new TreeMap<>();
    for (TopicPartition partition : partitions) {
      byTopic
          .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
          .add(partition.partition());
    }
    byTopic.values().forEach(indexes -> indexes.sort(null));
    calls.start(
        new CoordinatorCalls.Plan<>(
            Purpose.COORDINATOR,
            () -> request(byTopic),
            (OffsetFetchResponse response) -> worst(response, partitions),
            settings.requestTimeoutNanos(),
            deadlineNanos),
        new CoordinatorCalls.Outcome<>() {
          @Override
          public void answered(OffsetFetchResponse response, ErrorCode error) {
            if (error != ErrorCode.NONE) {
              result.accept(null, refusal(error, response, partitions));
              return;
            }
            Map<TopicPartition, @Nullable OffsetAndMetadata> offsets = new HashMap<>();
            partitions.forEach(partition -> offsets.put(partition, null));
            for (Answer answer : answers(response, partitions)) {
              if (answer.offset >= 0) {
                offsets.put(answer.partition, committed(answer));
              }
            }
            result.accept(offsets, null);
          }

          @Override
          public void failed(RuntimeException cause) {
            result.accept(null, cause);
          }
        });
  }

  private static OffsetAndMetadata committed(Answer answer) {
    return new OffsetAndMetadata(
        answer.offset,
        answer.leaderEpoch < 0 ? Optional.empty() : Optional.of(answer.leaderEpoch),
        answer.metadata == null ? "" : answer.metadata);
  }

  private CoordinatorRequest<OffsetFetchResponse> request(Map<String, List<Integer>> byTopic) {
    boolean everyIdIsKnown = true;
    List<OffsetFetchRequestTopic> alone = new ArrayList<>();
    List<OffsetFetchRequestTopics> grouped = new ArrayList<>();
    for (Map.Entry<String, List<Integer>> topic : byTopic.entrySet()) {
      Uuid id = topics.topicId(topic.getKey());
      everyIdIsKnown &= id != null;
      alone.add(new OffsetFetchRequestTopic(topic.getKey(), topic.getValue()));
      grouped.add(
          new OffsetFetchRequestTopics(
              topic.getKey(), id == null ? Uuid.ZERO_UUID : id, topic.getValue()));
    }
    String groupId = settings.identity().groupId();
    OffsetFetchRequest none = OffsetFetchRequest.defaults();
    OffsetFetchRequest several =
        none.withGroups(List.of(new OffsetFetchRequestGroup(groupId, null, -1, grouped)));
    OffsetFetchRequest single = none.withGroupId(groupId).withTopics(alone);
    return new CoordinatorRequest<>(
        none.apiKey(),
        everyIdIsKnown ? none.apiKey().newestVersion() : GroupVersions.NEWEST_OFFSET_FETCH_BY_NAME,
        version ->
            (GroupVersions.offsetFetchAsksSeveralGroups(version) ? several : single)
                .withRequireStable(GroupVersions.offsetFetchCanRequireStable(version)));
  }

  /** Finds the error that decides: of the group, else one that asks for patience, else any. */
  private ErrorCode worst(OffsetFetchResponse response, Set<TopicPartition> asked) {
    ErrorCode ofGroup = groupError(response);
    if (ofGroup != ErrorCode.NONE) {
      return ofGroup;
    }
    ErrorCode worst = ErrorCode.NONE;
    Set<TopicPartition> unanswered = new HashSet<>(asked);
    for (Answer answer : answers(response, asked)) {
      unanswered.remove(answer.partition);
      if (answer.error == ErrorCode.NONE) {
        continue;
      }
      if (GroupVerdict.of(answer.error) == GroupVerdict.FATAL) {
        return answer.error;
      }
      worst = answer.error;
    }
    if (worst == ErrorCode.NONE && !unanswered.isEmpty()) {
      // The topic got another id meanwhile; to take it for one without offsets would reset it.
      worst = ErrorCode.UNKNOWN_TOPIC_ID;
    }
    if (worst == ErrorCode.UNKNOWN_TOPIC_ID) {
      topics.refresh(
          "committed offsets of a topic id were asked for that the broker does not know");
    }
    return worst;
  }

  private RuntimeException refusal(
      ErrorCode error, OffsetFetchResponse response, Set<TopicPartition> asked) {
    String groupId = settings.identity().groupId();
    List<Answer> refused =
        answers(response, asked).stream().filter(answer -> answer.error == error).toList();
    if (error == ErrorCode.TOPIC_AUTHORIZATION_FAILED) {
      return new TopicAuthorizationException(
          Set.copyOf(refused.stream().map(answer -> answer.partition.topic()).toList()));
    }
    String what = refused.isEmpty() ? "" : " of " + refused.get(0).partition;
    return GroupAccess.exception(
        error,
        "The committed offsets%s in group %s cannot be had: %s".formatted(what, groupId, error),
        groupId);
  }

  private static ErrorCode groupError(OffsetFetchResponse response) {
    return response.groups().isEmpty()
        ? ErrorCode.of(response.errorCode())
        : ErrorCode.of(response.groups().get(0).errorCode());
  }

  private List<Answer> answers(OffsetFetchResponse response, Set<TopicPartition> asked) {
    List<Answer> answers = new ArrayList<>();
    for (OffsetFetchResponse.OffsetFetchResponseTopic topic : response.topics()) {
      topic
          .partitions()
          .forEach(
              one ->
                  answers.add(
                      new Answer(
                          new TopicPartition(topic.name(), one.partitionIndex()),
                          one.committedOffset(),
                          one.committedLeaderEpoch(),
                          one.metadata(),
                          ErrorCode.of(one.errorCode()))));
    }
    for (OffsetFetchResponse.OffsetFetchResponseGroup group : response.groups()) {
      for (OffsetFetchResponse.OffsetFetchResponseTopics topic : group.topics()) {
        String name = nameOf(topic.name(), topic.topicId(), asked);
        topic
            .partitions()
            .forEach(
                one ->
                    answers.add(
                        new Answer(
                            new TopicPartition(name, one.partitionIndex()),
                            one.committedOffset(),
                            one.committedLeaderEpoch(),
                            one.metadata(),
                            ErrorCode.of(one.errorCode()))));
      }
    }
    return answers;
  }

  private String nameOf(String name, Uuid id, Set<TopicPartition> asked) {
    if (!name.isEmpty()) {
      return name;
    }
    for (TopicPartition partition : asked) {
      if (id.equals(topics.topicId(partition.topic()))) {
        return partition.topic();
      }
    }
    return "";
  }
}

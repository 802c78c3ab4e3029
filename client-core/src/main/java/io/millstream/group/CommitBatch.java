package io.millstream.group;

import io.millstream.clients.consumer.CommitFailedException;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.cluster.GroupAccess;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.errors.RebalanceInProgressException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.GroupVersions;
import io.millstream.protocol.OffsetCommitRequest;
import io.millstream.protocol.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.millstream.protocol.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.millstream.protocol.OffsetCommitResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Offsets that are committed together: those not settled yet go into the next attempt. Owned by the
 * event loop.
 */
final class CommitBatch {

  /**
   * So many answers without a partition that the metadata do not know either: it is deleted, and
   * not just unknown yet to brokers that lag behind.
   */
  private static final int MISSING_FOR_GOOD = 3;

  private static final Comparator<TopicPartition> BY_NAME =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private final GroupIdentity identity;
  private final Generation generation;
  private final GroupTopics topics;
  private final TreeMap<TopicPartition, OffsetAndMetadata> open = new TreeMap<>(BY_NAME);
  private final Map<TopicPartition, RuntimeException> failures = new HashMap<>();
  private int answersWithoutPartition;

  /** The topics as the first attempt found them that knew their ids. */
  private final Map<String, Uuid> ids = new HashMap<>();

  private final Map<Uuid, String> namesById = new HashMap<>();

  CommitBatch(GroupIdentity identity, Generation generation, GroupTopics topics) {
    this.identity = identity;
    this.generation = generation;
    this.topics = topics;
  }

  /** Adds offsets; where a partition is there already, these are the later ones. */
  void add(Map<TopicPartition, OffsetAndMetadata> offsets) {
    open.putAll(offsets);
  }

  Generation generation() {
    return generation;
  }

  /** Returns why a partition was not committed, or null. */
  @Nullable RuntimeException failure(TopicPartition partition) {
    return failures.get(partition);
  }

  /** Makes the next attempt: topic ids alone where all are known, else names. */
  CoordinatorRequest<OffsetCommitResponse> request() {
    dropThoseOfOtherTopics();
    Map<String, List<OffsetCommitRequestPartition>> byTopic = new TreeMap<>();
    open.forEach(
        (partition, offset) ->
            byTopic
                .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(
                    new OffsetCommitRequestPartition(
                        partition.partition(),
                        offset.offset(),
                        offset.leaderEpoch().orElse(-1),
                        offset.metadata())));
    boolean everyIdIsKnown = true;
    List<OffsetCommitRequestTopic> named = new ArrayList<>();
    for (Map.Entry<String, List<OffsetCommitRequestPartition>> topic : byTopic.entrySet()) {
      // Once found it stays: an offset means nothing in another topic of the same name.
      Uuid id = ids.computeIfAbsent(topic.getKey(), topics::topicId);
      everyIdIsKnown &= id != null;
      if (id != null) {
        namesById.put(id, topic.getKey());
      }
      named.add(
          new OffsetCommitRequestTopic(
              topic.getKey(), id == null ? Uuid.ZERO_UUID : id, topic.getValue()));
    }
    OffsetCommitRequest message =
        new OffsetCommitRequest(
            identity.groupId(),
            generation.id(),
            generation.memberId(),
            identity.groupInstanceId(),
            named);
    return new CoordinatorRequest<>(
        message.apiKey(),
        everyIdIsKnown
            ? message.apiKey().newestVersion()
            : GroupVersions.NEWEST_OFFSET_COMMIT_BY_NAME,
        version -> message);
  }

  /**
   * Settles what an answer settles.
   *
   * @return what is left: an error that asks for another attempt, one of the whole membership, or
   *     none
   */
  ErrorCode judge(OffsetCommitResponse response) {
    ErrorCode again = ErrorCode.NONE;
    boolean anyIsMissing = false;
    for (OffsetCommitResponse.OffsetCommitResponseTopic topic : response.topics()) {
      for (OffsetCommitResponse.OffsetCommitResponsePartition answer : topic.partitions()) {
        TopicPartition partition = find(topic.name(), topic.topicId(), answer.partitionIndex());
        if (partition == null) {
          continue;
        }
        ErrorCode error = ErrorCode.of(answer.errorCode());
        switch (GroupVerdict.of(error)) {
          case FINE -> open.remove(partition);
          case RETRY -> {
            if (isOfAnotherTopic(partition.topic())) {
              open.remove(partition);
              failures.put(partition, partitionFailure(partition, error));
            } else if (isMissing(partition, error) && answersWithoutPartition >= MISSING_FOR_GOOD) {
              open.remove(partition);
              failures.put(partition, partitionFailure(partition, error));
            } else {
              anyIsMissing |= isMissing(partition, error);
              again = again == ErrorCode.NONE ? error : again;
            }
          }
          case RETRY_ELSEWHERE -> again = error;
          case REJOIN, GENERATION_LOST, MEMBERSHIP_LOST -> {
            return error;
          }
          case FATAL -> {
            if (concernsMembership(error)) {
              return error;
            }
            open.remove(partition);
            failures.put(partition, partitionFailure(partition, error));
          }
        }
      }
    }
    if (anyIsMissing) {
      answersWithoutPartition++;
    }
    // What was asked and not answered: the topic got another id meanwhile.
    return again == ErrorCode.NONE && !open.isEmpty() ? ErrorCode.UNKNOWN_TOPIC_ID : again;
  }

  /** By names, as in older versions, the coordinator would take them. */
  private void dropThoseOfOtherTopics() {
    for (TopicPartition partition : List.copyOf(open.keySet())) {
      if (isOfAnotherTopic(partition.topic())) {
        open.remove(partition);
        failures.put(partition, partitionFailure(partition, ErrorCode.UNKNOWN_TOPIC_ID));
      }
    }
  }

  private boolean isMissing(TopicPartition partition, ErrorCode error) {
    return (error == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION || error == ErrorCode.UNKNOWN_TOPIC_ID)
        && topics.isMissing(partition);
  }

  private boolean isOfAnotherTopic(String topic) {
    Uuid id = ids.get(topic);
    Uuid now = topics.topicId(topic);
    return id != null && now != null && !id.equals(now);
  }

  /** Returns what a caller hears when the whole batch was refused. */
  RuntimeException refusal(ErrorCode error) {
    String group = identity.groupId();
    return switch (GroupVerdict.of(error)) {
      case REJOIN ->
          new RebalanceInProgressException(
              "Offsets were not committed: group "
                  + group
                  + " is in the middle of a rebalance. Call poll() to complete it, then commit again"
                  + " what is still assigned");
      case GENERATION_LOST, MEMBERSHIP_LOST -> new CommitFailedException(lostText(error));
      case FINE, RETRY, RETRY_ELSEWHERE, FATAL ->
          GroupAccess.exception(
              error, "The coordinator of group " + group + " refused the commit: " + error, group);
    };
  }

  private String lostText(ErrorCode error) {
    if (!generation.isValid()) {
      return "Offsets were not committed ("
          + error
          + "): group "
          + identity.groupId()
          + " has members that subscribed to topics, so a consumer with partitions assigned by hand"
          + " cannot commit into it. Use another group.id, or subscribe()";
    }
    return "Offsets were not committed ("
        + error
        + "): group "
        + identity.groupId()
        + " has rebalanced and given the partitions to another member; generation "
        + generation.id()
        + " of member "
        + generation.memberId()
        + " is over. Mostly the time between two polls was longer than max.poll.interval.ms: raise"
        + " it, or make batches smaller with max.poll.records";
  }

  private RuntimeException partitionFailure(TopicPartition partition, ErrorCode error) {
    if (error == ErrorCode.TOPIC_AUTHORIZATION_FAILED) {
      return new TopicAuthorizationException(Set.of(partition.topic()));
    }
    String text =
        "The offset of %s in group %s was not committed".formatted(partition, identity.groupId());
    if (isOfAnotherTopic(partition.topic())) {
      text += "; the topic was deleted and created again, and the offset is of the one before";
    } else if (error == ErrorCode.OFFSET_METADATA_TOO_LARGE) {
      text +=
          "; shorten the metadata of the OffsetAndMetadata, or raise offset.metadata.max.bytes of the brokers";
    }
    return error.exception(text);
  }

  private static boolean concernsMembership(ErrorCode error) {
    return error == ErrorCode.FENCED_INSTANCE_ID
        || error == ErrorCode.GROUP_AUTHORIZATION_FAILED
        || error == ErrorCode.INVALID_GROUP_ID;
  }

  private @Nullable TopicPartition find(String name, Uuid id, int index) {
    String topic = name.isEmpty() ? namesById.get(id) : name;
    if (topic == null) {
      return null;
    }
    TopicPartition partition = new TopicPartition(topic, index);
    return open.containsKey(partition) ? partition : null;
  }
}

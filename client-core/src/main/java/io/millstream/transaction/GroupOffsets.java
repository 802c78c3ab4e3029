package io.millstream.transaction;

import io.millstream.clients.consumer.CommitFailedException;
import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.cluster.CoordinatorType;
import io.millstream.cluster.Route;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.GroupAuthorizationException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.AddOffsetsToTxnRequest;
import io.millstream.protocol.AddOffsetsToTxnResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.TransactionVersions;
import io.millstream.protocol.TxnOffsetCommitRequest;
import io.millstream.protocol.TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition;
import io.millstream.protocol.TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic;
import io.millstream.protocol.TxnOffsetCommitResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Offsets of groups that are committed with a transaction (KIP-98, KIP-447): by version 1 of the
 * protocol the transaction's coordinator learns of the group first, by version 2 the group's
 * coordinator tells it. Owned by the event loop.
 */
final class GroupOffsets {

  /** Ends the text of what an abort mends. */
  private static final String ABORT =
      ". Call abortTransaction(), and go on with the next transaction";

  private final Route.Coordinator coordinator;
  private final CoordinatorRequests requests;
  private final TransactionEvents events;
  private final Set<String> addedGroups = new HashSet<>();

  GroupOffsets(
      Route.Coordinator coordinator, CoordinatorRequests requests, TransactionEvents events) {
    this.coordinator = coordinator;
    this.requests = requests;
    this.events = events;
  }

  /** The transaction is over. */
  void clear() {
    addedGroups.clear();
  }

  /**
   * Makes offsets part of the transaction.
   *
   * @param offsets for each partition
   * @param group whose they are
   * @param identity of the producer
   * @param isVersionTwo whether the group's coordinator adds the group by itself
   * @param done run when they are
   */
  void send(
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group,
      ProducerIdentity identity,
      boolean isVersionTwo,
      Runnable done) {
    TxnOffsetCommitRequest message = message(offsets, group, identity);
    if (isVersionTwo) {
      commit(message, TransactionVersions.NEWEST_OFFSET_COMMIT_BY_NAME, done);
    } else if (addedGroups.contains(group.groupId())) {
      commit(message, TransactionVersions.NEWEST_OFFSET_COMMIT_OF_VERSION_ONE, done);
    } else {
      addGroup(message, identity, done);
    }
  }

  private void addGroup(TxnOffsetCommitRequest message, ProducerIdentity identity, Runnable done) {
    AddOffsetsToTxnRequest request =
        new AddOffsetsToTxnRequest(
            coordinator.key(), identity.producerId(), identity.epoch(), message.groupId());
    events.touching();
    requests.send(
        new TransactionRequest<>(coordinator, request, request.apiKey().newestVersion()),
        response -> ErrorCode.of(response.errorCode()),
        new CoordinatorRequests.Outcome<>() {
          @Override
          public void answered(
              AddOffsetsToTxnResponse response, ErrorCode error, boolean afterUnanswered) {
            if (error == ErrorCode.NONE) {
              addedGroups.add(message.groupId());
              events.confirmed();
              commit(message, TransactionVersions.NEWEST_OFFSET_COMMIT_OF_VERSION_ONE, done);
            } else {
              events.refused(error, refusal(new Decisive("", -1, error), message.groupId()));
            }
          }

          @Override
          public void failed(RuntimeException cause) {
            events.broken(cause, true);
          }
        });
  }

  private void commit(TxnOffsetCommitRequest message, short newestVersion, Runnable done) {
    events.touching();
    requests.send(
        new TransactionRequest<>(
            new Route.Coordinator(CoordinatorType.GROUP, message.groupId()),
            message,
            newestVersion),
        response -> decisive(response).error,
        new CoordinatorRequests.Outcome<>() {
          @Override
          public void answered(
              TxnOffsetCommitResponse response, ErrorCode error, boolean afterUnanswered) {
            if (error == ErrorCode.NONE) {
              events.confirmed();
              done.run();
            } else {
              events.refused(error, refusal(decisive(response), message.groupId()));
            }
          }

          @Override
          public void failed(RuntimeException cause) {
            if (cause instanceof UnsupportedVersionException) {
              events.broken(
                  new UnsupportedVersionException(
                      "The coordinator of group "
                          + message.groupId()
                          + " is older than 2.5 and cannot check which member sends the offsets;"
                          + " send them with new ConsumerGroupMetadata(groupId)",
                      cause),
                  false);
            } else {
              events.broken(cause, true);
            }
          }
        });
  }

  private TxnOffsetCommitRequest message(
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group,
      ProducerIdentity identity) {
    Map<String, List<TxnOffsetCommitRequestPartition>> byTopic = new TreeMap<>();
    offsets.forEach(
        (partition, offset) ->
            byTopic
                .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(
                    new TxnOffsetCommitRequestPartition(
                        partition.partition(),
                        offset.offset(),
                        offset.leaderEpoch().orElse(-1),
                        offset.metadata())));
    List<TxnOffsetCommitRequestTopic> topics = new ArrayList<>();
    byTopic.forEach(
        (topic, partitions) ->
            topics.add(
                TxnOffsetCommitRequestTopic.defaults().withName(topic).withPartitions(partitions)));
    return TxnOffsetCommitRequest.defaults()
        .withTransactionalId(coordinator.key())
        .withGroupId(group.groupId())
        .withProducerId(identity.producerId())
        .withProducerEpoch(identity.epoch())
        .withGenerationIdOrMemberEpoch(group.generationId())
        .withMemberId(group.memberId())
        .withGroupInstanceId(group.groupInstanceId().orElse(null))
        .withTopics(topics);
  }

  private record Decisive(String topic, int partition, ErrorCode error) {}

  private static Decisive decisive(TxnOffsetCommitResponse response) {
    Decisive found = new Decisive("", -1, ErrorCode.NONE);
    for (var topic : response.topics()) {
      for (var partition : topic.partitions()) {
        ErrorCode error = ErrorCode.of(partition.errorCode());
        if (TransactionVersions.isWorse(error, found.error)) {
          found = new Decisive(topic.name(), partition.partitionIndex(), error);
        }
      }
    }
    return found;
  }

  private static RuntimeException refusal(Decisive answer, String groupId) {
    String what =
        "The offsets of group %s were not made part of the transaction%s"
            .formatted(
                groupId,
                answer.partition < 0
                    ? ""
                    : ", because of " + answer.topic + "-" + answer.partition);
    return switch (answer.error) {
      case TOPIC_AUTHORIZATION_FAILED ->
          new TopicAuthorizationException(
              what + ": grant this client READ on topic " + answer.topic + ABORT,
              Set.of(answer.topic));
      case UNKNOWN_MEMBER_ID,
          ILLEGAL_GENERATION,
          STALE_MEMBER_EPOCH,
          FENCED_MEMBER_EPOCH,
          REBALANCE_IN_PROGRESS ->
          new CommitFailedException(
              "The offsets of group %s were not made part of the transaction (%s): the group has rebalanced, and the partitions may belong to another member. Call abortTransaction(), then poll()"
                  .formatted(groupId, answer.error));
      case GROUP_AUTHORIZATION_FAILED ->
          new GroupAuthorizationException(
              what + ": grant this client READ on the group" + ABORT, groupId);
      default ->
          answer.error.exception(
              TransactionVerdict.of(answer.error) == TransactionVerdict.START_ANEW
                  ? what
                  : what + ABORT);
    };
  }
}

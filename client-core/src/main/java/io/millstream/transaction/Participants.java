package io.millstream.transaction;

import io.millstream.cluster.Route;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.network.EventLoop;
import io.millstream.protocol.AddPartitionsToTxnRequest;
import io.millstream.protocol.AddPartitionsToTxnRequest.AddPartitionsToTxnTopic;
import io.millstream.protocol.AddPartitionsToTxnResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.TransactionVersions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The partitions of a transaction by version 1 of the protocol: the coordinator learns of each
 * before its first batch leaves. Those that are met while the sender looks once are asked for
 * together. Owned by the event loop.
 */
final class Participants {

  private final EventLoop loop;
  private final Route.Coordinator coordinator;
  private final CoordinatorRequests requests;
  private final TransactionEvents events;
  private final Supplier<ProducerIdentity> identity;
  private final Set<TopicPartition> added = new LinkedHashSet<>();
  private final Set<TopicPartition> wanted = new LinkedHashSet<>();
  private boolean asking;

  Participants(
      EventLoop loop,
      Route.Coordinator coordinator,
      CoordinatorRequests requests,
      TransactionEvents events,
      Supplier<ProducerIdentity> identity) {
    this.loop = loop;
    this.coordinator = coordinator;
    this.requests = requests;
    this.events = events;
    this.identity = identity;
  }

  /** Says whether a partition is part of the transaction; has it made so where it is not. */
  boolean has(TopicPartition partition) {
    if (added.contains(partition)) {
      return true;
    }
    if (wanted.add(partition) && !asking) {
      asking = true;
      loop.execute(this::ask);
    }
    return false;
  }

  /** The transaction is over, or asks for nothing more. */
  void clear() {
    added.clear();
    wanted.clear();
  }

  private void ask() {
    if (wanted.isEmpty()) {
      asking = false;
      return;
    }
    List<TopicPartition> asked = List.copyOf(wanted);
    Map<String, List<Integer>> byTopic = new LinkedHashMap<>();
    asked.forEach(
        partition ->
            byTopic
                .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(partition.partition()));
    List<AddPartitionsToTxnTopic> topics = new ArrayList<>();
    byTopic.forEach((topic, list) -> topics.add(new AddPartitionsToTxnTopic(topic, list)));
    AddPartitionsToTxnRequest message =
        AddPartitionsToTxnRequest.defaults()
            .withV3AndBelowTransactionalId(coordinator.key())
            .withV3AndBelowProducerId(identity.get().producerId())
            .withV3AndBelowProducerEpoch(identity.get().epoch())
            .withV3AndBelowTopics(topics);
    events.touching();
    requests.send(
        new TransactionRequest<>(
            coordinator, message, TransactionVersions.NEWEST_ADD_PARTITIONS_OF_CLIENTS),
        response -> decisive(response).error,
        new CoordinatorRequests.Outcome<>() {
          @Override
          public void answered(
              AddPartitionsToTxnResponse response, ErrorCode error, boolean afterUnanswered) {
            if (error == ErrorCode.NONE) {
              added.addAll(asked);
              wanted.removeAll(asked);
              events.confirmed();
            } else {
              wanted.clear();
              events.refused(error, refusal(decisive(response)));
            }
            ask();
          }

          @Override
          public void failed(RuntimeException cause) {
            wanted.clear();
            asking = false;
            events.broken(cause, true);
          }
        });
  }

  private record Decisive(TopicPartition partition, ErrorCode error) {}

  /** Finds the answer that decides for all: what cannot be mended comes before what can. */
  private static Decisive decisive(AddPartitionsToTxnResponse response) {
    Decisive found = new Decisive(new TopicPartition("", -1), ErrorCode.NONE);
    for (var topic : response.resultsByTopicV3AndBelow()) {
      for (var partition : topic.resultsByPartition()) {
        ErrorCode error = ErrorCode.of(partition.partitionErrorCode());
        if (TransactionVersions.isWorse(error, found.error)) {
          found = new Decisive(new TopicPartition(topic.name(), partition.partitionIndex()), error);
        }
      }
    }
    return found;
  }

  private RuntimeException refusal(Decisive answer) {
    return answer.error == ErrorCode.TOPIC_AUTHORIZATION_FAILED
        ? new TopicAuthorizationException(Set.of(answer.partition.topic()))
        : answer.error.exception(
            "%s refused to make %s part of the transaction"
                .formatted(coordinator, answer.partition));
  }
}

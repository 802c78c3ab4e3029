package io.millstream.group;

import io.millstream.clients.consumer.ConsumerPartitionAssignor.Assignment;
import io.millstream.clients.consumer.ConsumerPartitionAssignor.Subscription;
import io.millstream.common.TopicPartition;
import io.millstream.protocol.ConsumerProtocolAssignment;
import io.millstream.protocol.ConsumerProtocolSubscription;
import io.millstream.wire.MalformedFrameException;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the members of a classic group of consumers tell one another through the coordinator: {@code
 * int16 version} and then a subscription or an assignment in that version. A newer version than
 * ours is read as ours, since each only appends.
 */
final class ConsumerProtocol {

  static final String TYPE = "consumer";
  private static final short NEWEST = 3;

  private ConsumerProtocol() {}

  static ByteBuffer write(Subscription subscription) {
    ConsumerProtocolSubscription message =
        new ConsumerProtocolSubscription(
            subscription.topics().stream().sorted().toList(),
            subscription.userData(),
            byTopic(subscription.ownedPartitions()).entrySet().stream()
                .map(e -> new ConsumerProtocolSubscription.TopicPartition(e.getKey(), e.getValue()))
                .toList(),
            subscription.generationId().orElse(-1),
            subscription.rackId().orElse(null));
    WireWriter out = new WireWriter();
    out.writeShort(NEWEST);
    message.write(out, NEWEST);
    return out.toContent();
  }

  /**
   * Reads what a member subscribed to.
   *
   * @throws MalformedFrameException if the bytes are no subscription
   */
  static Subscription readSubscription(ByteBuffer bytes) {
    WireReader in = new WireReader(bytes.duplicate());
    short version = readVersion(in);
    ConsumerProtocolSubscription message = ConsumerProtocolSubscription.read(in, version);
    List<TopicPartition> owned = new ArrayList<>();
    for (ConsumerProtocolSubscription.TopicPartition topic : message.ownedPartitions()) {
      topic
          .partitions()
          .forEach(partition -> owned.add(new TopicPartition(topic.topic(), partition)));
    }
    return new Subscription(
        message.topics(),
        message.userData(),
        owned,
        message.generationId(),
        Optional.ofNullable(message.rackId()));
  }

  static ByteBuffer write(Assignment assignment) {
    ConsumerProtocolAssignment message =
        new ConsumerProtocolAssignment(
            byTopic(assignment.partitions()).entrySet().stream()
                .map(e -> new ConsumerProtocolAssignment.TopicPartition(e.getKey(), e.getValue()))
                .toList(),
            assignment.userData());
    WireWriter out = new WireWriter();
    out.writeShort(NEWEST);
    message.write(out, NEWEST);
    return out.toContent();
  }

  /**
   * Reads what the leader gave to a member. No bytes at all mean no partitions: the leader did not
   * know the member.
   *
   * @throws MalformedFrameException if the bytes are no assignment
   */
  static Assignment readAssignment(ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return new Assignment(List.of());
    }
    WireReader in = new WireReader(bytes.duplicate());
    short version = readVersion(in);
    ConsumerProtocolAssignment message = ConsumerProtocolAssignment.read(in, version);
    List<TopicPartition> partitions = new ArrayList<>();
    for (ConsumerProtocolAssignment.TopicPartition topic : message.assignedPartitions()) {
      topic
          .partitions()
          .forEach(partition -> partitions.add(new TopicPartition(topic.topic(), partition)));
    }
    return new Assignment(partitions, message.userData());
  }

  private static short readVersion(WireReader in) {
    short version = in.readShort();
    if (version < 0) {
      throw new MalformedFrameException("Version " + version + " of the consumer protocol");
    }
    return version > NEWEST ? NEWEST : version;
  }

  private static Map<String, List<Integer>> byTopic(List<TopicPartition> partitions) {
    Map<String, List<Integer>> byTopic = new TreeMap<>();
    for (TopicPartition partition : partitions) {
      byTopic
          .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
          .add(partition.partition());
    }
    return byTopic;
  }
}

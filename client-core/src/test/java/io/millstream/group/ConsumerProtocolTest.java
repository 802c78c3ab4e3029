package io.millstream.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.ConsumerPartitionAssignor.Assignment;
import io.millstream.clients.consumer.ConsumerPartitionAssignor.Subscription;
import io.millstream.common.TopicPartition;
import io.millstream.wire.MalformedFrameException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against the classes of Apache's client. */
class ConsumerProtocolTest {

  @Test
  void subscriptionsAreTheBytesOfApachesClient() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<String> topics = topics(random);
      byte @Nullable [] userData =
          random.nextBoolean() ? null : "data".getBytes(StandardCharsets.UTF_8);
      List<TopicPartition> owned = partitions(random);
      int generation = random.nextInt(3) - 1;
      Optional<String> rack = random.nextBoolean() ? Optional.empty() : Optional.of("r1");

      ByteBuffer ours =
          io.millstream.group.ConsumerProtocol.write(
              new Subscription(topics, wrap(userData), owned, generation, rack));
      ByteBuffer theirs =
          ConsumerProtocol.serializeSubscription(
              new ConsumerPartitionAssignor.Subscription(
                  topics, wrap(userData), theirs(owned), generation, rack));

      assertThat(ours).as("seed %d", seed).isEqualTo(theirs);
      Subscription read = io.millstream.group.ConsumerProtocol.readSubscription(theirs);
      assertThat(read.topics()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(topics);
      assertThat(read.ownedPartitions()).containsExactlyInAnyOrderElementsOf(owned);
      assertThat(read.userData()).isEqualTo(wrap(userData));
      assertThat(read.rackId()).isEqualTo(rack);
    }
  }

  @Test
  void subscriptionsOfOlderClientsAreRead() {
    for (short version = 0; version <= 3; version++) {
      ByteBuffer theirs =
          ConsumerProtocol.serializeSubscription(
              new ConsumerPartitionAssignor.Subscription(List.of("b", "a")), version);

      assertThat(io.millstream.group.ConsumerProtocol.readSubscription(theirs).topics())
          .as("version %d", version)
          .containsExactlyInAnyOrder("a", "b");
    }
  }

  @Test
  void assignmentsAreReadAndWrittenLikeApaches() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<TopicPartition> partitions = partitions(random);

      Assignment read =
          io.millstream.group.ConsumerProtocol.readAssignment(
              ConsumerProtocol.serializeAssignment(
                  new ConsumerPartitionAssignor.Assignment(theirs(partitions))));
      ConsumerPartitionAssignor.Assignment written =
          ConsumerProtocol.deserializeAssignment(
              io.millstream.group.ConsumerProtocol.write(new Assignment(partitions)));

      assertThat(read.partitions())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(partitions);
      assertThat(written.partitions())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(theirs(partitions));
    }
  }

  @Test
  void newerVersionIsReadAsTheNewestKnown() {
    ByteBuffer bytes = io.millstream.group.ConsumerProtocol.write(new Subscription(List.of("a")));
    ByteBuffer newer = ByteBuffer.allocate(bytes.remaining() + 4).put(bytes.duplicate()).putInt(7);
    newer.flip().putShort(0, (short) 9);

    assertThat(io.millstream.group.ConsumerProtocol.readSubscription(newer).topics())
        .containsExactly("a");
  }

  @Test
  void noBytesAreNoPartitions() {
    assertThat(
            io.millstream.group.ConsumerProtocol.readAssignment(ByteBuffer.allocate(0))
                .partitions())
        .isEmpty();
  }

  @Test
  void garbageIsRefused() {
    assertThatThrownBy(
            () ->
                io.millstream.group.ConsumerProtocol.readAssignment(
                    ByteBuffer.wrap(new byte[] {-1, -1, 0, 0})))
        .isInstanceOf(MalformedFrameException.class);
  }

  private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  private static List<String> topics(Random random) {
    List<String> topics = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      topics.add("topic-" + random.nextInt(5) + "-" + i);
    }
    return topics;
  }

  private static List<TopicPartition> partitions(Random random) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int topic = 0; topic < 3; topic++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        partitions.add(new TopicPartition("topic-" + topic, 4 - i));
      }
    }
    return partitions;
  }

  private static List<org.apache.kafka.common.TopicPartition> theirs(List<TopicPartition> ours) {
    return ours.stream()
        .map(p -> new org.apache.kafka.common.TopicPartition(p.topic(), p.partition()))
        .toList();
  }
}

package io.millstream.faults;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;

/** A topic with three replicas, and how they stand, seen with Apache's admin client. */
final class Replicas implements AutoCloseable {

  private final Admin admin;
  private final String topic;

  Replicas(String servers, String topic, int partitions) throws Exception {
    this.topic = topic;
    admin = Admin.create(Map.of("bootstrap.servers", servers, "request.timeout.ms", "5000"));
    NewTopic wanted =
        new NewTopic(topic, partitions, (short) 3).configs(Map.of("min.insync.replicas", "2"));
    admin.createTopics(Set.of(wanted)).all().get();
  }

  /** Waits until every replica of every partition is in sync. */
  void awaitAllInSync(long limitSeconds) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
    String seen = "";
    while (System.nanoTime() < deadline) {
      try {
        TopicDescription description =
            admin.describeTopics(Set.of(topic)).allTopicNames().get().get(topic);
        List<TopicPartitionInfo> partitions = description.partitions();
        if (partitions.stream().allMatch(Replicas::inSync)) {
          return;
        }
        seen = partitions.toString();
      } catch (ExecutionException e) {
        seen = e.getCause().toString();
      }
    }
    throw new AssertionError("not all replicas are in sync: " + seen);
  }

  private static boolean inSync(TopicPartitionInfo partition) {
    return partition.leader() != null
        && new HashSet<>(partition.isr()).size() == partition.replicas().size();
  }

  @Override
  public void close() {
    admin.close();
  }
}

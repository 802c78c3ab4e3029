package io.millstream.group;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.InvalidGroupIdException;
import java.util.Map;
import java.util.Set;

/** What a consumer without {@code group.id} has in place of a group. */
public final class WithoutGroup implements ConsumerGroup {

  private final PollActivity polling = new PollActivity(0);

  @Override
  public PollActivity polling() {
    return polling;
  }

  @Override
  public ConsumerGroupMetadata metadata() {
    throw missing();
  }

  @Override
  public void subscribe(Set<String> topics) {
    throw missing();
  }

  @Override
  public void rejoin(String reason) {
    throw missing();
  }

  @Override
  public void unsubscribe(long deadlineNanos, Runnable done) {
    done.run();
  }

  @Override
  public void assignmentTaken() {}

  @Override
  public void assignedByHand() {}

  @Override
  public void leaving(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public OffsetCommits commits() {
    throw missing();
  }

  @Override
  public void commitOnClose(long deadlineNanos, Runnable done) {
    done.run();
  }

  @Override
  public void close(long deadlineNanos, Runnable done) {
    done.run();
  }

  private static InvalidGroupIdException missing() {
    return new InvalidGroupIdException(
        "This needs a consumer group: set group.id. Without one a consumer can only assign() partitions"
            + " and seek()");
  }
}

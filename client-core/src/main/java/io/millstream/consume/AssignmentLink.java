package io.millstream.consume;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.group.Assignee;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stands for the assignment while the parts that need one another are built. */
final class AssignmentLink implements Assignee {

  private @Nullable Assignment assignment;

  void connect(Assignment built) {
    assignment = built;
  }

  private Assignment assignment() {
    return Objects.requireNonNull(assignment, "The consumer is not built yet");
  }

  Map<TopicPartition, OffsetAndMetadata> committable() {
    return assignment().committable();
  }

  @Override
  public void hold(List<TopicPartition> partitions) {
    assignment().hold(partitions);
  }

  @Override
  public void revoke(List<TopicPartition> partitions) {
    assignment().revoke(partitions);
  }

  @Override
  public void lost(List<TopicPartition> partitions) {
    assignment().lost(partitions);
  }

  @Override
  public void assign(List<TopicPartition> partitions) {
    assignment().assign(partitions);
  }
}

package io.millstream.clients.consumer;

import io.millstream.common.TopicPartition;
import java.util.Collection;

/**
 * Told when partitions come to and go from a member of a group. All calls are made on the polling
 * thread, inside {@code poll}, {@code unsubscribe} or {@code close}; what they throw is thrown from
 * there. They may call the consumer.
 */
public interface ConsumerRebalanceListener {

  /**
   * Called before partitions are given up: the last chance to commit what was done with their
   * records, for {@code commitSync} works here.
   *
   * @param partitions what is given up; may be empty
   */
  void onPartitionsRevoked(Collection<TopicPartition> partitions);

  /**
   * Called when partitions have come, before the first of their records is handed out.
   *
   * @param partitions what has come in addition to what was there; may be empty
   */
  void onPartitionsAssigned(Collection<TopicPartition> partitions);

  /**
   * Called in place of {@link #onPartitionsRevoked} when the partitions are gone already, for
   * example since the member was removed from the group: another one may own them, and a commit
   * would fail. By default it calls {@link #onPartitionsRevoked}.
   *
   * @param partitions what is gone
   */
  default void onPartitionsLost(Collection<TopicPartition> partitions) {
    onPartitionsRevoked(partitions);
  }
}

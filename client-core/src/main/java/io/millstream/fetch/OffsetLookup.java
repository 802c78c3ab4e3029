package io.millstream.fetch;

import io.millstream.cluster.ClusterView;
import io.millstream.cluster.Deadline;
import io.millstream.cluster.Metadata;
import io.millstream.cluster.PartitionView;
import io.millstream.common.IsolationLevel;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Call;
import io.millstream.network.Connections;
import io.millstream.network.EventLoop;
import io.millstream.network.Purpose;
import io.millstream.network.Reply;
import io.millstream.network.RequestFailure;
import io.millstream.network.RequestSpec;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.ListOffsetsRequest;
import io.millstream.protocol.ListOffsetsRequest.ListOffsetsPartition;
import io.millstream.protocol.ListOffsetsRequest.ListOffsetsTopic;
import io.millstream.protocol.ListOffsetsResponse;
import io.millstream.protocol.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.millstream.protocol.ListOffsetsResponse.ListOffsetsTopicResponse;
import io.millstream.protocol.Reaction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * ListOffsets: finds first, last, and timestamped offsets at the leaders of partitions, and asks
 * again for those that a leader did not tell. Owned by the event loop.
 */
public final class OffsetLookup {

  /** In place of a timestamp: the first offset there is. */
  public static final long EARLIEST = -2;

  /** In place of a timestamp: the offset after the last record that can be read. */
  public static final long LATEST = -1;

  private static final int NO_REPLICA = -1;

  private final EventLoop loop;
  private final Connections connections;
  private final Metadata metadata;
  private final IsolationLevel isolation;

  /**
   * What a leader told.
   *
   * @param offset the offset; -1 where no record is so late
   * @param timestamp that of the record, in milliseconds since 1970; -1 where none was asked for
   * @param leaderEpoch of the record, where it is known
   */
  public record Found(long offset, long timestamp, Optional<Integer> leaderEpoch) {}

  /** Learns of each partition by itself, on the loop, never within the call that asked. */
  public interface Listener {

    /** A leader told. */
    void found(TopicPartition partition, Found found);

    /** Nobody told before the deadline, or nobody will. */
    void failed(TopicPartition partition, RuntimeException failure);

    /** The cluster does not tell of the topic, for a reason that trying again hardly mends. */
    default void refused(TopicPartition partition, RuntimeException failure) {
      failed(partition, failure);
    }

    /** It has to be tried again. */
    default void delayed(TopicPartition partition, String obstacle) {}

    /** Says whether the answer is still of use. */
    default boolean wants(TopicPartition partition) {
      return true;
    }
  }

  /** Creates the lookup of a client; the topics must be wanted by others. */
  public OffsetLookup(
      EventLoop loop, Connections connections, Metadata metadata, IsolationLevel isolation) {
    this.loop = loop;
    this.connections = connections;
    this.metadata = metadata;
    this.isolation = isolation;
  }

  /**
   * Looks up one offset of each partition.
   *
   * @param timestamps milliseconds since 1970, {@link #EARLIEST} or {@link #LATEST}
   * @param deadline when to give up
   * @param listener learns of the outcome
   */
  public void find(Map<TopicPartition, Long> timestamps, Deadline deadline, Listener listener) {
    loop.assertInLoop();
    Search search = new Search(deadline, listener);
    Map<TopicPartition, Long> copy = new LinkedHashMap<>(timestamps);
    loop.execute(() -> search.attempt(copy, 0));
  }

  /** What was asked for at once; its parts go their own ways. */
  private final class Search {

    private final Deadline deadline;
    private final Listener listener;
    private final long startNanos = loop.nanoTime();
    private final Map<TopicPartition, String> obstacles = new LinkedHashMap<>();

    Search(Deadline deadline, Listener listener) {
      this.deadline = deadline;
      this.listener = listener;
    }

    void attempt(Map<TopicPartition, Long> open, int failures) {
      open.keySet().removeIf(partition -> !listener.wants(partition));
      if (deadline.over(loop.nanoTime())) {
        open.keySet()
            .forEach(partition -> listener.failed(partition, timeout(partition, failures)));
        return;
      }
      ClusterView view = metadata.view();
      Map<BrokerAddress, Map<TopicPartition, Long>> byLeader = new LinkedHashMap<>();
      Map<TopicPartition, Long> leaderless = new LinkedHashMap<>();
      open.forEach(
          (partition, timestamp) -> {
            BrokerAddress leader = view.leader(partition.topic(), partition.partition());
            if (leader == null) {
              ErrorCode error = view.error(partition.topic());
              if (error != ErrorCode.NONE && !error.retriable()) {
                listener.refused(partition, refusal(partition, error));
                return;
              }
              delayed(partition, leaderless(view, partition, error));
              leaderless.put(partition, timestamp);
            } else {
              byLeader
                  .computeIfAbsent(leader, any -> new LinkedHashMap<>())
                  .put(partition, timestamp);
            }
          });
      byLeader.forEach((leader, part) -> ask(leader, part, failures));
      if (!leaderless.isEmpty()) {
        metadata.requestRefresh("offsets are looked up and a leader is not known");
        again(leaderless, failures);
      }
    }

    private void delayed(TopicPartition partition, String obstacle) {
      obstacles.put(partition, obstacle);
      listener.delayed(partition, obstacle);
    }

    private String leaderless(ClusterView view, TopicPartition partition, ErrorCode error) {
      if (error != ErrorCode.NONE) {
        return "the cluster answers " + error + " for the topic; create it, or check its name";
      }
      if (view.topic(partition.topic()) == null) {
        return metadata.difficulty();
      }
      return view.partition(partition.topic(), partition.partition()) == null
          ? "the topic has no such partition"
          : "the partition has no leader";
    }

    private void ask(BrokerAddress leader, Map<TopicPartition, Long> part, int failures) {
      long attemptNanos = metadata.settings().retry().attemptNanos();
      long timeoutNanos = Math.min(attemptNanos, deadline.remainingNanos(loop.nanoTime()));
      connections.send(
          leader,
          Purpose.CONTROL,
          new Call<>(
              RequestSpec.of(request(part, timeoutNanos)),
              timeoutNanos,
              attemptNanos,
              new Reply<>() {
                @Override
                public void answered(ListOffsetsResponse response, short version) {
                  take(leader, response, part, failures);
                }

                @Override
                public void failed(RequestFailure failure) {
                  if (failure.retriable()) {
                    part.keySet().forEach(partition -> delayed(partition, failure.detail()));
                    if (!deadline.over(loop.nanoTime())) {
                      metadata.requestRefresh("offsets could not be looked up");
                    }
                    again(part, failures);
                  } else {
                    part.keySet()
                        .forEach(partition -> listener.failed(partition, failure.exception()));
                  }
                }
              }));
    }

    private void take(
        BrokerAddress leader,
        ListOffsetsResponse response,
        Map<TopicPartition, Long> part,
        int failures) {
      Map<TopicPartition, Long> left = new LinkedHashMap<>(part);
      List<TopicPartition> forbidden = new ArrayList<>();
      for (ListOffsetsTopicResponse topic : response.topics()) {
        for (ListOffsetsPartitionResponse answer : topic.partitions()) {
          TopicPartition partition = new TopicPartition(topic.name(), answer.partitionIndex());
          ErrorCode error = ErrorCode.of(answer.errorCode());
          if (!left.containsKey(partition)) {
            continue;
          }
          if (error.reactions().contains(Reaction.REFRESH_METADATA)) {
            metadata.requestRefresh(leader + " answered " + error + " to ListOffsets");
          }
          if (error == ErrorCode.NONE) {
            left.remove(partition);
            listener.found(partition, found(answer));
          } else if (error.retriable()) {
            delayed(partition, leader + " answered " + error);
          } else if (error == ErrorCode.TOPIC_AUTHORIZATION_FAILED) {
            left.remove(partition);
            forbidden.add(partition);
          } else {
            left.remove(partition);
            listener.failed(partition, refusal(partition, error));
          }
        }
      }
      if (!forbidden.isEmpty()) {
        RuntimeException refusal = forbidden(forbidden);
        forbidden.forEach(partition -> listener.failed(partition, refusal));
      }
      if (!left.isEmpty()) {
        again(left, failures);
      }
    }

    private Found found(ListOffsetsPartitionResponse answer) {
      return new Found(
          answer.offset(),
          answer.timestamp(),
          answer.leaderEpoch() < 0 ? Optional.empty() : Optional.of(answer.leaderEpoch()));
    }

    private void again(Map<TopicPartition, Long> left, int failures) {
      long pauseNanos =
          metadata.settings().retry().backoffNanos(failures + 1, loop.environment().random());
      loop.schedule(
          Math.min(pauseNanos, deadline.remainingNanos(loop.nanoTime())),
          () -> attempt(left, failures + 1));
    }

    private RuntimeException refusal(TopicPartition partition, ErrorCode error) {
      return error == ErrorCode.TOPIC_AUTHORIZATION_FAILED
          ? forbidden(List.of(partition))
          : error.exception("The offset of " + partition + " cannot be looked up");
    }

    private RuntimeException forbidden(List<TopicPartition> partitions) {
      Set<String> topics = new TreeSet<>();
      partitions.forEach(partition -> topics.add(partition.topic()));
      return new TopicAuthorizationException(
          "The cluster does not tell this client the offsets of the topics "
              + topics
              + ": grant it DESCRIBE on them, or check which user it logs in as",
          topics);
    }

    private TimeoutException timeout(TopicPartition partition, int attempts) {
      return new TimeoutException(
          "The offset of %s was not found within %d ms and %d attempts; last: %s"
              .formatted(
                  partition,
                  TimeUnit.NANOSECONDS.toMillis(loop.nanoTime() - startNanos),
                  attempts,
                  obstacles.getOrDefault(partition, "nothing was sent yet")));
    }
  }

  private ListOffsetsRequest request(Map<TopicPartition, Long> part, long timeoutNanos) {
    Map<String, List<ListOffsetsPartition>> byTopic = new LinkedHashMap<>();
    part.forEach(
        (partition, timestamp) -> {
          PartitionView known = metadata.view().partition(partition.topic(), partition.partition());
          byTopic
              .computeIfAbsent(partition.topic(), any -> new ArrayList<>())
              .add(
                  new ListOffsetsPartition(
                      partition.partition(),
                      known == null ? PartitionView.NO_EPOCH : known.leaderEpoch(),
                      timestamp));
        });
    List<ListOffsetsTopic> topics = new ArrayList<>();
    byTopic.forEach((name, partitions) -> topics.add(new ListOffsetsTopic(name, partitions)));
    int timeoutMillis =
        (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(timeoutNanos));
    return new ListOffsetsRequest(NO_REPLICA, isolation.id(), topics, timeoutMillis);
  }
}

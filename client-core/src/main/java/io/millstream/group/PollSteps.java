package io.millstream.group;

import io.millstream.common.TopicPartition;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a membership does on the polling thread, in the order in which the loop asked for it. The
 * list of owned partitions belongs to that thread: so a step that was overtaken by a newer round
 * leaves nothing undone, since the newer one begins with what is really owned.
 */
final class PollSteps {

  private static final Logger LOG = LoggerFactory.getLogger(PollSteps.class);

  private final String logName;
  private final MemberStatus status;
  private final MemberEvents events;
  private final Assignee assignee;
  private List<TopicPartition> owned = List.of();

  /** How often the consumer took its partitions away itself. The holder of the permit writes. */
  private volatile int dismissals;

  /** As many of these as the loop has heard of, on the loop. */
  private int dismissalsHeard;

  PollSteps(String logName, MemberStatus status, MemberEvents events, Assignee assignee) {
    this.logName = logName;
    this.status = status;
    this.events = events;
    this.assignee = assignee;
  }

  /** Called on the loop. */
  void hold(int round, Runnable inPollAfterwards) {
    queue(
        round,
        () -> {
          assignee.hold(owned);
          return inPollAfterwards;
        });
  }

  /** Called on the loop. */
  void revoke(int round, String why, Runnable inPollAfterwards) {
    queue(
        round,
        () -> {
          List<TopicPartition> leaving = owned;
          if (!leaving.isEmpty()) {
            LOG.info("{}: gives up {} to rebalance: {}", logName, leaving, why);
          }
          owned = List.of();
          assignee.revoke(leaving);
          return inPollAfterwards;
        });
  }

  /** Called on the loop. */
  void lose(int round, String why, Runnable inPollAfterwards) {
    queue(
        round,
        () -> {
          List<TopicPartition> leaving = owned;
          owned = List.of();
          if (!leaving.isEmpty()) {
            LOG.warn("{}: lost {}: {}", logName, leaving, why);
            assignee.lost(leaving);
          }
          return inPollAfterwards;
        });
  }

  /** Called on the loop. */
  void assign(int round, List<TopicPartition> partitions, Runnable inPollBefore) {
    queue(
        round,
        () -> {
          LOG.info("{}: was given {}", logName, partitions.isEmpty() ? "nothing" : partitions);
          owned = partitions;
          inPollBefore.run();
          assignee.assign(partitions);
          return () -> {};
        });
  }

  /**
   * Called by the holder of the poll permit: the consumer took the partitions away itself, on
   * closing or with a new kind of subscription. Steps of a loop that has not heard of it are not
   * heeded: what they give would be read beside what was chosen since.
   */
  void ownsNothing() {
    owned = List.of();
    // Only the holder of the permit writes.
    int next = dismissals + 1;
    dismissals = next;
  }

  /** Called on the loop, which hears of what {@link #ownsNothing} was called for. */
  void forgetDismissed() {
    dismissalsHeard = dismissals;
  }

  /** Queues a step, which returns what comes afterwards unless its listener ended all that. */
  private void queue(int round, Supplier<Runnable> step) {
    int heard = dismissalsHeard;
    events.inPoll(
        () -> {
          if (status.isCurrentRound(round) && heard == dismissals) {
            Runnable afterwards = step.get();
            if (heard == dismissals) {
              afterwards.run();
            }
          }
        });
  }
}

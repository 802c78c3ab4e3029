package io.millstream.produce;

import io.millstream.network.BrokerAddress;
import io.millstream.network.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Weighs the partitions of topics that get records without a key, so that a slow broker gets less
 * of them, and one that takes nothing for {@code partitioner.availability.timeout.ms} none
 * (KIP-794, adaptive). Owned by the event loop; callers see the weights in {@link KnownPartitions}.
 */
final class QueueWeights {

  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final EventLoop loop;
  private final ProduceSettings settings;
  private final ProduceLink link;
  private final RecordAccumulator accumulator;
  private final Sender sender;
  private final Announcements announcements;
  private final Map<String, TopicLoad> loads = new LinkedHashMap<>();
  private long lastNanos;
  private boolean soon = true;
  private boolean planned;

  QueueWeights(
      EventLoop loop,
      ProduceSettings settings,
      ProduceLink link,
      RecordAccumulator accumulator,
      Sender sender,
      Announcements announcements) {
    this.loop = loop;
    this.settings = settings;
    this.link = link;
    this.accumulator = accumulator;
    this.sender = sender;
    this.announcements = announcements;
  }

  /** Has the next {@link #look} weigh whatever the time, since partitions were published anew. */
  void lookSoon() {
    soon = true;
  }

  /** Weighs anew if the last time is long enough ago. */
  void look() {
    loop.assertInLoop();
    if (!settings.choosing().adaptive()) {
      return;
    }
    long now = loop.nanoTime();
    if (soon || now - lastNanos >= PERIOD_NANOS) {
      soon = false;
      lastNanos = now;
      weigh(now);
    }
  }

  private void weigh(long now) {
    List<TopicLoad> watched = watched();
    if (watched.isEmpty()) {
      return;
    }
    Set<Integer> absent = new HashSet<>();
    boolean goesOn = false;
    for (LeaderLanes group : sender.groups()) {
      boolean waits = count(group, now);
      long waited = group.waited(waits, now);
      long limit = settings.choosing().availabilityNanos();
      BrokerAddress leader = group.leader();
      if (leader != null && limit > 0) {
        goesOn |= waits;
        if (waited > limit) {
          absent.add(leader.id());
        }
      }
    }
    for (TopicLoad load : watched) {
      goesOn |= load.publish(partition -> isLedBy(absent, partition));
    }
    if (goesOn) {
      plan();
    }
  }

  /** Returns the topics whose partitions are drawn among several. */
  private List<TopicLoad> watched() {
    List<TopicLoad> watched = new ArrayList<>();
    for (TopicQueue topic : accumulator.topics()) {
      KnownPartitions known = topic.known();
      if (known != null && known.available().length > 1 && topic.sticky().inUse()) {
        TopicLoad load = loads.computeIfAbsent(topic.topic(), unknown -> new TopicLoad(topic));
        load.begin(known);
        watched.add(load);
      }
    }
    return watched;
  }

  /** Counts the batches of a leader's lanes, and says whether some of them wait to be sent. */
  private boolean count(LeaderLanes group, long now) {
    long overdue = now - settings.buffering().linger().mostNanos();
    boolean waits = false;
    for (int i = 0; i < group.size(); i++) {
      PartitionLane lane = group.inTurn(i);
      if (!lane.agenda().busy) {
        continue;
      }
      int waiting = lane.waitingBatches(overdue);
      waits |= waiting > 0;
      TopicLoad load = loads.get(lane.queue().partition().topic());
      if (load != null) {
        load.count(lane.queue().partition().partition(), waiting + lane.batchesInFlight());
      }
    }
    return waits;
  }

  private boolean isLedBy(Set<Integer> brokers, PartitionQueue queue) {
    if (brokers.isEmpty()) {
      return false;
    }
    BrokerAddress leader = link.leader(queue.partition());
    return leader != null && brokers.contains(leader.id());
  }

  /** Looks again in time, also if nothing else happens, so that no weights outlive their reason. */
  private void plan() {
    if (!planned) {
      planned = true;
      loop.schedule(
          PERIOD_NANOS,
          () -> {
            planned = false;
            announcements.nudge();
          });
    }
  }
}

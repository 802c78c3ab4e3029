package io.millstream.produce;

import io.millstream.network.BrokerAddress;
import io.millstream.network.EventLoop;
import io.millstream.network.Timer;
import io.millstream.transaction.Identities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes ready batches from the partition queues and sends them to the leaders. A broker that gets
 * one takes along what waits in its other partitions, up to {@code max.request.size}; partitions
 * that were served go behind the others. Owned by the event loop.
 */
final class Sender {

  private final EventLoop loop;
  private final ProduceSettings settings;
  private final ProduceLink link;
  private final Identities identities;
  private final BatchCompressor compressor;
  private final BatchOutcomes outcomes;
  private final EarlyEnds earlyEnds;
  private final Map<PartitionQueue, PartitionLane> lanes = new HashMap<>();
  private final Set<PartitionLane> active = new LinkedHashSet<>();
  private final Set<BrokerAddress> connecting = new LinkedHashSet<>();
  private @Nullable Timer timer;
  private long nextLookNanos;
  private boolean hurried;

  Sender(
      EventLoop loop,
      ProduceSettings settings,
      ProduceLink link,
      Identities identities,
      BatchCompressor compressor,
      BatchOutcomes outcomes) {
    this.loop = loop;
    this.settings = settings;
    this.link = link;
    this.identities = identities;
    this.compressor = compressor;
    this.outcomes = outcomes;
    this.earlyEnds = new EarlyEnds(settings, link, outcomes.texts(), outcomes.callbacks());
  }

  /** Returns the lanes that have something, those that were served last at the end. */
  Set<PartitionLane> active() {
    return active;
  }

  /** Says whether nothing waits and nothing is in flight. */
  boolean isEmpty() {
    return active.isEmpty();
  }

  /** Has a queue looked at with the next {@link #look}. */
  void take(PartitionQueue queue) {
    loop.assertInLoop();
    queue.lowerAnnouncement();
    active.add(
        lanes.computeIfAbsent(
            queue, created -> new PartitionLane(created, settings.delivery(), identities)));
  }

  /** Opens all lanes before their time, since the leaders may have changed. */
  void hurryAll() {
    active.forEach(PartitionLane::hurry);
  }

  /**
   * Has all fail that was taken and is not in flight, each with the next {@link #look} at which
   * nothing of its partition is before it.
   */
  void refuse(RuntimeException exception) {
    loop.assertInLoop();
    for (PartitionLane lane : active) {
      seal(lane);
      lane.refuse(new PartitionLane.Refusal(exception, lane.queue().nextRecord()));
    }
  }

  /**
   * Sends what can leave, and plans when to look again.
   *
   * @param hurry whether open batches leave at once, whatever {@code linger.ms} says
   */
  void look(boolean hurry) {
    loop.assertInLoop();
    hurried = hurry;
    long now = loop.nanoTime();
    nextLookNanos = Long.MAX_VALUE;
    active.removeIf(PartitionLane::isEmpty);
    Map<BrokerAddress, List<PartitionLane>> byLeader = new LinkedHashMap<>();
    for (PartitionLane lane : List.copyOf(active)) {
      sealIfDue(lane, now);
      // Behind the sealing, so that what has just been sealed is looked at again in time.
      earlyEnds.endRefused(lane);
      lookAgainAt(earlyEnds.expire(lane, now));
      BrokerAddress leader = link.leader(lane.queue().partition());
      if (leader == null) {
        link.use(lane.queue().partition().topic());
        link.refresh("no leader of " + lane.queue().partition() + " is known");
        lookAgainAt(now + settings.patience().backoff().initialNanos());
      } else if (lane.open(now, leader)) {
        byLeader.computeIfAbsent(leader, key -> new ArrayList<>()).add(lane);
      } else {
        lookAgainAt(lane.delayedUntilNanos());
      }
    }
    byLeader.forEach((leader, waiting) -> serve(leader, waiting, now));
    // What has expired just now may have been the last.
    active.removeIf(PartitionLane::isEmpty);
    plan(now);
  }

  private void sealIfDue(PartitionLane lane, long now) {
    long since = lane.queue().openSinceNanos();
    if (since == Long.MAX_VALUE) {
      return;
    }
    long due = since + settings.buffering().lingerNanos();
    if (hurried || due - now <= 0) {
      seal(lane);
    } else {
      lookAgainAt(due);
    }
  }

  private void seal(PartitionLane lane) {
    lane.queue().sealOpen();
    compressor.compressSealed(lane.queue());
  }

  private void serve(BrokerAddress broker, List<PartitionLane> waiting, long now) {
    while (waiting.stream().anyMatch(lane -> lane.open(now, broker) && lane.next() != null)) {
      if (!link.usable(broker)) {
        connect(broker);
        return;
      }
      if (link.inFlight(broker) >= settings.delivery().maxInFlight()) {
        return;
      }
      ProduceCall call = gather(broker, waiting, now);
      if (call.isEmpty()) {
        return;
      }
      link.send(broker, call);
    }
  }

  private void connect(BrokerAddress broker) {
    if (connecting.add(broker)) {
      link.connect(
          broker,
          () -> {
            connecting.remove(broker);
            outcomes.over();
          });
    }
  }

  private ProduceCall gather(BrokerAddress broker, List<PartitionLane> waiting, long now) {
    ProduceCall call =
        new ProduceCall(
            broker,
            settings.delivery().acks(),
            (int) TimeUnit.NANOSECONDS.toMillis(settings.patience().requestNanos()),
            outcomes);
    Set<PartitionLane> served = new LinkedHashSet<>();
    for (PartitionLane lane : waiting) {
      if (!lane.open(now, broker)) {
        continue;
      }
      if (lane.nothingSealed()) {
        seal(lane);
      }
      ProducerBatch next = lane.next();
      if (next == null) {
        continue;
      }
      if (!call.isEmpty()
          && call.bytes() + next.writer().wireBytes() > settings.delivery().maxRequestBytes()) {
        break;
      }
      ProducerBatch taken = lane.take(broker);
      if (taken != null) {
        String topic = taken.partition().topic();
        link.use(topic);
        call.add(lane, taken, link.topicId(topic));
        served.add(lane);
      }
    }
    // Behind those that did not get their turn.
    waiting.removeAll(served);
    waiting.addAll(served);
    for (PartitionLane lane : served) {
      active.remove(lane);
      active.add(lane);
    }
    return call;
  }

  private void lookAgainAt(long nanos) {
    if (nanos != Long.MAX_VALUE && (nextLookNanos == Long.MAX_VALUE || nanos - nextLookNanos < 0)) {
      nextLookNanos = nanos;
    }
  }

  private void plan(long now) {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (nextLookNanos != Long.MAX_VALUE) {
      timer = loop.schedule(nextLookNanos - now, outcomes::over);
    }
  }
}

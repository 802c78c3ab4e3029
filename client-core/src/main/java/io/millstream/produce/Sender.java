package io.millstream.produce;

import io.millstream.network.BrokerAddress;
import io.millstream.network.EventLoop;
import io.millstream.network.Timer;
import io.millstream.transaction.BatchScope;
import io.millstream.transaction.Identities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes ready batches from the partition queues and sends them to the leaders. A broker that gets
 * one takes along what waits in its other partitions, up to {@code max.request.size}; partitions
 * that were served go behind the others. Only those leaders are looked at for whose lanes something
 * has changed, so that thousands of partitions cost no more than those that are in use. Owned by
 * the event loop.
 */
final class Sender {

  private final EventLoop loop;
  private final ProduceSettings settings;
  private final ProduceLink link;
  private final Identities identities;
  private final BatchCompressor compressor;
  private final BatchOutcomes outcomes;
  private final BatchScope scope;
  private final EarlyEnds earlyEnds;
  private final Map<PartitionQueue, PartitionLane> lanes = new HashMap<>();

  /** The lanes that have something, with where they are among these: */
  private final Map<PartitionLane, LeaderLanes> active = new LinkedHashMap<>();

  private final Map<BrokerAddress, LeaderLanes> byLeader = new LinkedHashMap<>();
  private final LeaderLanes withoutLeader = new LeaderLanes(null);
  private final Set<PartitionLane> changed = new LinkedHashSet<>();
  private final Set<BrokerAddress> connecting = new LinkedHashSet<>();
  private @Nullable Timer timer;
  private boolean leadersChanged;
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
    this.scope = outcomes.scope();
    this.earlyEnds = new EarlyEnds(settings, link, outcomes.texts(), outcomes.callbacks(), scope);
  }

  /** Returns the lanes that have something. */
  Collection<PartitionLane> active() {
    return active.keySet();
  }

  /** Says whether nothing waits and nothing is in flight. */
  boolean isEmpty() {
    return active.isEmpty();
  }

  /** Has a queue looked at with the next {@link #look}. */
  void take(PartitionQueue queue) {
    loop.assertInLoop();
    queue.lowerAnnouncement();
    PartitionLane lane =
        lanes.computeIfAbsent(
            queue,
            created -> new PartitionLane(created, settings.delivery(), identities, changed::add));
    if (!active.containsKey(lane)) {
      join(lane);
    }
    changed.add(lane);
  }

  private void join(PartitionLane lane) {
    BrokerAddress leader = link.leader(lane.queue().partition());
    LeaderLanes group =
        leader == null ? withoutLeader : byLeader.computeIfAbsent(leader, LeaderLanes::new);
    group.add(lane);
    active.put(lane, group);
  }

  private void leave(PartitionLane lane) {
    LeaderLanes group = active.remove(lane);
    if (group != null) {
      group.remove(lane);
    }
  }

  /** Looks for the leaders anew with the next {@link #look}. */
  void leadersMayHaveMoved() {
    leadersChanged = true;
  }

  /** Has all lanes looked at, since one may have waited for an identity or a transaction. */
  void lookAtAllLanes() {
    loop.assertInLoop();
    groups().forEach(LeaderLanes::change);
  }

  /**
   * Has all fail that was taken and is not in flight, each with the next {@link #look} at which
   * nothing of its partition is before it.
   */
  void refuse(RuntimeException exception) {
    loop.assertInLoop();
    for (PartitionLane lane : active.keySet()) {
      seal(lane);
      lane.refuse(new Refusal(exception, lane.queue().nextRecord()));
    }
  }

  /**
   * Sends what can leave, and plans when to look again.
   *
   * @param hurry whether open batches leave at once, whatever {@code linger.ms} says
   */
  void look(boolean hurry) {
    loop.assertInLoop();
    long now = loop.nanoTime();
    if (leadersChanged) {
      leadersChanged = false;
      regroup();
    }
    if (hurry && !hurried) {
      // From here on whatever is begun is announced, and so looked at.
      groups().forEach(LeaderLanes::change);
    }
    hurried = hurry;
    for (PartitionLane lane : List.copyOf(changed)) {
      LeaderLanes group = active.get(lane);
      if (group != null) {
        group.change();
      }
    }
    changed.clear();
    for (LeaderLanes group : groups()) {
      if (group.beginLook(now, takesRequests(group))) {
        look(group, now);
      }
    }
    byLeader.values().removeIf(LeaderLanes::isEmpty);
    plan(now);
  }

  /** Returns the lanes that have something, by their leaders. */
  List<LeaderLanes> groups() {
    List<LeaderLanes> groups = new ArrayList<>(byLeader.values());
    groups.add(withoutLeader);
    return groups;
  }

  private void regroup() {
    for (PartitionLane lane : List.copyOf(active.keySet())) {
      LeaderLanes group = active.get(lane);
      BrokerAddress leader = link.leader(lane.queue().partition());
      // Those that stay keep their turn.
      if (group != null && !Objects.equals(group.leader(), leader)) {
        leave(lane);
        join(lane);
        lane.hurry();
      }
    }
    groups().forEach(LeaderLanes::change);
  }

  private boolean takesRequests(LeaderLanes group) {
    BrokerAddress leader = group.leader();
    return leader != null && link.inFlight(leader) < settings.delivery().maxInFlight();
  }

  private void look(LeaderLanes group, long now) {
    BrokerAddress leader = group.leader();
    List<PartitionLane> waiting = new ArrayList<>();
    Set<PartitionLane> due = new HashSet<>();
    for (PartitionLane lane : group.inOrder()) {
      // Asked once, since it takes the lock; whatever is begun from here on is announced.
      long openSince = lane.queue().openSinceNanos();
      sealIfExpired(group, lane, openSince, now);
      earlyEnds.endRefused(lane);
      // Behind the sealing, so that what has just been sealed is looked at again in time.
      group.lookAgainAt(earlyEnds.expire(lane, now));
      if (lane.isEmpty()) {
        leave(lane);
      } else if (scope.admits(lane.queue().partition()) && isOpen(group, lane, now)) {
        waiting.add(lane);
        if (isDue(group, openSince, now)) {
          due.add(lane);
        }
      }
    }
    if (leader != null) {
      serve(group, leader, new Turn(waiting, due, now));
    }
  }

  /** Says whether something of a lane could leave now; else it is looked at again in time. */
  private boolean isOpen(LeaderLanes group, PartitionLane lane, long now) {
    BrokerAddress leader = group.leader();
    if (leader == null) {
      link.use(lane.queue().partition().topic());
      link.refresh("no leader of " + lane.queue().partition() + " is known");
      group.lookAgainAt(now + settings.patience().backoff().initialNanos());
      return false;
    }
    if (!lane.open(now, leader)) {
      group.lookAgainAt(lane.delayedUntilNanos());
      return false;
    }
    return true;
  }

  /**
   * Says whether the open batch of a lane need not wait for more records. It is sealed only when it
   * leaves, and goes on growing while it cannot.
   */
  private boolean isDue(LeaderLanes group, long since, long now) {
    if (since == Long.MAX_VALUE) {
      return false;
    }
    long due = since + settings.buffering().lingerNanos();
    if (hurried || due - now <= 0) {
      return true;
    }
    group.lookAgainAt(due);
    return false;
  }

  private void sealIfExpired(LeaderLanes group, PartitionLane lane, long since, long now) {
    if (since == Long.MAX_VALUE) {
      return;
    }
    long expiry = since + settings.patience().deliveryNanos();
    if (expiry - now <= 0) {
      seal(lane);
    } else {
      group.lookAgainAt(expiry);
    }
  }

  /**
   * The lanes of a leader that something could leave of at a moment.
   *
   * @param waiting in the order of their turns
   * @param due those whose open batch need not wait for more records
   */
  private record Turn(List<PartitionLane> waiting, Set<PartitionLane> due, long now) {

    boolean hasSome(BrokerAddress broker) {
      for (PartitionLane lane : waiting) {
        if (lane.open(now, broker)
            && (lane.next() != null || (due.contains(lane) && lane.nothingSealed()))) {
          return true;
        }
      }
      return false;
    }
  }

  private void seal(PartitionLane lane) {
    lane.queue().sealOpen();
    compressor.compressSealed(lane.queue());
  }

  private void serve(LeaderLanes group, BrokerAddress broker, Turn turn) {
    while (turn.hasSome(broker)) {
      if (!link.usable(broker)) {
        connect(broker);
        return;
      }
      if (!takesRequests(group)) {
        group.holdBack();
        return;
      }
      ProduceCall call = gather(group, broker, turn);
      if (call.isEmpty()) {
        return;
      }
      call.leaves(turn.now);
      group.took(turn.now);
      link.send(broker, call);
    }
  }

  private void connect(BrokerAddress broker) {
    if (connecting.add(broker)) {
      link.connect(
          broker,
          () -> {
            connecting.remove(broker);
            LeaderLanes group = byLeader.get(broker);
            if (group != null) {
              group.change();
            }
            outcomes.lookAgain();
          });
    }
  }

  private ProduceCall gather(LeaderLanes group, BrokerAddress broker, Turn turn) {
    ProduceCall call =
        new ProduceCall(
            broker,
            settings.delivery().acks(),
            (int) TimeUnit.NANOSECONDS.toMillis(settings.patience().requestNanos()),
            outcomes,
            scope,
            outcomes.callbacks().metrics());
    Set<PartitionLane> served = new LinkedHashSet<>();
    for (PartitionLane lane : turn.waiting) {
      if (!lane.open(turn.now, broker)) {
        continue;
      }
      if (lane.nothingSealed()) {
        seal(lane);
      }
      turn.due.remove(lane);
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
    turn.waiting.removeAll(served);
    turn.waiting.addAll(served);
    group.moveBehind(served);
    return call;
  }

  private void plan(long now) {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    LeaderLanes earliest = withoutLeader;
    for (LeaderLanes group : byLeader.values()) {
      if (earliest.nextLookNanos() == Long.MAX_VALUE
          || (group.nextLookNanos() != Long.MAX_VALUE
              && group.nextLookNanos() - earliest.nextLookNanos() < 0)) {
        earliest = group;
      }
    }
    if (earliest.nextLookNanos() != Long.MAX_VALUE) {
      timer = loop.schedule(earliest.nextLookNanos() - now, outcomes::lookAgain);
    }
  }
}

package io.millstream.produce;

import io.millstream.network.BrokerAddress;
import io.millstream.network.EventLoop;
import io.millstream.network.Timer;
import io.millstream.transaction.BatchScope;
import io.millstream.transaction.Identities;
import java.util.ArrayList;
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
 * one takes along what has waited in its other partitions for half of {@code linger.ms}, or is half
 * full, up to {@code max.request.size}; partitions that were served go behind the others. Only
 * those lanes are looked at that have changed, and all of a leader when a moment has come, so that
 * thousands of partitions cost no more than those that are in use. Owned by the event loop.
 */
final class Sender {

  private final EventLoop loop;
  private final ProduceSettings settings;
  private final ProduceLink link;
  private final Identities identities;
  private final BatchCompressor compressor;
  private final BatchOutcomes outcomes;
  private final BatchScope scope;
  private final Linger linger;
  private final EarlyEnds earlyEnds;
  private final Map<BrokerAddress, LeaderLanes> byLeader = new LinkedHashMap<>();
  private final LeaderLanes withoutLeader = new LeaderLanes(null);
  private final Set<BrokerAddress> connecting = new LinkedHashSet<>();
  private List<PartitionLane> noted = new ArrayList<>();
  private List<PartitionLane> looked = new ArrayList<>();
  private int busyLanes;
  private @Nullable Timer timer;
  private long timerNanos;
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
    this.linger = settings.buffering().linger();
    this.earlyEnds = new EarlyEnds(settings, link, outcomes.texts(), outcomes.callbacks(), scope);
  }

  /** Returns the lanes that have something. */
  List<PartitionLane> active() {
    List<PartitionLane> active = new ArrayList<>(busyLanes);
    groups().forEach(group -> group.addBusyTo(active));
    return active;
  }

  /** Says whether nothing waits and nothing is in flight. */
  boolean isEmpty() {
    return busyLanes == 0;
  }

  /** Has a queue looked at with the next {@link #look}. */
  void take(PartitionQueue queue) {
    loop.assertInLoop();
    queue.lowerAnnouncement();
    PartitionLane lane = queue.lane();
    if (lane == null) {
      lane = new PartitionLane(queue, settings.delivery(), identities, this::note);
      queue.lane(lane);
    }
    if (!lane.agenda().busy) {
      lane.agenda().busy = true;
      busyLanes++;
    }
    if (lane.agenda().group == null) {
      join(lane);
    }
    note(lane);
  }

  private void note(PartitionLane lane) {
    if (!lane.agenda().noted) {
      lane.agenda().noted = true;
      noted.add(lane);
    }
  }

  private void join(PartitionLane lane) {
    BrokerAddress leader = link.leader(lane.queue().partition());
    LeaderLanes group =
        leader == null ? withoutLeader : byLeader.computeIfAbsent(leader, LeaderLanes::new);
    group.add(lane);
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
    for (PartitionLane lane : active()) {
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
    lookAtNoted(now);
    for (LeaderLanes group : groups()) {
      group.answered(inFlight(group) > 0);
      if (group.beginLook(now, takesRequests(group))) {
        group.sweep();
        for (int i = 0; i < group.size(); i++) {
          look(group, group.inTurn(i), now);
        }
      }
      if (group.offering()) {
        serve(group, now);
      }
    }
    plan(now);
  }

  private void lookAtNoted(long now) {
    List<PartitionLane> lanes = noted;
    noted = looked;
    looked = lanes;
    for (PartitionLane lane : lanes) {
      lane.agenda().noted = false;
      LeaderLanes group = lane.agenda().group;
      if (group != null) {
        look(group, lane, now);
      }
    }
    lanes.clear();
  }

  /** Returns all lanes, by their leaders. */
  List<LeaderLanes> groups() {
    List<LeaderLanes> groups = new ArrayList<>(byLeader.values());
    groups.add(withoutLeader);
    return groups;
  }

  private void regroup() {
    List<LeaderLanes> before = groups();
    for (PartitionLane lane : active()) {
      LeaderLanes group = lane.agenda().group;
      BrokerAddress leader = link.leader(lane.queue().partition());
      // Those that stay keep their turn.
      if (group != null && !Objects.equals(group.leader(), leader)) {
        lane.agenda().group = null;
        join(lane);
        lane.hurry();
      }
    }
    for (LeaderLanes group : before) {
      // Those that have nothing may have another leader, too.
      group.releaseIdle();
      group.sweep();
    }
    byLeader.values().removeIf(group -> group.size() == 0);
    groups().forEach(LeaderLanes::change);
  }

  private int inFlight(LeaderLanes group) {
    BrokerAddress leader = group.leader();
    return leader == null ? 0 : link.inFlight(leader);
  }

  private boolean takesRequests(LeaderLanes group) {
    return group.leader() != null && inFlight(group) < settings.delivery().maxInFlight();
  }

  private void look(LeaderLanes group, PartitionLane lane, long now) {
    if (!lane.agenda().busy) {
      return;
    }
    // Asked once, since it takes the lock; whatever is begun from here on is announced.
    long openSince = lane.queue().openSinceNanos();
    sealIfExpired(group, lane, openSince, now);
    earlyEnds.endRefused(lane);
    // Behind the sealing, so that what has just been sealed is looked at again in time.
    group.lookAgainAt(earlyEnds.expire(lane, now));
    if (lane.isEmpty()) {
      lane.agenda().busy = false;
      busyLanes--;
    } else if (scope.admits(lane.queue().partition()) && isOpen(group, lane, now)) {
      lookForWhatCanLeave(group, lane, openSince, now);
    }
  }

  private void lookForWhatCanLeave(
      LeaderLanes group, PartitionLane lane, long openSince, long now) {
    boolean due = isDue(group, openSince, now);
    lane.agenda().due = due;
    lane.agenda().dueBegunNanos = openSince;
    if (lane.next() != null || (due && lane.nothingSealed())) {
      group.offer();
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
    long due = linger.dueNanos(since, group.lastLeftNanos(), inFlight(group) > 0);
    if (hurried || due - now <= 0) {
      return true;
    }
    group.dueAt(due);
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

  private void seal(PartitionLane lane) {
    lane.queue().sealOpen();
    compressor.compressSealed(lane.queue());
  }

  private void serve(LeaderLanes group, long now) {
    BrokerAddress broker = group.leader();
    // Where it takes no more requests, its next answer has it served again.
    while (broker != null && group.offering() && takesRequests(group)) {
      if (!link.usable(broker)) {
        connect(broker);
        return;
      }
      ProduceCall call = gather(group, broker, now);
      if (!call.isEmpty()) {
        call.leaves(now);
        group.left(now);
        link.send(broker, call);
      }
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

  /** Fills a request, and notes whether something is left that could go with another one. */
  private ProduceCall gather(LeaderLanes group, BrokerAddress broker, long now) {
    ProduceCall call =
        new ProduceCall(
            broker,
            settings.delivery().acks(),
            (int) TimeUnit.NANOSECONDS.toMillis(settings.patience().requestNanos()),
            outcomes,
            scope,
            outcomes.callbacks().metrics());
    long takesAlong = hurried ? now : now - linger.leastNanosInCompany();
    group.offerNothing();
    int turnsOver = 0;
    for (int i = 0; i < group.size(); i++) {
      PartitionLane lane = group.inTurn(i);
      ProducerBatch next = mayLeave(lane, broker, now, takesAlong);
      if (next == null) {
        continue;
      }
      if (!call.isEmpty()
          && call.bytes() + next.writer().wireBytes() > settings.delivery().maxRequestBytes()) {
        group.offer();
        break;
      }
      ProducerBatch taken = lane.take(broker);
      if (taken != null) {
        String topic = taken.partition().topic();
        link.use(topic);
        call.add(lane, taken, link.topicId(topic));
        turnsOver = i + 1;
        if (lane.next() != null || lane.agenda().due) {
          group.offer();
        }
      }
    }
    // Behind those that did not get their turn.
    group.passTurn(turnsOver);
    return call;
  }

  /** Returns the batch of a lane that may leave now, null if there is none. */
  private @Nullable ProducerBatch mayLeave(
      PartitionLane lane, BrokerAddress broker, long now, long takesAlong) {
    if (!lane.agenda().busy || !scope.admits(lane.queue().partition()) || !lane.open(now, broker)) {
      return null;
    }
    if (lane.nothingSealed()) {
      LaneAgenda agenda = lane.agenda();
      boolean isDue = agenda.due && agenda.dueBegunNanos - takesAlong > 0;
      if (!lane.queue().openIsWorthSending(isDue ? agenda.dueBegunNanos : takesAlong)) {
        return null;
      }
      agenda.due = false;
      seal(lane);
    }
    return lane.next();
  }

  private void plan(long now) {
    long earliest = withoutLeader.nextLookNanos(false);
    for (LeaderLanes group : byLeader.values()) {
      earliest = LeaderLanes.earlier(earliest, group.nextLookNanos(takesRequests(group)));
    }
    if (timer != null && timerNanos != earliest) {
      timer.cancel();
      timer = null;
    }
    if (timer == null && earliest != Long.MAX_VALUE) {
      timerNanos = earliest;
      timer = loop.schedule(earliest - now, this::timeHasCome);
    }
  }

  private void timeHasCome() {
    timer = null;
    outcomes.lookAgain();
  }
}

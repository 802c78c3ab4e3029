package io.millstream.group;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.ConsumerPartitionAssignor;
import io.millstream.clients.consumer.ConsumerPartitionAssignor.Assignment;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.FencedInstanceIdException;
import io.millstream.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Membership in a group by the classic protocol, eager: all partitions are given up before
 * JoinGroup is sent. Owned by the event loop; what runs on the polling thread goes there as a step.
 */
final class ClassicMember implements Heartbeats.Listener, JoinRound.Listener, Standing.Member {

  private static final Logger LOG = LoggerFactory.getLogger(ClassicMember.class);

  /** What is done on the loop before a step that ends something; runs its argument when done. */
  interface Preparation {
    void run(long deadlineNanos, Runnable done);
  }

  private final CoordinatorCalls calls;
  private final GroupSettings settings;
  private final JoinRound.Collaborators collaborators;
  private final MemberStatus status;
  private final PollSteps steps;
  private final Heartbeats heartbeats;
  private final Standing standing;
  private final PollWatch pollWatch;
  private final Farewell farewell;
  private final MemberTopics topics;
  private final MemberEvents events;
  private final List<Runnable> whenDeparted = new ArrayList<>();
  private Preparation beforeRevocation = (deadlineNanos, done) -> done.run();
  private Preparation beforeFarewell = (deadlineNanos, done) -> done.run();

  /** How often the membership has ended since there was an assignment. */
  private int failures;

  /** From JoinGroup to the assignment, else null. */
  private @Nullable JoinRound round;

  ClassicMember(
      CoordinatorCalls calls,
      GroupSettings settings,
      GroupTopics topics,
      MemberEvents events,
      Side consumer) {
    this.calls = calls;
    this.settings = settings;
    this.topics = new MemberTopics(topics);
    this.events = events;
    this.status = new MemberStatus(settings.identity());
    this.collaborators = new JoinRound.Collaborators(consumer.assignors, topics, events, this);
    this.steps = new PollSteps(logName(), status, events, consumer.assignee);
    this.standing = new Standing(settings, status, this);
    this.heartbeats = new Heartbeats(calls, status, settings, this);
    this.pollWatch =
        new PollWatch(calls.loop(), consumer.polling, settings, this::leaveForMissedPoll);
    this.farewell = new Farewell(calls, settings);
    topics.onChange(this::topicsChanged);
  }

  /** The consumer: who gets the partitions, how the leader divides them, when it was polled. */
  record Side(Assignee assignee, List<ConsumerPartitionAssignor> assignors, PollActivity polling) {}

  /** Has something done, such as a commit, before partitions are given up. */
  void before(Preparation task) {
    beforeRevocation = task;
  }

  /** Has something done before the coordinator hears that the member goes: it settles commits. */
  void beforeFarewell(Preparation task) {
    beforeFarewell = task;
  }

  MemberStatus status() {
    return status;
  }

  /** Returns the membership as commits see it. */
  Membership standing() {
    return standing;
  }

  /** Called by the holder of the poll permit. */
  void assignmentTaken() {
    steps.ownsNothing();
  }

  /** Any thread. */
  ConsumerGroupMetadata metadata() {
    return status.published();
  }

  /** Sets the topics; the member joins, or joins again, in the next poll. */
  void subscribe(Set<String> wanted) {
    calls.loop().assertInLoop();
    boolean changed = topics.subscribe(wanted);
    if (status.state() == MemberState.UNJOINED || status.state() == MemberState.FAILED) {
      prepare("the consumer subscribed to " + topics.subscribed());
    } else if (changed && status.state() == MemberState.STABLE) {
      prepare("the subscription is now " + topics.subscribed());
    }
  }

  /**
   * Ends the membership; {@code done} runs when the coordinator knows, or cannot be told in time.
   */
  void leave(String why, long deadlineNanos, Runnable done) {
    calls.loop().assertInLoop();
    topics.forget();
    pollWatch.stop();
    steps.forgetDismissed();
    if (status.state() == MemberState.UNJOINED) {
      done.run();
    } else {
      whenDeparted.add(done);
      if (status.state() != MemberState.LEAVING) {
        depart(why, deadlineNanos);
      }
    }
  }

  private void depart(String why, long deadlineNanos) {
    endRound();
    heartbeats.stop();
    int number = status.newRound();
    status.transition(MemberState.LEAVING, why);
    // A poll must not wait for the answer to LeaveGroup: what is still owned is gone already.
    steps.lose(number, why, () -> {});
    String memberId = status.memberId();
    status.membershipLost();
    beforeFarewell.run(
        Farewell.latestNanos(calls.loop().nanoTime(), deadlineNanos),
        () -> farewell.say(memberId, why, deadlineNanos, () -> departed(why)));
  }

  private void departed(String why) {
    if (!isSubscribed()) {
      status.transition(MemberState.UNJOINED, "left the group");
    } else {
      prepare(why);
    }
    List<Runnable> told = List.copyOf(whenDeparted);
    whenDeparted.clear();
    told.forEach(Runnable::run);
  }

  private void leaveForMissedPoll() {
    long deadlineNanos = calls.loop().nanoTime() + settings.requestTimeoutNanos();
    depart("there was no poll within max.poll.interval.ms", deadlineNanos);
  }

  /** The group needs this member to rebalance, unless a rebalance is already under way. */
  @Override
  public void rejoin(String why) {
    if (status.state() == MemberState.STABLE) {
      prepare(why);
    }
  }

  @Override
  public void generationRefused(GroupVerdict verdict, String why) {
    if (status.state() != MemberState.STABLE && status.state() != MemberState.PREPARING) {
      // JoinGroup or SyncGroup is under way, and its answer will tell.
      return;
    }
    if (verdict == GroupVerdict.MEMBERSHIP_LOST) {
      status.membershipLost();
    } else {
      status.generationLost();
    }
    heartbeats.stop();
    prepare(why);
  }

  /** First half of a rebalance: what was owned is given up on the polling thread. */
  private void prepare(String why) {
    endRound();
    status.transition(MemberState.PREPARING, why);
    LOG.info("{}: rebalances: {}", logName(), why);
    int number = status.newRound();
    List<String> wanted = topics.subscribed();
    Runnable enter = () -> enter(number, wanted, why);
    if (!status.generation().isValid()) {
      steps.lose(number, why, enter);
      return;
    }
    long deadlineNanos = calls.loop().nanoTime() + settings.maxPollIntervalNanos();
    Runnable revoke = inRound(number, () -> steps.revoke(number, why, enter));
    steps.hold(number, inRound(number, () -> beforeRevocation.run(deadlineNanos, revoke)));
  }

  /**
   * Second half, called on the polling thread: asks the assignors what they have to say, and joins.
   */
  private void enter(int number, List<String> wanted, String why) {
    Map<String, @Nullable ByteBuffer> userData = new HashMap<>();
    for (ConsumerPartitionAssignor assignor : collaborators.assignors()) {
      try {
        userData.put(assignor.name(), assignor.subscriptionUserData(new TreeSet<>(wanted)));
      } catch (RuntimeException | Error e) {
        assignorFailed(number, assignor, e);
        return;
      }
    }
    JoinRound.Entry entry = new JoinRound.Entry(number, wanted, userData, why);
    inRound(
            number,
            () -> {
              pollWatch.start();
              round = new JoinRound(calls, status, settings, collaborators, entry);
              round.join(why);
            })
        .run();
  }

  /**
   * Called on the polling thread. An assignor may be the user's: what it throws belongs into poll.
   */
  private void assignorFailed(int number, ConsumerPartitionAssignor assignor, Throwable cause) {
    KafkaException failure =
        new KafkaException("The assignor " + assignor.name() + " failed: " + cause, cause);
    inRound(number, () -> fail(failure)).run();
  }

  /** Returns a task for any thread that runs another one on the loop, if that is not overtaken. */
  private Runnable inRound(int number, Runnable onLoop) {
    Runnable unlessOvertaken =
        () -> {
          if (status.isCurrentRound(number)) {
            onLoop.run();
          }
        };
    return () -> calls.onLoop(unlessOvertaken);
  }

  private void endRound() {
    topics.leadsNothing();
    if (round != null) {
      round.cancel();
      round = null;
    }
  }

  @Override
  public void joined(Generation generation, boolean leads) {
    LOG.info(
        "{}: joined as member {}, generation {}{}",
        logName(),
        generation.memberId(),
        generation.id(),
        leads ? ", as its leader" : "");
    topics.leadsNothing();
    if (!leads) {
      topics.want();
    }
    heartbeats.start();
  }

  @Override
  public void leads(Set<String> all) {
    topics.leads(all);
  }

  @Override
  public void divides(LedTopics divided) {
    topics.divides(divided);
  }

  @Override
  public void synced(ConsumerPartitionAssignor assignor, Assignment assignment) {
    JoinRound finished = Objects.requireNonNull(round);
    failures = 0;
    status.transition(MemberState.STABLE, "generation " + status.generation().id());
    ConsumerGroupMetadata metadata = status.published();
    int number = status.newRound();
    steps.assign(
        number,
        List.copyOf(assignment.partitions()),
        () -> {
          try {
            assignor.onAssignment(assignment, metadata);
          } catch (RuntimeException | Error e) {
            assignorFailed(number, assignor, e);
          }
        });
    round = null;
    List<String> subscribed = topics.subscribed();
    if (!finished.topics().equals(subscribed)) {
      prepare("the subscription is now " + subscribed);
    } else if (assignment.partitions().stream().anyMatch(p -> !topics.isSubscribed(p.topic()))) {
      prepare("the assignment names topics that are not subscribed");
    } else {
      topicsChanged();
    }
  }

  @Override
  public void roundFailed(RuntimeException cause) {
    fail(cause);
  }

  @Override
  public void heartbeatAnswered(ErrorCode error) {
    standing.heartbeatAnswered(error);
  }

  @Override
  public void heartbeatFailed(RuntimeException cause) {
    fail(cause);
  }

  @Override
  public void sessionExpired(long silentSeconds, boolean again) {
    String why = "the coordinator answered no heartbeat for " + silentSeconds + " s";
    if (round == null) {
      // Mostly the coordinator has failed, and its successor takes the members over as they are. To
      // give up the partitions would stop all reading for as long as there is none.
      LOG.atLevel(again ? Level.DEBUG : Level.WARN)
          .log(
              "{}: {}; reading goes on, but the partitions may be given to others, and nothing can be"
                  + " committed before there is a coordinator",
              logName(),
              why);
      heartbeats.startAtOnce();
    } else {
      status.generationLost();
      round.restart(why);
    }
  }

  private void topicsChanged() {
    String changes = topics.changes();
    if (status.state() == MemberState.STABLE && !changes.isEmpty()) {
      prepare(changes);
    }
  }

  @Override
  public boolean isSubscribed() {
    return topics.isSubscribed();
  }

  @Override
  public void fail(RuntimeException cause) {
    if (status.state() != MemberState.STABLE && !status.state().isRebalancing()) {
      return;
    }
    LOG.error("{}: the membership has ended: {}", logName(), cause.getMessage());
    endRound();
    heartbeats.stop();
    pollWatch.stop();
    int number = status.newRound();
    status.transition(MemberState.FAILED, String.valueOf(cause.getMessage()));
    Generation last = status.generation();
    status.membershipLost();
    if (last.isValid()) {
      long deadlineNanos = calls.loop().nanoTime() + settings.requestTimeoutNanos();
      farewell.say(last.memberId(), "the membership has failed", deadlineNanos, () -> {});
    }
    // Before the poll that throws, so that none after it hands out what others may have.
    steps.lose(number, String.valueOf(cause.getMessage()), () -> {});
    // Another instance that has taken over would be thrown out in its turn.
    boolean lasting = cause instanceof FencedInstanceIdException;
    events.failed(cause, lasting ? null : inRound(number, () -> tryAgain(number, cause)));
  }

  /** The application has heard of the failure, and goes on polling: what it was may be mended. */
  private void tryAgain(int number, RuntimeException cause) {
    failures++;
    calls
        .loop()
        .schedule(
            settings.backOffNanos().applyAsLong(failures),
            inRound(number, () -> prepare("it failed before: " + cause.getMessage())));
  }

  private String logName() {
    return settings.identity().logName();
  }
}

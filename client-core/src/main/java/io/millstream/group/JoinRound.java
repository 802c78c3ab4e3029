package io.millstream.group;

import io.millstream.clients.consumer.ConsumerPartitionAssignor;
import io.millstream.clients.consumer.ConsumerPartitionAssignor.Assignment;
import io.millstream.clients.consumer.ConsumerPartitionAssignor.Subscription;
import io.millstream.cluster.GroupAccess;
import io.millstream.common.Cluster;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.InconsistentGroupProtocolException;
import io.millstream.common.errors.RetriableException;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.JoinGroupResponse;
import io.millstream.protocol.SyncGroupRequest;
import io.millstream.protocol.SyncGroupResponse;
import io.millstream.wire.MalformedFrameException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from JoinGroup to an assignment, in as many attempts as it takes. Owned by the event
 * loop.
 *
 * <pre>
 *   JOINING ── JoinGroup answered ──┬─ follower ──────────────────────────────► SYNCING ─► assigned
 *      ▲                            └─ leader ─► topics known ─► ASSIGNING (poll) ─►┘
 *      └── the group rebalances again, or the member is unknown ────────────────────┘
 * </pre>
 */
final class JoinRound {

  private static final Logger LOG = LoggerFactory.getLogger(JoinRound.class);

  /** Hears how a round goes on; it ends with synced or roundFailed. */
  interface Listener {

    /** A new generation was entered; heartbeats begin anew. */
    void joined(Generation generation, boolean leads);

    /** The member leads the generation, and has to know all topics of the group. */
    void leads(Set<String> topicsOfTheGroup);

    /** As leader, the member divides these partitions; a change of them needs a rebalance. */
    void divides(LedTopics divided);

    /** The assignment is known. */
    void synced(ConsumerPartitionAssignor assignor, Assignment assignment);

    /** No further attempt would help. */
    void roundFailed(RuntimeException cause);
  }

  /**
   * What the member says of itself in this round.
   *
   * @param number of the round
   * @param topics sorted
   * @param userData by the name of the assignor; null where it has none
   * @param reason why the member joins
   */
  record Entry(
      int number, List<String> topics, Map<String, @Nullable ByteBuffer> userData, String reason) {}

  private final CoordinatorCalls calls;
  private final MemberStatus status;
  private final GroupSettings settings;
  private final Collaborators collaborators;
  private final Entry entry;
  private final ParkedRequests requests;
  private int refusals;
  private boolean cancelled;

  /** Those a round works with. */
  record Collaborators(
      List<ConsumerPartitionAssignor> assignors,
      GroupTopics topics,
      MemberEvents events,
      Listener listener) {}

  JoinRound(
      CoordinatorCalls calls,
      MemberStatus status,
      GroupSettings settings,
      Collaborators collaborators,
      Entry entry) {
    this.calls = calls;
    this.status = status;
    this.settings = settings;
    this.collaborators = collaborators;
    this.entry = entry;
    this.requests = new ParkedRequests(calls, status, settings);
  }

  List<String> topics() {
    return entry.topics;
  }

  void cancel() {
    cancelled = true;
    requests.cancel();
  }

  /** Sends JoinGroup. */
  void join(String why) {
    status.transition(MemberState.JOINING, why);
    requests.send(
        this::joinRequest,
        (JoinGroupResponse response) -> ErrorCode.of(response.errorCode()),
        CoordinatorCalls.NEVER,
        this::joinAnswered,
        this::fail);
  }

  /** Gives up what was sent and begins again, as after a lost coordinator. */
  void restart(String why) {
    join(why);
  }

  private JoinGroupRequest joinRequest() {
    List<JoinGroupRequest.JoinGroupRequestProtocol> protocols = new ArrayList<>();
    for (ConsumerPartitionAssignor assignor : collaborators.assignors) {
      Subscription subscription =
          new Subscription(
              entry.topics,
              entry.userData.get(assignor.name()),
              List.of(),
              -1,
              Optional.of(settings.identity().rackId()).filter(rack -> !rack.isEmpty()));
      protocols.add(
          new JoinGroupRequest.JoinGroupRequestProtocol(
              assignor.name(), ConsumerProtocol.write(subscription)));
    }
    return new JoinGroupRequest(
        settings.identity().groupId(),
        settings.sessionTimeoutMillis(),
        settings.maxPollIntervalMillis(),
        status.memberId(),
        settings.identity().groupInstanceId(),
        ConsumerProtocol.TYPE,
        protocols,
        GroupSettings.reason(entry.reason));
  }

  private void joinAnswered(JoinGroupResponse response, ErrorCode error) {
    if (error == ErrorCode.MEMBER_ID_REQUIRED) {
      status.memberIdGiven(response.memberId());
      join("the coordinator gave the member id " + response.memberId());
      return;
    }
    if (error != ErrorCode.NONE) {
      answeredWithError("JoinGroup", error);
      return;
    }
    ConsumerPartitionAssignor assignor = assignor(response.protocolName());
    if (assignor == null
        || (response.protocolType() != null
            && !ConsumerProtocol.TYPE.equals(response.protocolType()))) {
      fail(
          new InconsistentGroupProtocolException(
              "Group %s uses the assignor %s of protocol type %s, which this consumer did not offer"
                  .formatted(
                      settings.identity().groupId(),
                      response.protocolName(),
                      response.protocolType())));
      return;
    }
    boolean leads = response.leader().equals(response.memberId());
    status.entered(new Generation(response.generationId(), response.memberId()));
    collaborators.listener.joined(status.generation(), leads);
    if (!leads) {
      sync(assignor, List.of());
      return;
    }
    try {
      lead(assignor, Leadership.of(response), response.skipAssignment());
    } catch (MalformedFrameException e) {
      fail(new KafkaException("A member of the group sent a subscription that cannot be read", e));
    }
  }

  /** A static leader that came back is told to keep the assignment (KIP-814), but still watches. */
  private void lead(
      ConsumerPartitionAssignor assignor, Leadership leadership, boolean keepsAssignment) {
    status.transition(MemberState.ASSIGNING, "this member leads the generation");
    Generation generation = status.generation();
    GroupTopics topics = collaborators.topics;
    Set<String> ofTheGroup = leadership.topics();
    collaborators.listener.leads(ofTheGroup);
    topics.whenKnown(
        ofTheGroup,
        () -> {
          if (!isStillAssigning(generation)) {
            return;
          }
          collaborators.listener.divides(LedTopics.of(ofTheGroup, topics));
          if (keepsAssignment) {
            sync(assignor, List.of());
          } else {
            Cluster cluster = topics.cluster();
            collaborators.events.inPoll(
                () -> assignInPoll(assignor, leadership, cluster, generation));
          }
        });
  }

  /** Runs on the polling thread. */
  private void assignInPoll(
      ConsumerPartitionAssignor assignor,
      Leadership leadership,
      Cluster cluster,
      Generation generation) {
    if (!status.isCurrentRound(entry.number)) {
      return;
    }
    try {
      List<SyncGroupRequest.SyncGroupRequestAssignment> assignments =
          leadership.assign(assignor, cluster);
      calls.onLoop(
          () -> {
            if (isStillAssigning(generation)) {
              sync(assignor, assignments);
            }
          });
    } catch (RuntimeException | Error e) {
      // The assignor may be the user's: what it throws belongs into poll. An error, too, since the
      // group waits for this member.
      KafkaException failure =
          new KafkaException("The assignor " + assignor.name() + " failed: " + e, e);
      calls.onLoop(() -> fail(failure));
    }
  }

  private boolean isStillAssigning(Generation generation) {
    return !cancelled
        && status.state() == MemberState.ASSIGNING
        && status.generation().equals(generation);
  }

  private void sync(
      ConsumerPartitionAssignor assignor,
      List<SyncGroupRequest.SyncGroupRequestAssignment> assignments) {
    Generation generation = status.generation();
    if (!generation.isValid()) {
      join("the generation ended before its assignment was known");
      return;
    }
    status.transition(MemberState.SYNCING, "generation " + generation.id());
    SyncGroupRequest request =
        new SyncGroupRequest(
            settings.identity().groupId(),
            generation.id(),
            generation.memberId(),
            settings.identity().groupInstanceId(),
            ConsumerProtocol.TYPE,
            assignor.name(),
            assignments);
    requests.send(
        () -> request,
        (SyncGroupResponse response) -> ErrorCode.of(response.errorCode()),
        calls.loop().nanoTime() + settings.parkedRequestTimeoutNanos(),
        (response, error) -> syncAnswered(assignor, response, error),
        this::syncUnanswered);
  }

  /**
   * A leader may send heartbeats and never divide the partitions. Of members that join again the
   * coordinator makes a generation without it.
   */
  private void syncUnanswered(RuntimeException cause) {
    if (cause instanceof RetriableException) {
      String why =
          "SyncGroup was not answered, the leader does not divide the partitions: " + cause;
      LOG.warn("{}: joins again: {}", settings.identity().logName(), why);
      join(why);
    } else {
      fail(cause);
    }
  }

  private void syncAnswered(
      ConsumerPartitionAssignor assignor, SyncGroupResponse response, ErrorCode error) {
    if (error != ErrorCode.NONE) {
      answeredWithError("SyncGroup", error);
      return;
    }
    try {
      Assignment assignment = ConsumerProtocol.readAssignment(response.assignment());
      collaborators.listener.synced(assignor, assignment);
    } catch (MalformedFrameException e) {
      fail(new KafkaException("The group's leader sent an assignment that cannot be read", e));
    }
  }

  private void answeredWithError(String api, ErrorCode error) {
    String why = "the coordinator answered " + error + " to " + api;
    switch (GroupVerdict.of(error)) {
      case REJOIN -> joinAgain(why);
      case GENERATION_LOST -> {
        status.generationLost();
        joinAgain(why);
      }
      case MEMBERSHIP_LOST -> {
        status.membershipLost();
        joinAgain(why);
      }
      case FINE, RETRY, RETRY_ELSEWHERE, FATAL ->
          fail(
              GroupAccess.exception(
                  error,
                  "The consumer cannot be a member of group %s (group.instance.id %s): %s"
                      .formatted(
                          settings.identity().groupId(),
                          settings.identity().groupInstanceId(),
                          why),
                  settings.identity().groupId()));
    }
  }

  /** At once the first time, since others wait for this member; then with pauses that grow. */
  private void joinAgain(String why) {
    refusals++;
    if (refusals == 1) {
      join(why);
      return;
    }
    status.transition(MemberState.JOINING, why);
    long pauseNanos = settings.backOffNanos().applyAsLong(refusals - 1);
    requests.pause(pauseNanos, () -> join(why));
  }

  private void fail(RuntimeException cause) {
    if (!cancelled) {
      cancel();
      collaborators.listener.roundFailed(cause);
    }
  }

  private @Nullable ConsumerPartitionAssignor assignor(@Nullable String name) {
    for (ConsumerPartitionAssignor assignor : collaborators.assignors) {
      if (assignor.name().equals(name)) {
        return assignor;
      }
    }
    return null;
  }
}

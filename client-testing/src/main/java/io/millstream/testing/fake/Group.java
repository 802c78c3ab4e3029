package io.millstream.testing.fake;

import io.millstream.common.TopicPartition;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.JoinGroupRequest.JoinGroupRequestProtocol;
import io.millstream.protocol.JoinGroupResponse;
import io.millstream.protocol.SyncGroupRequest;
import io.millstream.protocol.SyncGroupResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A classic group at its coordinator: members, generations, stored positions. */
final class Group {

  enum State {
    EMPTY,
    PREPARING_REBALANCE,
    COMPLETING_REBALANCE,
    STABLE
  }

  private static final long FROZEN_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ClusterState cluster;
  private final String id;
  private final Map<String, Member> members = new LinkedHashMap<>();
  private final Set<String> pending = new LinkedHashSet<>();
  private final Map<TopicPartition, CommittedOffset> offsets = new LinkedHashMap<>();
  private State state = State.EMPTY;
  private int generation;
  private int rebalanceNumber;
  private String protocolType = "";
  private String protocol = "";
  private String leader = "";

  Group(ClusterState cluster, String id) {
    this.cluster = cluster;
    this.id = id;
  }

  State state() {
    return state;
  }

  int generation() {
    return generation;
  }

  @Nullable Member member(String memberId) {
    return members.get(memberId);
  }

  @Nullable Member memberOfInstance(String instanceId) {
    for (Member member : members.values()) {
      if (instanceId.equals(member.instanceId())) {
        return member;
      }
    }
    return null;
  }

  Map<TopicPartition, CommittedOffset> offsets() {
    return offsets;
  }

  boolean isPending(String memberId) {
    return pending.contains(memberId);
  }

  /** Keeps a place for a member that was given its id and is to join again with it. */
  void expect(String memberId, int sessionMillis) {
    pending.add(memberId);
    later(
        TimeUnit.MILLISECONDS.toNanos(sessionMillis),
        () -> {
          if (pending.remove(memberId)) {
            completeIfAllJoined();
          }
        });
  }

  void forgetPending(String memberId) {
    if (pending.remove(memberId)) {
      completeIfAllJoined();
    }
  }

  /** Says whether a member's protocols have something in common with those of the others. */
  boolean fits(JoinGroupRequest request) {
    if (members.isEmpty()) {
      return !request.protocols().isEmpty();
    }
    return request.protocolType().equals(protocolType)
        && request.protocols().stream()
            .map(JoinGroupRequestProtocol::name)
            .anyMatch(this::supportedByAll);
  }

  private boolean supportedByAll(String name) {
    return members.values().stream().allMatch(member -> member.supports(name));
  }

  /** Takes a member in, or back, and rebalances. */
  void join(Member member, Exchange<JoinGroupResponse> exchange) {
    if (members.isEmpty()) {
      protocolType = member.protocolType();
    }
    pending.remove(member.id());
    members.put(member.id(), member);
    if (!members.containsKey(leader)) {
      leader = member.id();
    }
    member.joining(exchange);
    endSession(member);
    rebalance();
  }

  /** Puts a static member that came back with a new id in the place of its old one. */
  void replace(Member old, Member next) {
    List<Member> order = new ArrayList<>(members.values());
    members.clear();
    for (Member member : order) {
      Member kept = member == old ? next : member;
      members.put(kept.id(), kept);
    }
    if (leader.equals(old.id())) {
      leader = next.id();
    }
    next.assign(old.assignment());
    old.renewSession();
    JoinGroupResponse fencedJoin =
        JoinGroupResponse.defaults()
            .withErrorCode(ErrorCode.FENCED_INSTANCE_ID.code())
            .withMemberId(old.id());
    old.answerJoin(fencedJoin);
    old.answerSync(SyncGroupResponse.defaults().withErrorCode(ErrorCode.FENCED_INSTANCE_ID.code()));
    keepAlive(next);
  }

  void rebalance() {
    if (state == State.COMPLETING_REBALANCE) {
      members.values().forEach(Member::clearAssignment);
      failSyncs(ErrorCode.REBALANCE_IN_PROGRESS);
    }
    if (state != State.PREPARING_REBALANCE) {
      boolean initial = state == State.EMPTY;
      transition(State.PREPARING_REBALANCE);
      int number = ++rebalanceNumber;
      long delayNanos =
          initial
              ? cluster.timing().initialRebalanceNanos()
              : TimeUnit.MILLISECONDS.toNanos(longestRebalanceMillis());
      if (initial && delayNanos > 0) {
        later(delayNanos, () -> complete(number));
        return;
      }
      later(TimeUnit.MILLISECONDS.toNanos(longestRebalanceMillis()), () -> complete(number));
    }
    completeIfAllJoined();
  }

  private int longestRebalanceMillis() {
    return members.values().stream().mapToInt(Member::rebalanceMillis).max().orElse(0);
  }

  private void completeIfAllJoined() {
    if (state == State.PREPARING_REBALANCE
        && pending.isEmpty()
        && members.values().stream().allMatch(Member::joins)) {
      complete(rebalanceNumber);
    }
  }

  private void complete(int number) {
    if (state != State.PREPARING_REBALANCE || number != rebalanceNumber) {
      return;
    }
    for (Member member : List.copyOf(members.values())) {
      if (!member.joins() && member.instanceId() == null) {
        drop(member);
      }
    }
    generation++;
    if (members.isEmpty()) {
      transition(State.EMPTY);
      protocol = "";
      leader = "";
      return;
    }
    Member leading = members.get(leader);
    if (leading == null || !leading.joins()) {
      leader =
          members.values().stream()
              .filter(Member::joins)
              .findFirst()
              .orElse(members.values().iterator().next())
              .id();
    }
    protocol = chooseProtocol();
    transition(State.COMPLETING_REBALANCE);
    for (Member member : List.copyOf(members.values())) {
      member.clearAssignment();
      keepAlive(member);
      member.answerJoin(joined(member, false));
    }
    later(
        TimeUnit.MILLISECONDS.toNanos(longestRebalanceMillis()),
        () -> {
          if (state == State.COMPLETING_REBALANCE && number == rebalanceNumber) {
            rebalance();
          }
        });
  }

  /** Chooses what most members prefer of what all support. */
  private String chooseProtocol() {
    Map<String, Integer> votes = new LinkedHashMap<>();
    for (Member member : members.values()) {
      for (JoinGroupRequestProtocol preferred : member.protocols()) {
        if (supportedByAll(preferred.name())) {
          votes.merge(preferred.name(), 1, Integer::sum);
          break;
        }
      }
    }
    String best = "";
    int most = 0;
    for (Map.Entry<String, Integer> vote : votes.entrySet()) {
      if (vote.getValue() > most) {
        best = vote.getKey();
        most = vote.getValue();
      }
    }
    return best;
  }

  /**
   * Returns what a member is told that belongs to the generation.
   *
   * @param unchanged whether the leader need not assign anew
   */
  JoinGroupResponse joined(Member member, boolean unchanged) {
    List<JoinGroupResponse.JoinGroupResponseMember> told = new ArrayList<>();
    if (member.id().equals(leader)) {
      for (Member other : members.values()) {
        told.add(
            new JoinGroupResponse.JoinGroupResponseMember(
                other.id(), other.instanceId(), other.metadata(protocol)));
      }
    }
    return JoinGroupResponse.defaults()
        .withGenerationId(generation)
        .withProtocolType(protocolType)
        .withProtocolName(protocol)
        .withLeader(leader)
        .withSkipAssignment(unchanged)
        .withMemberId(member.id())
        .withMembers(told);
  }

  boolean isLeader(Member member) {
    return member.id().equals(leader);
  }

  /** Says whether the protocol chosen for the generation would be chosen again. */
  boolean keepsProtocol() {
    return chooseProtocol().equals(protocol);
  }

  boolean isProtocol(@Nullable String type, @Nullable String name) {
    return (type == null || type.equals(protocolType)) && (name == null || name.equals(protocol));
  }

  /** Parks a member until the leader has assigned, or takes the leader's assignment. */
  void sync(Member member, SyncGroupRequest request, Exchange<SyncGroupResponse> exchange) {
    member.syncing(exchange);
    keepAlive(member);
    if (isLeader(member)) {
      for (Member each : members.values()) {
        each.clearAssignment();
      }
      for (SyncGroupRequest.SyncGroupRequestAssignment assigned : request.assignments()) {
        Member each = members.get(assigned.memberId());
        if (each != null) {
          each.assign(assigned.assignment());
        }
      }
      transition(State.STABLE);
      for (Member each : List.copyOf(members.values())) {
        each.answerSync(synced(each));
      }
    }
  }

  SyncGroupResponse synced(Member member) {
    return SyncGroupResponse.defaults()
        .withProtocolType(protocolType)
        .withProtocolName(protocol)
        .withAssignment(member.assignment());
  }

  /** Takes a member out, because it left or was not heard of. */
  void remove(Member member) {
    drop(member);
    if (state == State.STABLE || state == State.COMPLETING_REBALANCE) {
      rebalance();
    } else {
      completeIfAllJoined();
    }
  }

  private void drop(Member member) {
    members.remove(member.id());
    member.renewSession();
    member.answerJoin(
        JoinGroupResponse.defaults()
            .withErrorCode(ErrorCode.UNKNOWN_MEMBER_ID.code())
            .withMemberId(member.id()));
    member.answerSync(
        SyncGroupResponse.defaults().withErrorCode(ErrorCode.UNKNOWN_MEMBER_ID.code()));
    if (leader.equals(member.id())) {
      leader = members.isEmpty() ? "" : members.keySet().iterator().next();
    }
  }

  /** Begins a member's session anew. */
  void keepAlive(Member member) {
    int session = member.renewSession();
    later(
        TimeUnit.MILLISECONDS.toNanos(member.sessionMillis()),
        () -> {
          if (member.isSession(session) && members.get(member.id()) == member) {
            note(member.id() + " was not heard of");
            remove(member);
          }
        });
  }

  /** A member that waits for the others is alive as long as its connection. */
  private void endSession(Member member) {
    member.renewSession();
  }

  /** Goes on at another broker: who waited at the old one must ask again. */
  void coordinatorMoved() {
    pending.clear();
    short moved = ErrorCode.NOT_COORDINATOR.code();
    for (Member member : members.values()) {
      member.answerJoin(
          JoinGroupResponse.defaults().withErrorCode(moved).withMemberId(member.id()));
      member.answerSync(SyncGroupResponse.defaults().withErrorCode(moved));
      keepAlive(member);
    }
  }

  private void failSyncs(ErrorCode error) {
    for (Member member : members.values()) {
      member.answerSync(SyncGroupResponse.defaults().withErrorCode(error.code()));
    }
  }

  /** Runs a task later; while the coordinator is frozen, time stands still for the group. */
  private void later(long delayNanos, Runnable task) {
    cluster
        .host()
        .later(
            delayNanos,
            () -> {
              FakeBroker coordinator = cluster.coordinator(id);
              if (coordinator == null || coordinator.frozen()) {
                later(FROZEN_RETRY_NANOS, task);
              } else {
                task.run();
              }
            });
  }

  private void transition(State next) {
    boolean allowed =
        switch (next) {
          case EMPTY, COMPLETING_REBALANCE -> state == State.PREPARING_REBALANCE;
          case PREPARING_REBALANCE -> state != State.PREPARING_REBALANCE;
          case STABLE -> state == State.COMPLETING_REBALANCE;
        };
    if (!allowed) {
      throw new IllegalStateException("Group " + id + " cannot go from " + state + " to " + next);
    }
    note(state + " -> " + next + " generation " + generation);
    state = next;
  }

  private void note(String event) {
    cluster.host().note("group " + id + " " + event);
  }
}

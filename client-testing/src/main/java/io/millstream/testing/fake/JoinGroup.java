package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.JoinGroupResponse;
import org.jspecify.annotations.Nullable;

/** Takes members into a group, when all others have joined too. */
final class JoinGroup implements Handler<JoinGroupRequest, JoinGroupResponse> {

  private static final short FIRST_WITH_ID_REQUIRED = 4;
  private static final short FIRST_WITH_NULL_PROTOCOL = 7;
  private static final short FIRST_WITH_SKIPPED_ASSIGNMENT = 9;
  private static final int LEAST_SESSION_MILLIS = 6_000;
  private static final int MOST_SESSION_MILLIS = 1_800_000;

  private final ClusterState cluster;

  JoinGroup(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(JoinGroupRequest request, Exchange<JoinGroupResponse> exchange) {
    ErrorCode error = cluster.groups().check(request.groupId(), exchange.broker());
    boolean sessionFits =
        request.sessionTimeoutMs() >= LEAST_SESSION_MILLIS
            && request.sessionTimeoutMs() <= MOST_SESSION_MILLIS;
    Group known = cluster.groups().find(request.groupId());
    if (error == ErrorCode.NONE && !sessionFits) {
      error = ErrorCode.INVALID_SESSION_TIMEOUT;
    } else if (error == ErrorCode.NONE && known == null && !request.memberId().isEmpty()) {
      error = ErrorCode.UNKNOWN_MEMBER_ID;
    } else if (error == ErrorCode.NONE && known == null && request.protocols().isEmpty()) {
      error = ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    }
    if (error != ErrorCode.NONE) {
      exchange.answer(refuse(request, error, exchange.version()));
      return;
    }
    Group group = cluster.groups().findOrCreate(request.groupId());
    if (!group.fits(request)) {
      exchange.answer(refuse(request, ErrorCode.INCONSISTENT_GROUP_PROTOCOL, exchange.version()));
    } else if (request.memberId().isEmpty()) {
      joinNew(group, request, exchange);
    } else {
      joinAgain(group, request, exchange);
    }
  }

  private void joinNew(
      Group group, JoinGroupRequest request, Exchange<JoinGroupResponse> exchange) {
    String instanceId = request.groupInstanceId();
    String prefix = instanceId == null ? exchange.clientId() : instanceId;
    String memberId = prefix + "-" + cluster.newUuid();
    if (instanceId != null) {
      joinStatic(group, memberId, instanceId, request, exchange);
    } else if (exchange.version() >= FIRST_WITH_ID_REQUIRED) {
      group.expect(memberId, request.sessionTimeoutMs());
      exchange.answer(
          refuse(request, ErrorCode.MEMBER_ID_REQUIRED, exchange.version()).withMemberId(memberId));
    } else {
      group.join(new Member(memberId, request), exchange);
    }
  }

  private static void joinStatic(
      Group group,
      String memberId,
      String instanceId,
      JoinGroupRequest request,
      Exchange<JoinGroupResponse> exchange) {
    Member member = new Member(memberId, request);
    Member old = group.memberOfInstance(instanceId);
    if (old == null) {
      group.join(member, exchange);
      return;
    }
    group.replace(old, member);
    if (group.state() == Group.State.STABLE && group.keepsProtocol()) {
      boolean canSkip = exchange.version() >= FIRST_WITH_SKIPPED_ASSIGNMENT;
      exchange.answer(group.joined(member, canSkip && group.isLeader(member)));
    } else {
      group.join(member, exchange);
    }
  }

  private void joinAgain(
      Group group, JoinGroupRequest request, Exchange<JoinGroupResponse> exchange) {
    Member member = group.member(request.memberId());
    ErrorCode error = check(group, member, request.memberId(), request.groupInstanceId());
    if (group.isPending(request.memberId())) {
      group.join(new Member(request.memberId(), request), exchange);
    } else if (member == null || error != ErrorCode.NONE) {
      exchange.answer(refuse(request, error, exchange.version()));
    } else {
      boolean same = member.protocols().equals(request.protocols());
      boolean current =
          switch (group.state()) {
            case EMPTY, PREPARING_REBALANCE -> false;
            case COMPLETING_REBALANCE -> same;
            case STABLE -> same && !group.isLeader(member);
          };
      if (current) {
        group.keepAlive(member);
        exchange.answer(group.joined(member, false));
      } else {
        member.update(request);
        group.join(member, exchange);
      }
    }
  }

  /** Checks that a member is who it says it is. */
  static ErrorCode check(
      @Nullable Group group,
      @Nullable Member member,
      String memberId,
      @Nullable String instanceId) {
    Member ofInstance =
        group == null || instanceId == null ? null : group.memberOfInstance(instanceId);
    if (ofInstance != null && !ofInstance.id().equals(memberId)) {
      return ErrorCode.FENCED_INSTANCE_ID;
    }
    return member == null || (instanceId != null && ofInstance == null)
        ? ErrorCode.UNKNOWN_MEMBER_ID
        : ErrorCode.NONE;
  }

  @Override
  public JoinGroupResponse refuse(JoinGroupRequest request, ErrorCode error, short version) {
    return JoinGroupResponse.defaults()
        .withErrorCode(error.code())
        .withProtocolName(version < FIRST_WITH_NULL_PROTOCOL ? "" : null)
        .withMemberId(request.memberId());
  }

  @Override
  public JoinGroupResponse throttled(JoinGroupResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.HeartbeatResponse;

/** Keeps a member alive, and tells it of a rebalance. */
final class Heartbeat implements Handler<HeartbeatRequest, HeartbeatResponse> {

  private final ClusterState cluster;

  Heartbeat(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(HeartbeatRequest request, Exchange<HeartbeatResponse> exchange) {
    exchange.answer(refuse(request, beat(request, exchange.broker()), exchange.version()));
  }

  private ErrorCode beat(HeartbeatRequest request, FakeBroker broker) {
    ErrorCode error = cluster.groups().check(request.groupId(), broker);
    Group group = cluster.groups().find(request.groupId());
    Member member = group == null ? null : group.member(request.memberId());
    if (error == ErrorCode.NONE) {
      error = JoinGroup.check(group, member, request.memberId(), request.groupInstanceId());
    }
    if (group == null || member == null || error != ErrorCode.NONE) {
      return error;
    }
    if (group.state() == Group.State.EMPTY) {
      return ErrorCode.UNKNOWN_MEMBER_ID;
    }
    if (group.generation() != request.generationId()) {
      return ErrorCode.ILLEGAL_GENERATION;
    }
    if (!member.joins()) {
      group.keepAlive(member);
    }
    return group.state() == Group.State.PREPARING_REBALANCE
        ? ErrorCode.REBALANCE_IN_PROGRESS
        : ErrorCode.NONE;
  }

  @Override
  public HeartbeatResponse refuse(HeartbeatRequest request, ErrorCode error, short version) {
    return HeartbeatResponse.defaults().withErrorCode(error.code());
  }

  @Override
  public HeartbeatResponse throttled(HeartbeatResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

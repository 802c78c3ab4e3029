package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.SyncGroupRequest;
import io.millstream.protocol.SyncGroupResponse;

/** Takes the leader's assignment and gives each member its own. */
final class SyncGroup implements Handler<SyncGroupRequest, SyncGroupResponse> {

  private final ClusterState cluster;

  SyncGroup(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(SyncGroupRequest request, Exchange<SyncGroupResponse> exchange) {
    ErrorCode error = cluster.groups().check(request.groupId(), exchange.broker());
    Group group = cluster.groups().find(request.groupId());
    Member member = group == null ? null : group.member(request.memberId());
    if (error == ErrorCode.NONE) {
      error = JoinGroup.check(group, member, request.memberId(), request.groupInstanceId());
    }
    if (group == null || member == null || error != ErrorCode.NONE) {
      exchange.answer(refuse(request, error, exchange.version()));
    } else if (group.generation() != request.generationId()) {
      exchange.answer(refuse(request, ErrorCode.ILLEGAL_GENERATION, exchange.version()));
    } else if (!group.isProtocol(request.protocolType(), request.protocolName())) {
      exchange.answer(refuse(request, ErrorCode.INCONSISTENT_GROUP_PROTOCOL, exchange.version()));
    } else {
      switch (group.state()) {
        case EMPTY ->
            exchange.answer(refuse(request, ErrorCode.UNKNOWN_MEMBER_ID, exchange.version()));
        case PREPARING_REBALANCE ->
            exchange.answer(refuse(request, ErrorCode.REBALANCE_IN_PROGRESS, exchange.version()));
        case COMPLETING_REBALANCE -> group.sync(member, request, exchange);
        case STABLE -> {
          group.keepAlive(member);
          exchange.answer(group.synced(member));
        }
      }
    }
  }

  @Override
  public SyncGroupResponse refuse(SyncGroupRequest request, ErrorCode error, short version) {
    return SyncGroupResponse.defaults().withErrorCode(error.code());
  }

  @Override
  public SyncGroupResponse throttled(SyncGroupResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

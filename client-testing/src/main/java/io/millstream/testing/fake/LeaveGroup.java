package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.LeaveGroupRequest;
import io.millstream.protocol.LeaveGroupRequest.MemberIdentity;
import io.millstream.protocol.LeaveGroupResponse;
import io.millstream.protocol.LeaveGroupResponse.MemberResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes members out of a group. */
final class LeaveGroup implements Handler<LeaveGroupRequest, LeaveGroupResponse> {

  private static final short FIRST_WITH_MEMBERS = 3;

  private final ClusterState cluster;

  LeaveGroup(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(LeaveGroupRequest request, Exchange<LeaveGroupResponse> exchange) {
    ErrorCode error = cluster.groups().check(request.groupId(), exchange.broker());
    if (error != ErrorCode.NONE) {
      exchange.answer(refuse(request, error, exchange.version()));
      return;
    }
    Group group = cluster.groups().find(request.groupId());
    if (exchange.version() < FIRST_WITH_MEMBERS) {
      ErrorCode result = leave(group, request.memberId(), null);
      exchange.answer(refuse(request, result, exchange.version()));
      return;
    }
    List<MemberResponse> left = new ArrayList<>();
    for (MemberIdentity member : request.members()) {
      ErrorCode result = leave(group, member.memberId(), member.groupInstanceId());
      left.add(new MemberResponse(member.memberId(), member.groupInstanceId(), result.code()));
    }
    exchange.answer(LeaveGroupResponse.defaults().withMembers(left));
  }

  private static ErrorCode leave(
      @Nullable Group group, String memberId, @Nullable String instanceId) {
    if (group == null) {
      return ErrorCode.UNKNOWN_MEMBER_ID;
    }
    if (group.isPending(memberId)) {
      group.forgetPending(memberId);
      return ErrorCode.NONE;
    }
    Member member =
        instanceId != null && memberId.isEmpty()
            ? group.memberOfInstance(instanceId)
            : group.member(memberId);
    String id = member == null ? memberId : member.id();
    ErrorCode error = JoinGroup.check(group, member, id, instanceId);
    if (member != null && error == ErrorCode.NONE) {
      group.remove(member);
    }
    return error;
  }

  @Override
  public LeaveGroupResponse refuse(LeaveGroupRequest request, ErrorCode error, short version) {
    return LeaveGroupResponse.defaults().withErrorCode(error.code());
  }

  @Override
  public LeaveGroupResponse throttled(LeaveGroupResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

package io.millstream.group;

import io.millstream.network.Purpose;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.GroupVersions;
import io.millstream.protocol.LeaveGroupRequest;
import io.millstream.protocol.LeaveGroupResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** LeaveGroup: tells the coordinator, as well as that can be done, that a member goes. */
final class Farewell {

  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
  private static final long MOST_RESERVED_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** How long to look for the coordinator: the group does without the farewell. */
  private static final long MOST_SEARCHED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final CoordinatorCalls calls;
  private final GroupSettings settings;

  Farewell(CoordinatorCalls calls, GroupSettings settings) {
    this.calls = calls;
    this.settings = settings;
  }

  /**
   * Returns when commits that come to nothing are to be given up, so that some time is left for
   * this.
   *
   * @param nowNanos on the loop's clock
   * @param deadlineNanos when all has to be over
   */
  static long latestNanos(long nowNanos, long deadlineNanos) {
    long leftNanos = Math.max(0, deadlineNanos - nowNanos);
    return deadlineNanos - Math.min(leftNanos / 4, MOST_RESERVED_NANOS);
  }

  /**
   * Says it. A static member says nothing: it keeps its place until its session ends, so that a
   * restart moves no partition.
   *
   * @param memberId who goes, empty where the coordinator never gave an id
   * @param why the reason (KIP-800)
   * @param deadlineNanos when to give up, on the loop's clock
   * @param done runs once, when the coordinator knows or could not be told
   */
  void say(String memberId, String why, long deadlineNanos, Runnable done) {
    if (memberId.isEmpty() || settings.identity().isStatic()) {
      done.run();
      return;
    }
    String groupId = settings.identity().groupId();
    LOG.info("{}: member {} leaves: {}", settings.identity().logName(), memberId, why);
    calls.start(
        new CoordinatorCalls.Plan<>(
            Purpose.COORDINATOR,
            () -> request(groupId, memberId, why),
            (LeaveGroupResponse response) -> ErrorCode.of(response.errorCode()),
            settings.requestTimeoutNanos(),
            latestNanos(deadlineNanos)),
        new CoordinatorCalls.Outcome<>() {
          @Override
          public void answered(LeaveGroupResponse response, ErrorCode error) {
            // Of a member that is unknown by now nothing else was wanted.
            done.run();
          }

          @Override
          public void failed(RuntimeException cause) {
            LOG.warn(
                "{}: the coordinator could not be told that {} leaves, and will notice after"
                    + " session.timeout.ms = {}: {}",
                settings.identity().logName(),
                memberId,
                settings.sessionTimeoutMillis(),
                cause.getMessage());
            done.run();
          }
        });
  }

  private long latestNanos(long deadlineNanos) {
    long searchedNanos = calls.loop().nanoTime() + MOST_SEARCHED_NANOS;
    boolean sooner = searchedNanos - deadlineNanos < 0;
    return sooner && !calls.coordinatorIsKnown() ? searchedNanos : deadlineNanos;
  }

  private static CoordinatorRequest<LeaveGroupResponse> request(
      String groupId, String memberId, String why) {
    String reason = GroupSettings.reason(why);
    LeaveGroupRequest none = LeaveGroupRequest.defaults().withGroupId(groupId);
    return new CoordinatorRequest<>(
        none.apiKey(),
        none.apiKey().newestVersion(),
        version ->
            GroupVersions.leaveNamesSeveralMembers(version)
                ? none.withMembers(
                    List.of(new LeaveGroupRequest.MemberIdentity(memberId, null, reason)))
                : none.withMemberId(memberId));
  }
}

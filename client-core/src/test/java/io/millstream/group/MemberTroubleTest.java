package io.millstream.group;

import static io.millstream.group.GroupFixture.assigned;
import static io.millstream.group.GroupFixture.heartbeat;
import static io.millstream.group.GroupFixture.joinRefused;
import static io.millstream.group.GroupFixture.joined;
import static io.millstream.group.GroupFixture.syncRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.errors.DisconnectException;
import io.millstream.common.errors.FencedInstanceIdException;
import io.millstream.common.errors.GroupAuthorizationException;
import io.millstream.common.errors.GroupMaxSizeReachedException;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.network.Purpose;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.JoinGroupRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a member does when the coordinator refuses it or is silent. */
class MemberTroubleTest {

  private static final Duration BACK_OFF = Duration.ofMillis(110);

  @Test
  void heartbeatOfAFencedInstanceEndsTheMembershipForGood() {
    GroupFixture fixture = GroupFixture.stable(new GroupFixture("i-1", false));
    fixture.steps.advance(GroupFixture.HEARTBEAT);

    fixture.coordinator.answer(heartbeat(ErrorCode.FENCED_INSTANCE_ID));

    assertThat(fixture.failure).isExactlyInstanceOf(FencedInstanceIdException.class);
    assertThat(fixture.group.state()).isEqualTo(MemberState.FAILED);
    fixture.pollFor(Duration.ofSeconds(60));
    assertThat(fixture.history).containsExactly("lost[t-0]");
    fixture.coordinator.assertQuiet();
  }

  @Test
  void heartbeatThatIsRefusedLosesThePartitionsAndIsFollowedByAnotherJoin() {
    GroupFixture fixture = GroupFixture.stable(new GroupFixture("i-1", false));
    fixture.history.clear();
    fixture.steps.advance(GroupFixture.HEARTBEAT);

    fixture.coordinator.answer(heartbeat(ErrorCode.GROUP_AUTHORIZATION_FAILED));

    assertThat(fixture.failure).isExactlyInstanceOf(GroupAuthorizationException.class);
    fixture.steps.advance(Duration.ofSeconds(60));
    assertThat(fixture.group.state())
        .as("before the poll that throws")
        .isEqualTo(MemberState.FAILED);
    fixture.poll();
    assertThat(fixture.history).as("by the poll that throws").containsExactly("lost[t-0]");
    fixture.pollFor(Duration.ofSeconds(1));
    fixture.joinAsFollower(2, "m-2", 1);
    assertThat(fixture.history).containsExactly("lost[t-0]", "assign[t-1]");
  }

  @Test
  void heartbeatThatIsAnsweredAfterManyAttemptsCountsFromTheOneThatWas() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    for (int second = 0; second < 41; second++) {
      if (fixture.coordinator.has(HeartbeatRequest.class)) {
        fixture.coordinator.fail(HeartbeatRequest.class, new DisconnectException("lost"));
      }
      fixture.pollFor(Duration.ofSeconds(1));
    }
    int forgotten = fixture.coordinator.forgotten().size();

    fixture.coordinator.answer(heartbeat(ErrorCode.NONE));
    // Longer than the session that began with the heartbeat before.
    fixture.heartbeatsFor(Duration.ofSeconds(10));

    assertThat(fixture.coordinator.forgotten()).hasSize(forgotten);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {
        "INCONSISTENT_GROUP_PROTOCOL",
        "INVALID_SESSION_TIMEOUT",
        "INVALID_GROUP_ID",
        "GROUP_AUTHORIZATION_FAILED",
        "GROUP_MAX_SIZE_REACHED",
        "FENCED_INSTANCE_ID",
        "UNKNOWN_SERVER_ERROR"
      })
  void joinThatIsRefusedIsToldAndTriedAgainByPollsThatFollow(ErrorCode error) {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(joinRefused(error, ""));

    assertThat(fixture.failure)
        .isExactlyInstanceOf(error.exception("").getClass())
        .hasMessageContaining("orders")
        .hasMessageContaining(error.name());
    fixture.steps.advance(Duration.ofSeconds(5));
    fixture.coordinator.assertQuiet();
    fixture.poll();
    fixture.coordinator.assertQuiet();
    fixture.steps.advance(BACK_OFF);
    fixture.poll();
    if (error == ErrorCode.FENCED_INSTANCE_ID) {
      fixture.pollFor(Duration.ofSeconds(60));
      fixture.coordinator.assertQuiet();
    } else {
      fixture.joinAsFollower(1, "m-1", 0);
      assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
    }
  }

  @Test
  void triesOfAMembershipThatFailsAgainAndAgainAreFurtherAndFurtherApart() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();
    for (int i = 1; i <= 3; i++) {
      fixture.coordinator.answer(joinRefused(ErrorCode.GROUP_MAX_SIZE_REACHED, ""));
      fixture.poll();
      fixture.steps.advance(BACK_OFF);
      fixture.poll();
    }
    assertThat(fixture.backOffs).containsExactly(1, 2, 3);
    fixture.joinAsFollower(1, "m-1", 0);
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.GROUP_AUTHORIZATION_FAILED));
    fixture.poll();
    assertThat(fixture.backOffs).containsExactly(1, 2, 3, 1);
  }

  @Test
  void newSubscriptionMendsAFailedMembership() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();
    fixture.coordinator.answer(joinRefused(ErrorCode.GROUP_MAX_SIZE_REACHED, ""));
    assertThat(fixture.failure).isInstanceOf(GroupMaxSizeReachedException.class);

    fixture.subscribe("t");
    fixture.poll();

    fixture.joinAsFollower(1, "m-1", 0);
    assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"NOT_COORDINATOR", "COORDINATOR_NOT_AVAILABLE"})
  void everyRequestGoesToTheNewCoordinatorAfterAPause(ErrorCode error) {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(joinRefused(error, ""));
    assertThat(fixture.coordinator.forgotten()).hasSize(1);
    fixture.coordinator.assertQuiet();
    fixture.steps.advance(BACK_OFF);
    fixture.coordinator.answer(joined(1, "m-1", "leader", List.of()));

    fixture.coordinator.answer(syncRefused(error));
    assertThat(fixture.coordinator.forgotten()).hasSize(2);
    fixture.steps.advance(BACK_OFF);
    fixture.coordinator.answer(assigned(0));
    fixture.poll();

    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(error));
    assertThat(fixture.coordinator.forgotten()).hasSize(3);
    fixture.steps.advance(BACK_OFF);
    fixture.coordinator.answer(heartbeat(ErrorCode.NONE));
    assertThat(fixture.history).containsExactly("assign[t-0]");
    assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
  }

  @Test
  void coordinatorThatLoadsIsAskedAgainAndNotLookedUp() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(joinRefused(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS, ""));
    fixture.coordinator.assertQuiet();
    fixture.steps.advance(BACK_OFF);

    assertThat(fixture.coordinator.has(JoinGroupRequest.class)).isTrue();
    assertThat(fixture.coordinator.forgotten()).isEmpty();
  }

  @Test
  void joinsAgainWhenTheConnectionIsLost() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.fail(JoinGroupRequest.class, new DisconnectException("broker 1 is gone"));
    assertThat(fixture.coordinator.forgotten()).containsExactly("broker 1 is gone");
    fixture.steps.advance(BACK_OFF);

    fixture.joinAsFollower(1, "m-1", 0);
    assertThat(fixture.history).containsExactly("assign[t-0]");
  }

  @Test
  void joinThatCannotBeSentEndsTheMembership() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.fail(JoinGroupRequest.class, new UnsupportedVersionException("too old"));

    assertThat(fixture.failure).isInstanceOf(UnsupportedVersionException.class);
  }

  @Test
  void syncDuringANewRebalanceJoinsAgainWithoutAPoll() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();
    fixture.coordinator.answer(joined(1, "m-1", "leader", List.of()));

    fixture.coordinator.answer(syncRefused(ErrorCode.REBALANCE_IN_PROGRESS));

    assertThat(fixture.join().memberId()).isEqualTo("m-1");
    fixture.joinAsFollower(2, "m-1", 0);
    assertThat(fixture.group.metadata().generationId()).isEqualTo(2);
  }

  @Test
  void syncOfAnUnknownMemberJoinsAgainAsANewOne() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();
    fixture.coordinator.answer(joined(1, "m-1", "leader", List.of()));

    fixture.coordinator.answer(syncRefused(ErrorCode.UNKNOWN_MEMBER_ID));

    assertThat(fixture.join().memberId()).isEmpty();
    assertThat(fixture.group.metadata().generationId()).isEqualTo(-1);
  }

  @Test
  void syncOfAnOldGenerationJoinsAgainAsTheSameMember() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();
    fixture.coordinator.answer(joined(1, "m-1", "leader", List.of()));

    fixture.coordinator.answer(syncRefused(ErrorCode.ILLEGAL_GENERATION));

    assertThat(fixture.join().memberId()).isEqualTo("m-1");
  }

  @Test
  void joinOfAnUnknownMemberIsSentAgainAsANewOne() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    fixture.poll();

    fixture.coordinator.answer(joinRefused(ErrorCode.UNKNOWN_MEMBER_ID, ""));

    assertThat(fixture.join().memberId()).isEmpty();
    fixture.steps.advance(Duration.ofSeconds(10));
    assertThat(fixture.coordinator.has(HeartbeatRequest.class)).isFalse();
  }

  @Test
  void keepsItsPartitionsWhenTheCoordinatorIsSilentAndGoesOnWithItsSuccessor() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.pollFor(Duration.ofSeconds(44));
    assertThat(fixture.coordinator.forgotten()).isEmpty();

    fixture.coordinator.unanswered().clear();
    fixture.pollFor(Duration.ofSeconds(2));
    assertThat(fixture.coordinator.forgotten()).isNotEmpty();
    assertThat(fixture.heartbeatSent().generationId()).isEqualTo(1);
    fixture.coordinator.unanswered().clear();
    fixture.pollFor(Duration.ofSeconds(46));

    fixture.coordinator.answer(heartbeat(ErrorCode.NONE));
    fixture.pollFor(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.NONE));
    assertThat(fixture.history).isEmpty();
    assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
  }

  @Test
  void losesItsPartitionsWhenTheSuccessorOfASilentCoordinatorDoesNotKnowIt() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.pollFor(Duration.ofSeconds(44));
    fixture.coordinator.unanswered().clear();
    fixture.pollFor(Duration.ofSeconds(2));

    fixture.coordinator.answer(heartbeat(ErrorCode.UNKNOWN_MEMBER_ID));
    fixture.poll();

    assertThat(fixture.history).containsExactly("lost[t-0]");
    assertThat(fixture.join().memberId()).isEmpty();
  }

  @Test
  void sessionGoesOnWhileHeartbeatsAreAnswered() {
    GroupFixture fixture = GroupFixture.stable();

    for (int i = 0; i < 40; i++) {
      fixture.pollFor(GroupFixture.HEARTBEAT);
      fixture.coordinator.answer(heartbeat(ErrorCode.NONE));
    }

    assertThat(fixture.history).isEmpty();
    assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
  }

  @Test
  void heartbeatsGoOnWhileJoinGroupIsParked() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    fixture.poll();
    assertThat(fixture.coordinator.find(JoinGroupRequest.class).purpose()).isEqualTo(Purpose.JOIN);

    fixture.pollFor(GroupFixture.HEARTBEAT);

    assertThat(fixture.heartbeatSent().generationId()).isEqualTo(1);
    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    assertThat(fixture.group.state()).isEqualTo(MemberState.JOINING);
  }

  @Test
  void silentCoordinatorIsLeftEvenWithJoinGroupParked() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    fixture.poll();
    fixture.coordinator.unanswered().clear();

    fixture.pollFor(Duration.ofSeconds(46));

    assertThat(fixture.coordinator.forgotten()).isNotEmpty();
    assertThat(fixture.coordinator.has(JoinGroupRequest.class)).isTrue();
  }

  @Test
  void answerToAnOldHeartbeatDoesNotDisturbTheNewGeneration() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    fixture.poll();
    fixture.pollFor(GroupFixture.HEARTBEAT);
    assertThat(fixture.coordinator.has(HeartbeatRequest.class)).isTrue();
    fixture.joinAsFollower(2, "m-1", 1);

    fixture.coordinator.answer(heartbeat(ErrorCode.ILLEGAL_GENERATION));

    assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
    assertThat(fixture.group.metadata().generationId()).isEqualTo(2);
  }

  @Test
  void fencedStaticMemberNamesItsInstance() {
    GroupFixture fixture = GroupFixture.stable(new GroupFixture("i-1", false));
    fixture.steps.advance(GroupFixture.HEARTBEAT);

    fixture.coordinator.answer(heartbeat(ErrorCode.FENCED_INSTANCE_ID));

    assertThat(fixture.failure)
        .isInstanceOf(FencedInstanceIdException.class)
        .hasMessageContaining("i-1");
  }
}

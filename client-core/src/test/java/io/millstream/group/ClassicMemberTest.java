package io.millstream.group;

import static io.millstream.group.GroupFixture.assigned;
import static io.millstream.group.GroupFixture.heartbeat;
import static io.millstream.group.GroupFixture.joinRefused;
import static io.millstream.group.GroupFixture.joined;
import static io.millstream.group.GroupFixture.member;
import static io.millstream.group.GroupFixture.syncRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.Cluster;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.DisconnectException;
import io.millstream.common.errors.FencedInstanceIdException;
import io.millstream.common.errors.GroupMaxSizeReachedException;
import io.millstream.common.errors.InconsistentGroupProtocolException;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.network.Purpose;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.LeaveGroupRequest;
import io.millstream.protocol.LeaveGroupResponse;
import io.millstream.protocol.SyncGroupRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassicMemberTest {

  private static final Duration BACK_OFF = Duration.ofMillis(110);

  @Test
  void joinsOnlyWhenPolled() {
    GroupFixture fixture = new GroupFixture();

    fixture.subscribe("t");
    fixture.steps.advance(Duration.ofSeconds(10));
    fixture.coordinator.assertQuiet();

    fixture.poll();
    JoinGroupRequest join = fixture.join();
    assertThat(join.groupId()).isEqualTo("orders");
    assertThat(join.memberId()).isEmpty();
    assertThat(join.sessionTimeoutMs()).isEqualTo(45_000);
    assertThat(join.rebalanceTimeoutMs()).isEqualTo(300_000);
    assertThat(join.protocolType()).isEqualTo("consumer");
    assertThat(join.protocols()).hasSize(1);
    assertThat(join.protocols().get(0).name()).isEqualTo("one");
    assertThat(ConsumerProtocol.readSubscription(join.protocols().get(0).metadata()).topics())
        .containsExactly("t");
  }

  @Test
  void joinsWithTheIdThatTheCoordinatorGave() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(joinRefused(ErrorCode.MEMBER_ID_REQUIRED, "m-7"));

    assertThat(fixture.join().memberId()).isEqualTo("m-7");
  }

  @Test
  void followerTakesWhatTheLeaderGaveAndBeginsToSendHeartbeats() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(joined(5, "m-1", "leader", List.of()));
    SyncGroupRequest sync = fixture.sync();
    assertThat(sync.generationId()).isEqualTo(5);
    assertThat(sync.memberId()).isEqualTo("m-1");
    assertThat(sync.assignments()).isEmpty();
    assertThat(fixture.coordinator.find(SyncGroupRequest.class).purpose()).isEqualTo(Purpose.JOIN);
    fixture.coordinator.answer(assigned(1, 2));
    assertThat(fixture.history).doesNotContain("assign[t-1, t-2]");

    fixture.poll();
    assertThat(fixture.history).containsExactly("assign[t-1, t-2]");
    assertThat(fixture.group.metadata().generationId()).isEqualTo(5);
    assertThat(fixture.group.metadata().memberId()).isEqualTo("m-1");
    assertThat(fixture.coordinator.has(HeartbeatRequest.class)).isFalse();
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    assertThat(fixture.heartbeatSent().generationId()).isEqualTo(5);
    assertThat(fixture.coordinator.find(HeartbeatRequest.class).purpose())
        .isEqualTo(Purpose.COORDINATOR);
  }

  @Test
  void leaderDividesThePartitionsInPoll() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(
        joined(1, "m-1", "m-1", List.of(member("m-2", "t"), member("m-1", "t"))));
    assertThat(fixture.coordinator.has(SyncGroupRequest.class)).isFalse();
    fixture.poll();

    List<SyncGroupRequest.SyncGroupRequestAssignment> assignments = fixture.sync().assignments();
    assertThat(assignments).extracting("memberId").containsExactly("m-1", "m-2");
    assertThat(ConsumerProtocol.readAssignment(assignments.get(1).assignment()).partitions())
        .hasToString("[t-1]");
  }

  @Test
  void leaderWaitsForTheTopicsOfTheOthers() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(
        joined(1, "m-1", "m-1", List.of(member("m-1", "t"), member("m-2", "u"))));
    fixture.poll();
    assertThat(fixture.wanted).containsExactlyInAnyOrder("t", "u");
    assertThat(fixture.coordinator.has(SyncGroupRequest.class)).isFalse();

    fixture.topicHas("u", 1);
    fixture.poll();
    assertThat(fixture.sync().assignments()).hasSize(2);
  }

  @Test
  void givesUpItsPartitionsBeforeItJoinsAgain() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.steps.advance(GroupFixture.HEARTBEAT);

    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    assertThat(fixture.group.state()).isEqualTo(MemberState.PREPARING);
    assertThat(fixture.coordinator.has(JoinGroupRequest.class)).isFalse();
    assertThat(fixture.history).isEmpty();

    fixture.poll();
    assertThat(fixture.history).containsExactly("hold[t-0]", "revoke[t-0]");
    assertThat(fixture.join().memberId()).isEqualTo("m-1");
    fixture.joinAsFollower(2, "m-1", 2);
    assertThat(fixture.history).containsExactly("hold[t-0]", "revoke[t-0]", "assign[t-2]");
  }

  @Test
  void losesItsPartitionsAndItsIdWhenTheCoordinatorDoesNotKnowIt() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.steps.advance(GroupFixture.HEARTBEAT);

    fixture.coordinator.answer(heartbeat(ErrorCode.UNKNOWN_MEMBER_ID));
    fixture.poll();

    assertThat(fixture.history).containsExactly("lost[t-0]");
    assertThat(fixture.join().memberId()).isEmpty();
    assertThat(fixture.group.metadata().generationId()).isEqualTo(-1);
  }

  @Test
  void losesItsPartitionsButKeepsItsIdWhenItsGenerationIsOver() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.steps.advance(GroupFixture.HEARTBEAT);

    fixture.coordinator.answer(heartbeat(ErrorCode.ILLEGAL_GENERATION));
    fixture.poll();

    assertThat(fixture.history).containsExactly("lost[t-0]");
    assertThat(fixture.join().memberId()).isEqualTo("m-1");
  }

  @Test
  void generationLostWhileItPreparesIsNotRevokedButLost() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    fixture.steps.advance(GroupFixture.HEARTBEAT);

    fixture.coordinator.answer(heartbeat(ErrorCode.UNKNOWN_MEMBER_ID));
    fixture.poll();

    assertThat(fixture.history).containsExactly("lost[t-0]");
    assertThat(fixture.join().memberId()).isEmpty();
  }

  @Test
  void assignmentThatWasOvertakenIsNeverGiven() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();
    fixture.coordinator.answer(joined(1, "m-1", "leader", List.of()));
    fixture.coordinator.answer(assigned(0));
    fixture.steps.advance(GroupFixture.HEARTBEAT);

    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    fixture.poll();

    assertThat(fixture.history).containsExactly("hold[]", "revoke[]");
    assertThat(fixture.join().memberId()).isEqualTo("m-1");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"FENCED_INSTANCE_ID", "GROUP_AUTHORIZATION_FAILED"})
  void heartbeatThatIsRefusedForGoodEndsTheMembership(ErrorCode error) {
    GroupFixture fixture = GroupFixture.stable(new GroupFixture("i-1", false));
    fixture.steps.advance(GroupFixture.HEARTBEAT);

    fixture.coordinator.answer(heartbeat(error));

    assertThat(fixture.failure).isExactlyInstanceOf(error.exception("").getClass());
    assertThat(fixture.group.state()).isEqualTo(MemberState.FAILED);
    fixture.pollFor(Duration.ofSeconds(60));
    fixture.coordinator.assertQuiet();
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
  void joinThatIsRefusedForGoodEndsTheMembership(ErrorCode error) {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(joinRefused(error, ""));

    assertThat(fixture.failure)
        .isExactlyInstanceOf(error.exception("").getClass())
        .hasMessageContaining("orders")
        .hasMessageContaining(error.name());
    fixture.pollFor(Duration.ofSeconds(5));
    fixture.coordinator.assertQuiet();
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
  void assignorThatWasNotOfferedEndsTheMembership() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(joined(1, "m-1", "leader", List.of()).withProtocolName("other"));

    assertThat(fixture.failure).isInstanceOf(InconsistentGroupProtocolException.class);
  }

  @Test
  void losesItsPartitionsWhenTheCoordinatorIsSilentForASession() {
    GroupFixture fixture = GroupFixture.stable();

    fixture.pollFor(Duration.ofSeconds(44));
    assertThat(fixture.history).isEmpty();
    fixture.pollFor(Duration.ofSeconds(2));

    assertThat(fixture.history).containsExactly("lost[t-0]");
    assertThat(fixture.coordinator.forgotten()).isNotEmpty();
    assertThat(fixture.join().memberId()).isEqualTo("m-1");
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
  void leavesWhenItIsNotPolledAndLosesItsPartitionsInTheNextPoll() {
    GroupFixture fixture = GroupFixture.stable();

    heartbeatsFor(fixture, Duration.ofSeconds(299));
    assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
    fixture.steps.advance(Duration.ofSeconds(2));

    LeaveGroupRequest leave = fixture.coordinator.next(LeaveGroupRequest.class);
    assertThat(leave.members()).extracting("memberId").containsExactly("m-1");
    assertThat(leave.members().get(0).reason()).contains("max.poll.interval.ms");
    fixture.coordinator.answer(LeaveGroupResponse.defaults());
    fixture.steps.advance(Duration.ofMinutes(15));
    assertThat(fixture.history).isEmpty();
    assertThat(fixture.coordinator.has(JoinGroupRequest.class)).isFalse();

    fixture.poll();
    assertThat(fixture.history).containsExactly("lost[t-0]");
    assertThat(fixture.join().memberId()).isEmpty();
  }

  @Test
  void losesItsPartitionsInTheNextPollThoughNobodyAnswersThatItLeaves() {
    GroupFixture fixture = GroupFixture.stable();
    heartbeatsFor(fixture, Duration.ofSeconds(301));
    assertThat(fixture.coordinator.has(LeaveGroupRequest.class)).isTrue();

    fixture.poll();
    assertThat(fixture.history).containsExactly("lost[t-0]");

    fixture.coordinator.answer(LeaveGroupResponse.defaults());
    fixture.poll();
    assertThat(fixture.history).containsExactly("lost[t-0]");
    assertThat(fixture.join().memberId()).isEmpty();
  }

  @Test
  void longPollIsNoMissedPoll() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.group.polling().entered();

    heartbeatsFor(fixture, Duration.ofMinutes(15));

    assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
  }

  @Test
  void staticMemberThatIsNotPolledStopsWithoutLeaving() {
    GroupFixture fixture = GroupFixture.stable(new GroupFixture("i-1", false));

    heartbeatsFor(fixture, Duration.ofSeconds(301));

    assertThat(fixture.coordinator.has(LeaveGroupRequest.class)).isFalse();
    fixture.poll();
    assertThat(fixture.history).containsExactly("lost[t-0]");
    assertThat(fixture.join().groupInstanceId()).isEqualTo("i-1");
  }

  @Test
  void leavesTheGroupOnClosing() {
    GroupFixture fixture = GroupFixture.stable();
    AtomicInteger done = new AtomicInteger();
    close(fixture, Duration.ofSeconds(10), done);

    LeaveGroupRequest leave = fixture.coordinator.next(LeaveGroupRequest.class);
    assertThat(leave.members()).extracting("memberId").containsExactly("m-1");
    assertThat(fixture.coordinator.find(LeaveGroupRequest.class).purpose())
        .isEqualTo(Purpose.COORDINATOR);
    assertThat(done).hasValue(0);
    fixture.coordinator.answer(LeaveGroupResponse.defaults());
    assertThat(done).hasValue(1);
    fixture.pollFor(Duration.ofSeconds(60));
    fixture.coordinator.assertQuiet();
    assertThat(fixture.group.state()).isEqualTo(MemberState.UNJOINED);
  }

  @Test
  void leavesAnOldCoordinatorInItsOwnWords() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.coordinator.speaks(2);

    close(fixture, Duration.ofSeconds(10), new AtomicInteger());

    assertThat(fixture.coordinator.next(LeaveGroupRequest.class).memberId()).isEqualTo("m-1");
  }

  @Test
  void closingEndsAtItsDeadlineWhenTheCoordinatorIsGone() {
    GroupFixture fixture = GroupFixture.stable();
    AtomicInteger done = new AtomicInteger();
    close(fixture, Duration.ofSeconds(2), done);

    for (int i = 0; i < 30 && done.get() == 0; i++) {
      if (fixture.coordinator.has(LeaveGroupRequest.class)) {
        fixture.coordinator.fail(LeaveGroupRequest.class, new DisconnectException("gone"));
      }
      fixture.steps.advance(Duration.ofMillis(100));
    }

    assertThat(done).hasValue(1);
  }

  @Test
  void closingStopsAJoinThatIsUnderWay() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();
    AtomicInteger done = new AtomicInteger();

    close(fixture, Duration.ofSeconds(10), done);
    assertThat(done).hasValue(1);
    fixture.coordinator.answer(joined(1, "m-1", "leader", List.of()));

    fixture.coordinator.assertQuiet();
    assertThat(fixture.group.metadata().generationId()).isEqualTo(-1);
  }

  @Test
  void staticMemberSaysNothingOnClosing() {
    GroupFixture fixture = GroupFixture.stable(new GroupFixture("i-1", false));
    AtomicInteger done = new AtomicInteger();

    close(fixture, Duration.ofSeconds(10), done);

    assertThat(done).hasValue(1);
    fixture.coordinator.assertQuiet();
  }

  @Test
  void leaderJoinsAgainWhenPartitionsAreAdded() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();
    fixture.joinAsLeader(1, "m-1", 0, 1, 2);

    fixture.topicHas("unrelated", 1);
    assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
    fixture.topicHas("t", 4);
    fixture.poll();

    assertThat(fixture.join().reason()).contains("{t=3}").contains("{t=4}");
  }

  @Test
  void followerLeavesNewPartitionsToTheLeader() {
    GroupFixture fixture = GroupFixture.stable();

    fixture.topicHas("t", 4);
    fixture.poll();

    assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
  }

  @Test
  void joinsAgainWhenTheSubscriptionChanges() {
    GroupFixture fixture = GroupFixture.stable();

    fixture.subscribe("t", "u");
    fixture.poll();

    assertThat(fixture.history).containsExactly("hold[t-0]", "revoke[t-0]");
    assertThat(
            ConsumerProtocol.readSubscription(fixture.join().protocols().get(0).metadata())
                .topics())
        .containsExactly("t", "u");
  }

  @Test
  void joinsOnceMoreWhenTheSubscriptionChangedMeanwhile() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();
    fixture.subscribe("u");

    fixture.joinAsFollower(1, "m-1", 0);

    assertThat(fixture.history).containsExactly("hold[]", "revoke[]");
    assertThat(
            ConsumerProtocol.readSubscription(fixture.join().protocols().get(0).metadata())
                .topics())
        .containsExactly("u");
  }

  @Test
  void subscribingAgainToTheSameTopicsChangesNothing() {
    GroupFixture fixture = GroupFixture.stable();

    fixture.subscribe("t");

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
  void assignorThatThrowsEndsTheMembershipAndTellsTheCoordinator() {
    GroupFixture fixture =
        new GroupFixture(
            null,
            false,
            new GroupFixture.OneForEach() {
              @Override
              public GroupAssignment assign(Cluster metadata, GroupSubscription subscriptions) {
                throw new IllegalStateException("boom");
              }
            });
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(joined(1, "m-1", "m-1", List.of(member("m-1", "t"))));
    fixture.poll();

    assertThat(fixture.failure).isInstanceOf(KafkaException.class).hasMessageContaining("boom");
    assertThat(fixture.coordinator.has(LeaveGroupRequest.class)).isTrue();
  }

  @Test
  void subscriptionThatCannotBeReadEndsTheMembership() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(
        joined(
            1,
            "m-1",
            "m-1",
            List.of(member("m-1", "t").withMetadata(ByteBuffer.wrap(new byte[] {0, 1, 2})))));

    assertThat(fixture.failure).isInstanceOf(KafkaException.class);
  }

  @Test
  void returningStaticLeaderKeepsTheAssignmentAndStillWatches() {
    GroupFixture fixture = new GroupFixture("i-1", false);
    fixture.subscribe("t");
    fixture.poll();

    fixture.coordinator.answer(
        joined(3, "m-1", "m-1", List.of(member("m-1", "t"))).withSkipAssignment(true));
    assertThat(fixture.sync().assignments()).isEmpty();
    fixture.coordinator.answer(assigned(0));
    fixture.poll();
    fixture.topicHas("t", 5);

    assertThat(fixture.group.state()).isEqualTo(MemberState.PREPARING);
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

  @Test
  void assignorIsToldOfItsAssignmentBeforeTheListener() {
    GroupFixture[] holder = new GroupFixture[1];
    GroupFixture fixture =
        new GroupFixture(
            null,
            false,
            new GroupFixture.OneForEach() {
              @Override
              public void onAssignment(
                  Assignment assignment,
                  io.millstream.clients.consumer.ConsumerGroupMetadata metadata) {
                holder[0].history.add("told " + metadata.generationId());
              }
            });
    holder[0] = fixture;
    fixture.subscribe("t");
    fixture.poll();

    fixture.joinAsFollower(4, "m-1", 0);

    assertThat(fixture.history).containsExactly("told 4", "assign[t-0]");
  }

  private static void heartbeatsFor(GroupFixture fixture, Duration duration) {
    for (long second = 0; second < duration.toSeconds(); second++) {
      fixture.steps.advance(Duration.ofSeconds(1));
      if (fixture.coordinator.has(HeartbeatRequest.class)) {
        fixture.coordinator.answer(heartbeat(ErrorCode.NONE));
      }
    }
  }

  private static void close(GroupFixture fixture, Duration timeout, AtomicInteger done) {
    fixture.steps.run(
        () ->
            fixture.group.close(
                fixture.steps.nowNanos() + timeout.toNanos(), done::incrementAndGet));
  }
}

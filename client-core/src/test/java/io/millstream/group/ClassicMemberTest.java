package io.millstream.group;

import static io.millstream.group.GroupFixture.assigned;
import static io.millstream.group.GroupFixture.heartbeat;
import static io.millstream.group.GroupFixture.joinRefused;
import static io.millstream.group.GroupFixture.joined;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.network.Purpose;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.SyncGroupRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a member joins, and what a rebalance does. */
class ClassicMemberTest {

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
}

package io.millstream.group;

import static io.millstream.group.GroupFixture.assigned;
import static io.millstream.group.GroupFixture.joined;
import static io.millstream.group.GroupFixture.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.errors.DisconnectException;
import io.millstream.network.Purpose;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.LeaveGroupRequest;
import io.millstream.protocol.LeaveGroupResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a member leaves: for a missed poll, and on closing. */
class LeavingTest {

  @Test
  void leavesWhenItIsNotPolledAndLosesItsPartitionsInTheNextPoll() {
    GroupFixture fixture = GroupFixture.stable();

    fixture.heartbeatsFor(Duration.ofSeconds(299));
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
    fixture.heartbeatsFor(Duration.ofSeconds(301));
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
    fixture.group.polling().waiting();

    fixture.heartbeatsFor(Duration.ofMinutes(15));

    assertThat(fixture.group.state()).isEqualTo(MemberState.STABLE);
  }

  @Test
  void pollThatDoesNotComeBackFromTheApplicationIsAMissedOne() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.group.polling().waiting();
    fixture.heartbeatsFor(Duration.ofMinutes(15));

    fixture.group.polling().working(fixture.steps.nowNanos());
    fixture.heartbeatsFor(GroupFixture.MAX_POLL.plusSeconds(1));

    assertThat(fixture.coordinator.has(LeaveGroupRequest.class)).isTrue();
  }

  @Test
  void staticMemberThatIsNotPolledStopsWithoutLeaving() {
    GroupFixture fixture = GroupFixture.stable(new GroupFixture("i-1", false));

    fixture.heartbeatsFor(Duration.ofSeconds(301));

    assertThat(fixture.coordinator.has(LeaveGroupRequest.class)).isFalse();
    fixture.poll();
    assertThat(fixture.history).containsExactly("lost[t-0]");
    assertThat(fixture.join().groupInstanceId()).isEqualTo("i-1");
  }

  @Test
  void leaderThatUnsubscribesForgetsTheTopicsOfTheOthers() {
    GroupFixture fixture = new GroupFixture();
    fixture.topicHas("u", 1);
    fixture.subscribe("t");
    fixture.poll();
    fixture.coordinator.answer(
        joined(1, "m-1", "m-1", List.of(member("m-1", "t"), member("m-2", "u"))));
    fixture.poll();
    fixture.coordinator.answer(assigned(0));
    fixture.poll();
    assertThat(fixture.wanted).containsExactlyInAnyOrder("t", "u");

    fixture.steps.run(
        () -> fixture.group.unsubscribe(fixture.steps.nowNanos() + 1_000_000_000L, () -> {}));
    assertThat(fixture.wanted).isEmpty();
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
  void closingLooksForAnUnknownCoordinatorForTwoSecondsOnly() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.coordinator.known(false);
    AtomicInteger done = new AtomicInteger();
    close(fixture, Duration.ofSeconds(30), done);

    for (int i = 0; i < 21; i++) {
      assertThat(done).hasValue(0);
      if (fixture.coordinator.has(LeaveGroupRequest.class)) {
        fixture.coordinator.fail(LeaveGroupRequest.class, new DisconnectException("not found"));
      }
      fixture.steps.advance(Duration.ofMillis(99));
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

  private static void close(GroupFixture fixture, Duration timeout, AtomicInteger done) {
    fixture.steps.run(
        () ->
            fixture.group.close(
                fixture.steps.nowNanos() + timeout.toNanos(), done::incrementAndGet));
  }
}

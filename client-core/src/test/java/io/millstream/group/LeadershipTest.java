package io.millstream.group;

import static io.millstream.group.GroupFixture.assigned;
import static io.millstream.group.GroupFixture.joined;
import static io.millstream.group.GroupFixture.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.Cluster;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.InconsistentGroupProtocolException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.protocol.LeaveGroupRequest;
import io.millstream.protocol.SyncGroupRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a leader divides the partitions, and what members hear of it. */
class LeadershipTest {

  private static final Duration BACK_OFF = Duration.ofMillis(110);

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
  void joinsAgainWhenTheLeaderNeverDividesThePartitions() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();
    fixture.coordinator.answer(joined(5, "m-1", "leader", List.of()));
    assertThat(fixture.coordinator.has(SyncGroupRequest.class)).isTrue();

    fixture.group.polling().waiting();
    fixture.heartbeatsFor(GroupFixture.MAX_POLL.plusSeconds(5));
    fixture.coordinator.fail(SyncGroupRequest.class, new TimeoutException("no answer"));
    fixture.steps.advance(BACK_OFF);

    assertThat(fixture.join().memberId()).isEqualTo("m-1");
    fixture.joinAsFollower(6, "m-1", 0);
    assertThat(fixture.history).containsExactly("assign[t-0]");
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
  void errorInAnAssignorEndsTheMembershipToo() {
    GroupFixture fixture =
        new GroupFixture(
            null,
            false,
            new GroupFixture.OneForEach() {
              @Override
              public GroupAssignment assign(Cluster metadata, GroupSubscription subscriptions) {
                throw new NoClassDefFoundError("made by the test");
              }
            });
    fixture.subscribe("t");
    fixture.poll();
    fixture.coordinator.answer(joined(1, "m-1", "m-1", List.of(member("m-1", "t"))));
    fixture.poll();

    assertThat(fixture.failure)
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("assignor one failed")
        .hasRootCauseInstanceOf(NoClassDefFoundError.class);
    assertThat(fixture.group.state()).isEqualTo(MemberState.FAILED);
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
}

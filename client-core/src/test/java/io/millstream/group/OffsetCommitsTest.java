package io.millstream.group;

import static io.millstream.group.GroupFixture.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millstream.clients.consumer.CommitFailedException;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.errors.DisconnectException;
import io.millstream.common.errors.FencedInstanceIdException;
import io.millstream.common.errors.GroupAuthorizationException;
import io.millstream.common.errors.OffsetMetadataTooLarge;
import io.millstream.common.errors.RebalanceInProgressException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.common.errors.UnknownTopicOrPartitionException;
import io.millstream.network.Purpose;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.LeaveGroupResponse;
import io.millstream.protocol.OffsetCommitRequest;
import io.millstream.protocol.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.millstream.protocol.OffsetCommitResponse;
import io.millstream.protocol.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.millstream.protocol.OffsetCommitResponse.OffsetCommitResponseTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OffsetCommitsTest {

  private static final Duration BACK_OFF = Duration.ofMillis(110);
  private static final TopicPartition T0 = new TopicPartition("t", 0);
  private static final TopicPartition T1 = new TopicPartition("t", 1);
  private static final TopicPartition U0 = new TopicPartition("u", 0);

  private final List<@Nullable RuntimeException> results = new ArrayList<>();

  @Test
  void carriesTheGenerationOfTheMember() {
    GroupFixture fixture = GroupFixture.stable(new GroupFixture("i-1", false));

    commit(fixture, Map.of(T0, new OffsetAndMetadata(42, Optional.of(7), "note")));

    OffsetCommitRequest request = fixture.coordinator.next(OffsetCommitRequest.class);
    assertThat(fixture.coordinator.find(OffsetCommitRequest.class).purpose())
        .isEqualTo(Purpose.COORDINATOR);
    assertThat(request.groupId()).isEqualTo("orders");
    assertThat(request.generationIdOrMemberEpoch()).isEqualTo(1);
    assertThat(request.memberId()).isEqualTo("m-1");
    assertThat(request.groupInstanceId()).isEqualTo("i-1");
    assertThat(request.topics().get(0).partitions().get(0))
        .isEqualTo(new OffsetCommitRequest.OffsetCommitRequestPartition(0, 42, 7, "note"));
    answer(fixture, Map.of(T0, ErrorCode.NONE));
    assertThat(results).hasSize(1).containsOnlyNulls();
  }

  @Test
  void commitsWithoutMembershipForPartitionsAssignedByHand() {
    GroupFixture fixture = new GroupFixture();

    commit(fixture, offsets(T0, 1));

    OffsetCommitRequest request = fixture.coordinator.next(OffsetCommitRequest.class);
    assertThat(request.generationIdOrMemberEpoch()).isEqualTo(-1);
    assertThat(request.memberId()).isEmpty();
  }

  @Test
  void namesTopicsUnlessEveryIdIsKnown() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.topicIds.put("t", new Uuid(1, 2));
    TopicPartition other = new TopicPartition("u", 0);
    commit(fixture, Map.of(T0, new OffsetAndMetadata(1), other, new OffsetAndMetadata(2)));
    assertThat(fixture.coordinator.find(OffsetCommitRequest.class).version()).isEqualTo((short) 9);
    answer(fixture, Map.of(T0, ErrorCode.NONE, other, ErrorCode.NONE));

    fixture.topicIds.put("u", new Uuid(3, 4));
    commit(fixture, Map.of(T0, new OffsetAndMetadata(1), other, new OffsetAndMetadata(2)));
    assertThat(fixture.coordinator.find(OffsetCommitRequest.class).version()).isEqualTo((short) 10);
    assertThat(fixture.coordinator.next(OffsetCommitRequest.class).topics())
        .extracting(OffsetCommitRequestTopic::topicId)
        .containsExactly(new Uuid(1, 2), new Uuid(3, 4));
    fixture.coordinator.answer(
        OffsetCommitResponse.defaults()
            .withTopics(List.of(byId(new Uuid(1, 2)), byId(new Uuid(3, 4)))));

    assertThat(results).hasSize(2).containsOnlyNulls();
  }

  @Test
  void anAnswerByIdCountsForTheTopicThatWasAskedByThatId() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.topicIds.put("t", new Uuid(1, 2));
    commit(fixture, offsets(T0, 1));

    // The topic is deleted and created again: what was committed must not be, in the new one.
    fixture.topicIds.put("t", new Uuid(9, 9));
    fixture.coordinator.answer(
        OffsetCommitResponse.defaults().withTopics(List.of(byId(new Uuid(1, 2)))));

    assertThat(results).hasSize(1).containsOnlyNulls();
    fixture.steps.advance(BACK_OFF);
    assertThat(fixture.coordinator.has(OffsetCommitRequest.class)).isFalse();
  }

  @Test
  void unknownTopicIdIsTriedAgainWithFreshMetadata() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1));

    answer(fixture, Map.of(T0, ErrorCode.UNKNOWN_TOPIC_ID));
    assertThat(fixture.refreshes).hasSize(1);
    fixture.steps.advance(BACK_OFF);
    answer(fixture, Map.of(T0, ErrorCode.NONE));

    assertThat(results).containsOnlyNulls();
  }

  @Test
  void commitForADeletedTopicFailsSoonAndThoseForOthersSucceed() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.missing.add("t");
    commit(fixture, offsets(T0, 1));
    commit(fixture, offsets(U0, 2));
    for (int attempt = 0; attempt < 4; attempt++) {
      answer(fixture, Map.of(T0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
      fixture.steps.advance(BACK_OFF);
    }
    assertThat(results).hasSize(1);
    assertThat(results.get(0))
        .isInstanceOf(UnknownTopicOrPartitionException.class)
        .hasMessageContaining("t-0");

    answer(fixture, Map.of(U0, ErrorCode.NONE));
    assertThat(results).hasSize(2);
    assertThat(results.get(1)).isNull();
  }

  @Test
  void commitForAPartitionThatItsTopicNoLongerHasFailsSoon() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, Map.of(T0, new OffsetAndMetadata(1), T1, new OffsetAndMetadata(1)));
    // Deleted and created again with fewer.
    fixture.topicPartitions.put("t", 1);
    answer(fixture, Map.of(T0, ErrorCode.NONE, T1, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    for (int attempt = 0; attempt < 3; attempt++) {
      fixture.steps.advance(BACK_OFF);
      answer(fixture, Map.of(T1, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    }
    assertThat(results).hasSize(1);
    assertThat(results.get(0))
        .isInstanceOf(UnknownTopicOrPartitionException.class)
        .hasMessageContaining("t-1");
  }

  @Test
  void commitForATopicThatOnlyTheCoordinatorDoesNotKnowYetIsTriedAgain() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1));
    for (int attempt = 0; attempt < 20; attempt++) {
      answer(fixture, Map.of(T0, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
      fixture.steps.advance(BACK_OFF);
    }
    answer(fixture, Map.of(T0, ErrorCode.NONE));

    assertThat(results).hasSize(1).containsOnlyNulls();
  }

  @Test
  void laterCommitsWaitAndGoTogether() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1));
    commit(fixture, offsets(T0, 2));
    commit(fixture, offsets(T1, 3));
    commit(fixture, offsets(T0, 4));
    assertThat(fixture.coordinator.unanswered()).hasSize(1);

    answer(fixture, Map.of(T0, ErrorCode.NONE));
    assertThat(results).hasSize(1);

    OffsetCommitRequest second = fixture.coordinator.next(OffsetCommitRequest.class);
    assertThat(second.topics().get(0).partitions())
        .extracting("partitionIndex", "committedOffset")
        .containsExactly(tuple(0, 4L), tuple(1, 3L));
    answer(fixture, Map.of(T0, ErrorCode.NONE, T1, ErrorCode.NONE));
    assertThat(results).hasSize(4).containsOnlyNulls();
  }

  @Test
  void attemptThatIsMadeAgainNeverOvertakesALaterCommit() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1));
    commit(fixture, offsets(T0, 2));

    fixture.coordinator.fail(OffsetCommitRequest.class, new DisconnectException("gone"));
    fixture.steps.advance(BACK_OFF);
    assertThat(committedOffset(fixture)).isEqualTo(1);
    answer(fixture, Map.of(T0, ErrorCode.NONE));
    assertThat(committedOffset(fixture)).isEqualTo(2);
  }

  @Test
  void onlyUnsettledPartitionsAreTriedAgain() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, Map.of(T0, new OffsetAndMetadata(1), T1, new OffsetAndMetadata(2)));

    answer(fixture, Map.of(T0, ErrorCode.NONE, T1, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    fixture.steps.advance(BACK_OFF);

    assertThat(fixture.coordinator.next(OffsetCommitRequest.class).topics().get(0).partitions())
        .extracting("partitionIndex")
        .containsExactly(1);
    answer(fixture, Map.of(T1, ErrorCode.NONE));
    assertThat(results).hasSize(1).containsOnlyNulls();
  }

  @Test
  void partitionThatWasNotAnsweredIsNotTakenForCommitted() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, Map.of(T0, new OffsetAndMetadata(1), T1, new OffsetAndMetadata(2)));

    answer(fixture, Map.of(T0, ErrorCode.NONE));
    assertThat(results).isEmpty();
    fixture.steps.advance(BACK_OFF);

    assertThat(fixture.coordinator.has(OffsetCommitRequest.class)).isTrue();
  }

  @Test
  void failureOfOnePartitionFailsOnlyTheCommitsThatHaveIt() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1));
    commit(fixture, offsets(T0, 2));
    commit(fixture, offsets(T1, 3));
    answer(fixture, Map.of(T0, ErrorCode.NONE));
    results.clear();

    answer(fixture, Map.of(T0, ErrorCode.NONE, T1, ErrorCode.OFFSET_METADATA_TOO_LARGE));

    assertThat(results.get(0)).isNull();
    assertThat(results.get(1))
        .isInstanceOf(OffsetMetadataTooLarge.class)
        .hasMessageContaining("t-1");
  }

  @Test
  void topicThatMayNotBeReadIsNamed() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1));

    answer(fixture, Map.of(T0, ErrorCode.TOPIC_AUTHORIZATION_FAILED));

    assertThat(results.get(0)).isInstanceOf(TopicAuthorizationException.class);
    assertThat(((TopicAuthorizationException) results.get(0)).unauthorizedTopics())
        .containsExactly("t");
  }

  @Test
  void groupThatMayNotBeReadIsNamed() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1));

    answer(fixture, Map.of(T0, ErrorCode.GROUP_AUTHORIZATION_FAILED));

    assertThat(results.get(0)).isInstanceOf(GroupAuthorizationException.class);
    assertThat(((GroupAuthorizationException) results.get(0)).groupId()).isEqualTo("orders");
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID"})
  void commitOfALostGenerationSaysWhatToChangeAndTheMemberJoinsAgain(ErrorCode error) {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1));

    answer(fixture, Map.of(T0, error));
    fixture.poll();

    assertThat(results.get(0))
        .isInstanceOf(CommitFailedException.class)
        .hasMessageContaining("max.poll.interval.ms")
        .hasMessageContaining("orders");
    assertThat(fixture.history).containsExactly("lost[t-0]");
    assertThat(fixture.coordinator.has(JoinGroupRequest.class)).isTrue();
  }

  @Test
  void commitByHandIntoALivingGroupSaysSo() {
    GroupFixture fixture = new GroupFixture();
    commit(fixture, offsets(T0, 1));

    answer(fixture, Map.of(T0, ErrorCode.UNKNOWN_MEMBER_ID));

    assertThat(results.get(0))
        .isInstanceOf(CommitFailedException.class)
        .hasMessageContaining("assigned by hand");
  }

  @Test
  void commitInARebalanceSaysSoAndTheMemberJoinsAgain() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1));

    answer(fixture, Map.of(T0, ErrorCode.REBALANCE_IN_PROGRESS));
    fixture.poll();

    assertThat(results.get(0)).isInstanceOf(RebalanceInProgressException.class);
    assertThat(fixture.history).containsExactly("hold[t-0]", "revoke[t-0]");
  }

  @Test
  void fencedCommitEndsTheMembership() {
    GroupFixture fixture = GroupFixture.stable(new GroupFixture("i-1", false));
    commit(fixture, offsets(T0, 1));

    answer(fixture, Map.of(T0, ErrorCode.FENCED_INSTANCE_ID));

    assertThat(results.get(0)).isInstanceOf(FencedInstanceIdException.class);
    assertThat(fixture.failure).isInstanceOf(FencedInstanceIdException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {
        "NOT_COORDINATOR",
        "COORDINATOR_NOT_AVAILABLE",
        "COORDINATOR_LOAD_IN_PROGRESS",
        "REQUEST_TIMED_OUT"
      })
  void whatPassesIsTriedAgain(ErrorCode error) {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1));

    answer(fixture, Map.of(T0, error));
    fixture.coordinator.assertQuiet();
    fixture.steps.advance(BACK_OFF);
    answer(fixture, Map.of(T0, ErrorCode.NONE));

    assertThat(results).hasSize(1).containsOnlyNulls();
  }

  @Test
  void deadlineEndsTryingAndNamesTheLastAnswer() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1), Duration.ofSeconds(1));
    commit(fixture, offsets(T0, 2), Duration.ofSeconds(60));

    for (int i = 0; i < 15; i++) {
      if (fixture.coordinator.has(OffsetCommitRequest.class) && committedOffset(fixture) == 1) {
        answer(fixture, Map.of(T0, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
      }
      fixture.steps.advance(BACK_OFF);
    }

    assertThat(results).hasSize(1);
    assertThat(results.get(0))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("COORDINATOR_LOAD_IN_PROGRESS");
    assertThat(committedOffset(fixture)).isEqualTo(2);
  }

  @Test
  void commitThatWaitsBehindAnotherExpiresByItself() {
    GroupFixture fixture = GroupFixture.stable();
    commit(fixture, offsets(T0, 1), Duration.ofSeconds(20));
    commit(fixture, offsets(T0, 2), Duration.ofSeconds(1));

    fixture.steps.advance(Duration.ofSeconds(2));

    assertThat(results).hasSize(1);
    assertThat(results.get(0))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("earlier commit");
    answer(fixture, Map.of(T0, ErrorCode.NONE));
    fixture.coordinator.assertQuiet();
  }

  @Test
  void commitIsSentWhileJoinGroupIsParked() {
    GroupFixture fixture = GroupFixture.stable();
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    fixture.poll();
    assertThat(fixture.coordinator.has(JoinGroupRequest.class)).isTrue();

    commit(fixture, offsets(T0, 1));

    assertThat(fixture.coordinator.next(OffsetCommitRequest.class).generationIdOrMemberEpoch())
        .isEqualTo(1);
  }

  @Test
  void memberThatIsJoiningForTheFirstTimeCannotCommit() {
    GroupFixture fixture = new GroupFixture();
    fixture.subscribe("t");
    fixture.poll();

    commit(fixture, offsets(T0, 1));

    assertThat(results.get(0)).isInstanceOf(RebalanceInProgressException.class);
  }

  @Test
  void memberThatLeftForAMissedPollCannotCommit() {
    GroupFixture fixture = GroupFixture.stable();
    for (int second = 0; second < 301; second++) {
      fixture.steps.advance(Duration.ofSeconds(1));
      if (fixture.coordinator.has(HeartbeatRequest.class)) {
        fixture.coordinator.answer(heartbeat(ErrorCode.NONE));
      }
    }
    commit(fixture, offsets(T0, 1));
    fixture.coordinator.answer(LeaveGroupResponse.defaults());
    commit(fixture, offsets(T0, 1));

    assertThat(results)
        .hasSize(2)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(CommitFailedException.class)
                    .hasMessageContaining("300000"));
  }

  private void commit(GroupFixture fixture, Map<TopicPartition, OffsetAndMetadata> offsets) {
    commit(fixture, offsets, Duration.ofSeconds(60));
  }

  private void commit(
      GroupFixture fixture, Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    fixture.steps.run(
        () ->
            fixture
                .group
                .commits()
                .commit(offsets, fixture.steps.nowNanos() + timeout.toNanos(), results::add));
  }

  private static long committedOffset(GroupFixture fixture) {
    return fixture
        .coordinator
        .next(OffsetCommitRequest.class)
        .topics()
        .get(0)
        .partitions()
        .get(0)
        .committedOffset();
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(TopicPartition partition, long to) {
    return Map.of(partition, new OffsetAndMetadata(to));
  }

  private static OffsetCommitResponseTopic byId(Uuid id) {
    return new OffsetCommitResponseTopic(
        "", id, List.of(new OffsetCommitResponsePartition(0, (short) 0)));
  }

  private static void answer(GroupFixture fixture, Map<TopicPartition, ErrorCode> errors) {
    Map<String, List<OffsetCommitResponsePartition>> topics = new TreeMap<>();
    errors.forEach(
        (partition, error) ->
            topics
                .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(new OffsetCommitResponsePartition(partition.partition(), error.code())));
    fixture.coordinator.answer(
        OffsetCommitResponse.defaults()
            .withTopics(
                topics.entrySet().stream()
                    .map(
                        e ->
                            new OffsetCommitResponseTopic(e.getKey(), Uuid.ZERO_UUID, e.getValue()))
                    .toList()));
  }
}

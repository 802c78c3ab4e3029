package io.millstream.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.protocol.LeaveGroupRequest;
import io.millstream.protocol.LeaveGroupResponse;
import io.millstream.protocol.OffsetCommitRequest;
import io.millstream.protocol.OffsetCommitResponse;
import io.millstream.protocol.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.millstream.protocol.OffsetCommitResponse.OffsetCommitResponseTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a consumer has still to do in its group when it goes. */
class DepartureTest {

  private static final TopicPartition T0 = new TopicPartition("t", 0);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final GroupFixture fixture = new GroupFixture();
  private final List<String> done = new ArrayList<>();
  private final List<@Nullable RuntimeException> committed = new ArrayList<>();

  private long deadlineNanos() {
    return fixture.steps.nowNanos() + TIMEOUT.toNanos();
  }

  private void commit(long offset) {
    fixture.steps.run(
        () ->
            fixture
                .group
                .commits()
                .commit(
                    Map.of(T0, new OffsetAndMetadata(offset)), deadlineNanos(), committed::add));
  }

  private void unsubscribe() {
    fixture.steps.run(() -> fixture.group.unsubscribe(deadlineNanos(), () -> done.add("left")));
  }

  private void close() {
    fixture.steps.run(() -> fixture.group.close(deadlineNanos(), () -> done.add("closed")));
  }

  private void answerCommit() {
    fixture.coordinator.answer(
        OffsetCommitResponse.defaults()
            .withTopics(
                List.of(
                    new OffsetCommitResponseTopic(
                        "t",
                        Uuid.ZERO_UUID,
                        List.of(new OffsetCommitResponsePartition(0, (short) 0))))));
  }

  @Test
  void theCoordinatorHearsOfItWhenAllCommitsAreAnswered() {
    GroupFixture.stable(fixture);
    commit(1);
    commit(2);

    unsubscribe();

    for (int i = 0; i < 2; i++) {
      assertThat(fixture.coordinator.has(LeaveGroupRequest.class)).isFalse();
      OffsetCommitRequest request = fixture.coordinator.next(OffsetCommitRequest.class);
      assertThat(request.memberId()).isEqualTo("m-1");
      answerCommit();
    }
    assertThat(committed).hasSize(2).containsOnlyNulls();
    assertThat(fixture.coordinator.has(LeaveGroupRequest.class)).isTrue();
  }

  @Test
  void aCommitWithoutAnswerHoldsItUpNoLongerThanAllowed() {
    GroupFixture.stable(fixture);
    commit(1);
    unsubscribe();

    fixture.steps.advance(TIMEOUT.minusSeconds(2).minusMillis(1));
    assertThat(fixture.coordinator.has(LeaveGroupRequest.class)).isFalse();
    fixture.steps.advance(Duration.ofMillis(2));

    assertThat(fixture.coordinator.has(LeaveGroupRequest.class))
        .as("there is time left for the answer")
        .isTrue();
  }

  @Test
  void closingWaitsForCommitsOfPartitionsAssignedByHand() {
    commit(1);

    fixture.steps.run(
        () -> fixture.group.commitOnClose(deadlineNanos(), () -> done.add("committed")));

    assertThat(done).isEmpty();
    answerCommit();
    assertThat(done).containsExactly("committed");
  }

  @Test
  void closingWaitsForTheFarewellThatIsUnderWay() {
    GroupFixture.stable(fixture);
    unsubscribe();

    close();

    assertThat(done).isEmpty();
    fixture.coordinator.answer(LeaveGroupResponse.defaults());
    assertThat(done).containsExactly("left", "closed");
    assertThat(fixture.group.state()).isEqualTo(MemberState.UNJOINED);
    fixture.coordinator.assertQuiet();
  }

  @Test
  void anAssignmentOfBeforeIsNotTakenOnceTheConsumerHasGivenUpItsPartitions() {
    fixture.subscribe("t");
    fixture.poll();
    fixture.coordinator.answer(GroupFixture.joined(1, "m-1", "leader", List.of()));
    fixture.coordinator.answer(GroupFixture.assigned(0));

    fixture.group.assignmentTaken();
    fixture.poll();

    assertThat(fixture.history).doesNotContain("assign[t-0]");
    unsubscribe();
    fixture.coordinator.answer(LeaveGroupResponse.defaults());
    fixture.subscribe("t");
    fixture.poll();
    fixture.joinAsFollower(2, "m-2", 1);
    assertThat(fixture.history).endsWith("assign[t-1]");
  }

  @Test
  void whoeverAskedForACommitHearsWhenTheClientEndsBeforeItsAnswer() {
    commit(1);
    commit(2);

    fixture.steps.loop().shutdown();
    fixture.steps.settle();

    assertThat(committed)
        .hasSize(2)
        .allSatisfy(
            failure ->
                assertThat(failure)
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("closed before"));
  }
}

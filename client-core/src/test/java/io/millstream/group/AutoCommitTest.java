package io.millstream.group;

import static io.millstream.group.GroupFixture.heartbeat;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.OffsetCommitRequest;
import io.millstream.protocol.OffsetCommitResponse;
import io.millstream.protocol.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.millstream.protocol.OffsetCommitResponse.OffsetCommitResponseTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AutoCommitTest {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final GroupFixture fixture = GroupFixture.stable(new GroupFixture(null, true));

  @Test
  void commitsTheSnapshotOnTheTimer() {
    fixture.snapshot = at(10);
    fixture.steps.advance(INTERVAL);

    assertThat(committedOffset()).isEqualTo(10);
  }

  @Test
  void commitsNothingWhenNothingChanged() {
    fixture.steps.advance(INTERVAL);
    assertThat(fixture.coordinator.has(OffsetCommitRequest.class)).isFalse();

    fixture.snapshot = at(10);
    fixture.steps.advance(INTERVAL);
    answer(ErrorCode.NONE);
    fixture.steps.advance(INTERVAL);
    assertThat(fixture.coordinator.has(OffsetCommitRequest.class)).isFalse();

    fixture.snapshot = at(11);
    fixture.steps.advance(INTERVAL);
    assertThat(committedOffset()).isEqualTo(11);
  }

  @Test
  void commitsTheSameOffsetAgainInTheNextGeneration() {
    fixture.snapshot = at(10);
    fixture.steps.advance(INTERVAL);
    answer(ErrorCode.NONE);
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    fixture.poll();
    assertThat(fixture.coordinator.has(OffsetCommitRequest.class)).as("nothing is new").isFalse();
    fixture.poll();
    fixture.joinAsFollower(2, "m-1", 0);

    // Another member may have had the partition in between, and committed something else.
    fixture.steps.advance(INTERVAL);
    assertThat(committedOffset()).isEqualTo(10);
  }

  @Test
  void commitsTheSameOffsetAgainWhereTheApplicationHasCommittedAnother() {
    fixture.snapshot = at(10);
    fixture.steps.advance(INTERVAL);
    answer(ErrorCode.NONE);
    fixture.steps.run(
        () ->
            fixture.group.commits().commit(at(3), fixture.steps.nowNanos() + 1_000, failure -> {}));
    answer(ErrorCode.NONE);

    fixture.steps.advance(INTERVAL);
    assertThat(committedOffset()).isEqualTo(10);
  }

  @Test
  void commitsTheSameOffsetAgainWhenPartitionsWereAssignedAnew() {
    fixture.snapshot = at(10);
    fixture.steps.advance(INTERVAL);
    answer(ErrorCode.NONE);
    fixture.steps.run(fixture.group::assignedByHand);

    fixture.steps.advance(INTERVAL);
    assertThat(committedOffset()).isEqualTo(10);
  }

  @Test
  void withoutAMembershipTheSameOffsetIsCommittedAgainBeforeItExpires() {
    GroupFixture alone = new GroupFixture(null, true);
    alone.snapshot = at(10);
    alone.steps.advance(INTERVAL);
    answer(alone, ErrorCode.NONE);
    alone.steps.advance(Duration.ofMinutes(9));
    assertThat(alone.coordinator.has(OffsetCommitRequest.class)).isFalse();

    alone.steps.advance(Duration.ofMinutes(1));
    assertThat(alone.coordinator.has(OffsetCommitRequest.class)).isTrue();
    answer(alone, ErrorCode.NONE);
    alone.steps.advance(INTERVAL);
    assertThat(alone.coordinator.has(OffsetCommitRequest.class)).isFalse();
  }

  @Test
  void commitsWhatTheConsumerGivesUpByItself() {
    fixture.steps.run(() -> fixture.group.leaving(at(7)));
    assertThat(committedOffset()).isEqualTo(7);
    answer(ErrorCode.NONE);

    fixture.steps.run(() -> fixture.group.leaving(at(7)));
    assertThat(fixture.coordinator.has(OffsetCommitRequest.class)).isFalse();
  }

  @Test
  void commitsBeforePartitionsAreGivenUp() {
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    assertThat(fixture.coordinator.has(OffsetCommitRequest.class)).isFalse();

    fixture.snapshot = at(20);
    fixture.poll();
    assertThat(fixture.history).containsExactly("hold[t-0]");
    assertThat(committedOffset()).isEqualTo(20);
    answer(ErrorCode.NONE);
    fixture.poll();

    assertThat(fixture.history).containsExactly("hold[t-0]", "revoke[t-0]");
    assertThat(fixture.coordinator.has(JoinGroupRequest.class)).isTrue();
  }

  @Test
  void rebalanceGoesOnWhenItsCommitFails() {
    fixture.snapshot = at(20);
    fixture.steps.advance(GroupFixture.HEARTBEAT);
    fixture.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    fixture.poll();

    answer(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
    fixture.poll();

    assertThat(fixture.coordinator.has(JoinGroupRequest.class)).isTrue();
  }

  @Test
  void failedCommitIsMadeAgainAtTheNextTime() {
    fixture.snapshot = at(10);
    fixture.steps.advance(INTERVAL);
    answer(ErrorCode.TOPIC_AUTHORIZATION_FAILED);

    fixture.steps.advance(INTERVAL);

    assertThat(committedOffset()).isEqualTo(10);
  }

  @Test
  void commitsOnClosingAndNeverAfter() {
    fixture.snapshot = at(30);
    AtomicInteger done = new AtomicInteger();
    fixture.steps.run(
        () ->
            fixture.group.commitOnClose(
                fixture.steps.nowNanos() + INTERVAL.toNanos(), done::incrementAndGet));

    assertThat(committedOffset()).isEqualTo(30);
    assertThat(done).hasValue(0);
    answer(ErrorCode.NONE);
    assertThat(done).hasValue(1);
    fixture.snapshot = at(31);
    fixture.steps.advance(INTERVAL.multipliedBy(2));
    assertThat(fixture.coordinator.has(OffsetCommitRequest.class)).isFalse();
  }

  @Test
  void switchedOffItCommitsNeitherOnTheTimerNorBeforeARebalanceNorOnClosing() {
    GroupFixture manual = GroupFixture.stable();
    manual.snapshot = at(10);
    manual.steps.advance(INTERVAL.multipliedBy(2));
    manual.coordinator.answer(heartbeat(ErrorCode.REBALANCE_IN_PROGRESS));
    manual.poll();
    AtomicInteger done = new AtomicInteger();
    manual.steps.run(
        () -> manual.group.commitOnClose(manual.steps.nowNanos(), done::incrementAndGet));

    manual.steps.run(() -> manual.group.leaving(at(10)));

    assertThat(manual.coordinator.has(OffsetCommitRequest.class)).isFalse();
    assertThat(done).hasValue(1);
  }

  private static Map<TopicPartition, OffsetAndMetadata> at(long offset) {
    return Map.of(new TopicPartition("t", 0), new OffsetAndMetadata(offset));
  }

  private long committedOffset() {
    return fixture
        .coordinator
        .next(OffsetCommitRequest.class)
        .topics()
        .get(0)
        .partitions()
        .get(0)
        .committedOffset();
  }

  private void answer(ErrorCode error) {
    answer(fixture, error);
  }

  private static void answer(GroupFixture member, ErrorCode error) {
    member.coordinator.answer(
        OffsetCommitResponse.defaults()
            .withTopics(
                List.of(
                    new OffsetCommitResponseTopic(
                        "t",
                        Uuid.ZERO_UUID,
                        List.of(new OffsetCommitResponsePartition(0, error.code()))))));
  }
}

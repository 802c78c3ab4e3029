package io.millstream.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.errors.GroupAuthorizationException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.OffsetFetchRequest;
import io.millstream.protocol.OffsetFetchResponse;
import io.millstream.protocol.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.millstream.protocol.OffsetFetchResponse.OffsetFetchResponsePartition;
import io.millstream.protocol.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.millstream.protocol.OffsetFetchResponse.OffsetFetchResponseTopic;
import io.millstream.protocol.OffsetFetchResponse.OffsetFetchResponseTopics;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OffsetFetchTest {

  private static final Duration BACK_OFF = Duration.ofMillis(110);
  private static final Uuid ID = new Uuid(1, 2);
  private static final TopicPartition T0 = new TopicPartition("t", 0);
  private static final TopicPartition T1 = new TopicPartition("t", 1);

  private final GroupFixture fixture = new GroupFixture();
  private @Nullable Map<TopicPartition, @Nullable OffsetAndMetadata> offsets;
  private @Nullable RuntimeException failure;

  @Test
  void partitionWithoutCommitIsThereWithNull() {
    committed(Set.of(T0, T1));

    OffsetFetchRequest request = fixture.coordinator.next(OffsetFetchRequest.class);
    assertThat(request.requireStable()).isTrue();
    assertThat(request.groups().get(0).topics())
        .containsExactly(
            new OffsetFetchRequest.OffsetFetchRequestTopics("t", Uuid.ZERO_UUID, List.of(0, 1)));
    assertThat(fixture.coordinator.find(OffsetFetchRequest.class).version()).isEqualTo((short) 9);
    fixture.coordinator.answer(
        answer(
            "t",
            Uuid.ZERO_UUID,
            partition(0, 42, 7, ErrorCode.NONE),
            partition(1, -1, -1, ErrorCode.NONE)));

    Map<TopicPartition, @Nullable OffsetAndMetadata> expected = new LinkedHashMap<>();
    expected.put(T0, new OffsetAndMetadata(42, Optional.of(7), "m"));
    expected.put(T1, null);
    assertThat(offsets).isEqualTo(expected);
  }

  @Test
  void topicIdsAloneAreUsedWhenAllAreKnown() {
    fixture.topicIds.put("t", ID);
    committed(Set.of(T0));

    assertThat(fixture.coordinator.find(OffsetFetchRequest.class).version()).isEqualTo((short) 10);
    fixture.coordinator.answer(answer("", ID, partition(0, 42, -1, ErrorCode.NONE)));

    assertThat(offsets).containsEntry(T0, new OffsetAndMetadata(42, Optional.empty(), "m"));
  }

  @Test
  void topicThatGotAnotherIdMeanwhileIsAskedForAgain() {
    fixture.topicIds.put("t", ID);
    committed(Set.of(T0));
    fixture.topicIds.put("t", new Uuid(3, 4));

    fixture.coordinator.answer(answer("", ID, partition(0, 42, -1, ErrorCode.NONE)));
    assertThat(offsets).isNull();
    fixture.steps.advance(BACK_OFF);
    fixture.coordinator.answer(answer("", new Uuid(3, 4), partition(0, 43, -1, ErrorCode.NONE)));

    assertThat(offsets).containsEntry(T0, new OffsetAndMetadata(43, Optional.empty(), "m"));
  }

  @Test
  void oldCoordinatorIsAskedForOneGroup() {
    fixture.coordinator.speaks(5);
    committed(Set.of(T0));

    OffsetFetchRequest request = fixture.coordinator.next(OffsetFetchRequest.class);
    assertThat(request.groupId()).isEqualTo("orders");
    assertThat(request.requireStable()).isFalse();
    assertThat(request.groups()).isEmpty();
    fixture.coordinator.answer(
        OffsetFetchResponse.defaults()
            .withTopics(
                List.of(
                    new OffsetFetchResponseTopic(
                        "t",
                        List.of(new OffsetFetchResponsePartition(0, 5, -1, null, (short) 0))))));

    assertThat(offsets).containsEntry(T0, new OffsetAndMetadata(5, Optional.empty(), ""));
  }

  @Test
  void openTransactionIsWaitedFor() {
    committed(Set.of(T0));

    fixture.coordinator.answer(
        answer("t", Uuid.ZERO_UUID, partition(0, -1, -1, ErrorCode.UNSTABLE_OFFSET_COMMIT)));
    assertThat(offsets).isNull();
    fixture.steps.advance(BACK_OFF);
    fixture.coordinator.answer(answer("t", Uuid.ZERO_UUID, partition(0, 9, -1, ErrorCode.NONE)));

    assertThat(offsets).containsEntry(T0, new OffsetAndMetadata(9, Optional.empty(), "m"));
  }

  @Test
  void groupErrorsAreTriedAgainOrTold() {
    committed(Set.of(T0));
    fixture.coordinator.answer(groupError(ErrorCode.NOT_COORDINATOR));
    assertThat(fixture.coordinator.forgotten()).hasSize(1);
    fixture.steps.advance(BACK_OFF);

    fixture.coordinator.answer(groupError(ErrorCode.GROUP_AUTHORIZATION_FAILED));

    assertThat(failure).isInstanceOf(GroupAuthorizationException.class);
    assertThat(offsets).isNull();
  }

  @Test
  void topicThatMayNotBeReadIsNamed() {
    committed(Set.of(T0));

    fixture.coordinator.answer(
        answer("t", Uuid.ZERO_UUID, partition(0, -1, -1, ErrorCode.TOPIC_AUTHORIZATION_FAILED)));

    assertThat(failure).isInstanceOf(TopicAuthorizationException.class);
  }

  @Test
  void deadlineEndsTryingAndNamesTheLastAnswer() {
    committed(Set.of(T0));
    for (int i = 0; i < 100 && failure == null; i++) {
      if (fixture.coordinator.has(OffsetFetchRequest.class)) {
        fixture.coordinator.answer(groupError(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
      }
      fixture.steps.advance(BACK_OFF);
    }

    assertThat(failure)
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("COORDINATOR_LOAD_IN_PROGRESS");
  }

  private void committed(Set<TopicPartition> partitions) {
    fixture.steps.run(
        () ->
            fixture
                .group
                .commits()
                .committed(
                    partitions,
                    fixture.steps.nowNanos() + Duration.ofSeconds(5).toNanos(),
                    (answer, cause) -> {
                      offsets = answer;
                      failure = cause;
                    }));
  }

  private static OffsetFetchResponsePartitions partition(
      int index, long offset, int leaderEpoch, ErrorCode error) {
    return new OffsetFetchResponsePartitions(index, offset, leaderEpoch, "m", error.code());
  }

  private static OffsetFetchResponse answer(
      String name, Uuid id, OffsetFetchResponsePartitions... partitions) {
    return OffsetFetchResponse.defaults()
        .withGroups(
            List.of(
                new OffsetFetchResponseGroup(
                    "orders",
                    List.of(new OffsetFetchResponseTopics(name, id, List.of(partitions))),
                    (short) 0)));
  }

  private static OffsetFetchResponse groupError(ErrorCode error) {
    return OffsetFetchResponse.defaults()
        .withGroups(List.of(new OffsetFetchResponseGroup("orders", List.of(), error.code())));
  }
}

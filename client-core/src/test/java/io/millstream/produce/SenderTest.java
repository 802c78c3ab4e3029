package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.cluster.LeaderHint;
import io.millstream.common.TopicPartition;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.ProduceResponse.LeaderIdAndEpoch;
import io.millstream.protocol.ProduceResponse.NodeEndpoint;
import io.millstream.protocol.ProduceResponse.PartitionProduceResponse;
import io.millstream.protocol.ProduceResponse.TopicProduceResponse;
import io.millstream.transaction.PartitionSequences;
import io.millstream.transaction.ProducerIdentity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SenderTest {

  private static final long BACK_OFF_NANOS = 100_000_000;

  @Test
  void brokerThatGetsABatchTakesAlongWhatHasWaitedForItAndForNoOther() {
    SenderFixture fixture = new SenderFixture(8, 1 << 20, 5);
    fixture.append(0, "a");
    fixture.append(4, "b");
    fixture.append(1, "c");
    fixture.pass(SenderFixture.HOUR_NANOS / 2);
    fixture.append(6, "begun just now");
    fixture.look();
    assertThat(fixture.sent).as("linger.ms is not over").isEmpty();
    fixture.appendBatch(2, "d");
    fixture.look();
    assertThat(fixture.sent).hasSize(1);
    assertThat(fixture.sent.getFirst().broker()).isEqualTo(SenderFixture.EVEN);
    assertThat(fixture.sent.getFirst().partitions()).containsExactlyInAnyOrder(0, 2, 4);
  }

  @Test
  void brokerThatGetsABatchTakesAlongOthersThatAreHalfFull() {
    SenderFixture fixture = new SenderFixture(6, 1 << 20, 5);
    for (int i = 0; i < 5; i++) {
      fixture.append(4, "one of five of a hundred bytes, where batch.size is a thousand");
    }
    fixture.append(2, "one alone");
    fixture.appendBatch(0, "leaves");
    fixture.look();
    assertThat(fixture.sent).hasSize(1);
    assertThat(fixture.sent.getFirst().partitions()).containsExactlyInAnyOrder(0, 4);
  }

  @Test
  void openBatchBehindAnotherLeavesWhenItsTimeHasCome() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5);
    fixture.appendBatch(0, "establishes the identity");
    fixture.look();
    fixture.append(0, "sealed");
    fixture.seal(0);
    fixture.append(0, "open");
    fixture.pass(SenderFixture.LINGER_NANOS + 1);
    assertThat(fixture.sent).as("the first one goes alone").hasSize(1);
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.sent).hasSize(2);
  }

  @Test
  void noPartitionStarvesWhereRequestsAreSmall() {
    SenderFixture fixture = new SenderFixture(10, 400, 1);
    int[] served = new int[10];
    for (int round = 0; round < 100; round++) {
      for (int partition = 0; partition < 10; partition += 2) {
        fixture.appendBatch(partition, "any");
      }
      fixture.look();
      assertThat(fixture.sent).hasSize(1);
      assertThat(fixture.sent.getFirst().batches()).hasSize(2);
      fixture.answer(ErrorCode.NONE).partitions().forEach(partition -> served[partition]++);
    }
    for (int partition = 0; partition < 10; partition += 2) {
      assertThat(served[partition]).as("partition %d", partition).isBetween(39, 41);
    }
  }

  @Test
  void fiveBatchesOfAPartitionTravelOnceTheBrokerKnowsTheIdentity() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 100);
    for (int i = 0; i < 10; i++) {
      fixture.appendBatch(0, "record " + i);
    }
    fixture.look();
    assertThat(fixture.sent).as("the first one goes alone").hasSize(1);
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.sent).hasSize(5);
    int sequence = 1;
    for (SenderFixture.Sent sent : fixture.sent) {
      assertThat(sent.producerId(0)).isEqualTo(7);
      assertThat(sent.baseSequence(0)).isEqualTo(sequence++);
    }
  }

  @Test
  void nothingNewLeavesBeforeARefusedBatchAndThoseBehindItAreThrough() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 100);
    for (int i = 0; i < 5; i++) {
      fixture.appendBatch(0, "record " + i);
    }
    fixture.look();
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.sent).hasSize(4);
    fixture.appendBatch(0, "record 5");
    fixture.answer(ErrorCode.NOT_ENOUGH_REPLICAS);
    fixture.answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    fixture.answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(fixture.sent).as("one has no answer yet").hasSize(1);
    fixture.answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(fixture.sent).hasSize(1);
    assertThat(fixture.sent.getFirst().baseSequence(0)).isEqualTo(1);
    while (!fixture.sent.isEmpty()) {
      fixture.answer(ErrorCode.NONE);
    }
    assertThat(fixture.told)
        .containsExactly("record 0", "record 1", "record 2", "record 3", "record 4", "record 5");
  }

  @Test
  void partitionWhoseLeaderMovedGoesOnWhenTheOldOneHasAnswered() {
    SenderFixture fixture = new SenderFixture(2, 1 << 20, 5);
    fixture.appendBatch(0, "first");
    fixture.look();
    fixture.appendBatch(0, "second");
    fixture.swapLeaders();
    fixture.look();
    assertThat(fixture.sent).as("the first is still under way to the old leader").hasSize(1);
    assertThat(fixture.answer(ErrorCode.NONE).broker()).isEqualTo(SenderFixture.EVEN);
    assertThat(fixture.sent).hasSize(1);
    assertThat(fixture.answer(ErrorCode.NONE).broker()).isEqualTo(SenderFixture.ODD);
    assertThat(fixture.told).containsExactly("first", "second");
  }

  @Test
  void whatWaitsForAProducerIdLeavesOnceItIsKnown() {
    SenderFixture fixture = new SenderFixture(2, 1 << 20, 5);
    fixture.identity = null;
    fixture.appendBatch(0, "even");
    fixture.appendBatch(1, "odd");
    fixture.look();
    assertThat(fixture.sent).isEmpty();
    fixture.giveIdentity(new ProducerIdentity(8, (short) 1));
    fixture.look();
    assertThat(fixture.sent).hasSize(2);
  }

  @Test
  void answerInAnyOrderFindsItsBatchesAndTellsOfAllLeadersAtOnce() {
    SenderFixture fixture = new SenderFixture(8, 1 << 20, 5);
    for (int partition = 0; partition < 8; partition += 2) {
      fixture.appendBatch(partition, "of " + partition);
    }
    fixture.look();
    List<PartitionProduceResponse> told = new ArrayList<>();
    for (int partition : new int[] {6, 4, 0}) {
      told.add(
          PartitionProduceResponse.defaults()
              .withIndex(partition)
              .withErrorCode(ErrorCode.NOT_LEADER_OR_FOLLOWER.code())
              .withCurrentLeader(new LeaderIdAndEpoch(SenderFixture.ODD.id(), 10 + partition)));
    }
    fixture.answer(
        response ->
            response
                .withResponses(
                    List.of(
                        TopicProduceResponse.defaults()
                            .withName("topic")
                            .withPartitionResponses(told)))
                .withNodeEndpoints(
                    List.of(new NodeEndpoint(SenderFixture.ODD.id(), "odd", 9092, null))));
    assertThat(fixture.hints).hasSize(1);
    assertThat(fixture.hints.get(0))
        .containsExactlyInAnyOrder(
            new LeaderHint(new TopicPartition("topic", 0), SenderFixture.ODD, 10),
            new LeaderHint(new TopicPartition("topic", 4), SenderFixture.ODD, 14),
            new LeaderHint(new TopicPartition("topic", 6), SenderFixture.ODD, 16));
    assertThat(fixture.told).isEmpty();
    assertThat(fixture.sent).hasSize(1);
    assertThat(fixture.sent.getFirst().partitions()).containsExactlyInAnyOrder(0, 2, 4, 6);
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.told).containsExactlyInAnyOrder("of 0", "of 2", "of 4", "of 6");
  }

  @Test
  void hintThatIsOlderThanWhatIsKnownDoesNotSkipTheBackOff() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5, BACK_OFF_NANOS);
    fixture.appendBatch(0, "record");
    fixture.look();
    fixture.answer(
        response ->
            response
                .withResponses(
                    List.of(
                        TopicProduceResponse.defaults()
                            .withName("topic")
                            .withPartitionResponses(
                                List.of(
                                    PartitionProduceResponse.defaults()
                                        .withErrorCode(ErrorCode.NOT_LEADER_OR_FOLLOWER.code())
                                        .withCurrentLeader(
                                            new LeaderIdAndEpoch(SenderFixture.ODD.id(), 1))))))
                .withNodeEndpoints(
                    List.of(new NodeEndpoint(SenderFixture.ODD.id(), "odd", 9092, null))));
    assertThat(fixture.hints).hasSize(1);
    assertThat(fixture.sent).as("the view goes on naming the broker that refused").isEmpty();
    fixture.pass(2 * BACK_OFF_NANOS);
    assertThat(fixture.sent).hasSize(1);
  }

  @Test
  void aBatchThatTheAnswerLeavesOutIsSentAgainAfterAPause() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5, BACK_OFF_NANOS);
    fixture.appendBatch(0, "record");
    fixture.look();
    fixture.answer(response -> response);
    assertThat(fixture.sent).isEmpty();
    fixture.pass(2 * BACK_OFF_NANOS);
    assertThat(fixture.sent).hasSize(1);
  }

  @Test
  void onlyAnotherLeaderEndsABackOff() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5, BACK_OFF_NANOS);
    fixture.appendBatch(0, "record");
    fixture.look();
    fixture.answer(ErrorCode.NOT_ENOUGH_REPLICAS);
    fixture.haveAnotherView();
    fixture.look();
    assertThat(fixture.sent).isEmpty();
    fixture.swapLeaders();
    fixture.look();
    assertThat(fixture.sent).hasSize(1);
  }

  @Test
  void batchWhoseLeaderIsKnownToHaveMovedGoesThereAtOnce() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5, BACK_OFF_NANOS);
    fixture.appendBatch(0, "record");
    fixture.look();
    fixture.swapLeaders();
    fixture.answer(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    assertThat(fixture.sent).hasSize(1);
    assertThat(fixture.sent.getFirst().broker()).isEqualTo(SenderFixture.ODD);
  }

  @Test
  void brokerThatTakesNoMoreRequestsHoldsUpNoOther() {
    SenderFixture fixture = new SenderFixture(4, 1 << 20, 1);
    fixture.appendBatch(0, "even");
    fixture.look();
    fixture.appendBatch(2, "even, too");
    fixture.appendBatch(1, "odd");
    fixture.look();
    assertThat(fixture.sent).hasSize(2);
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.sent).hasSize(2);
    fixture.answer(ErrorCode.NONE);
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.told).containsExactly("even", "odd", "even, too");
  }

  @Test
  void knownAgainIsASuccess() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 100);
    fixture.appendBatch(0, "record");
    fixture.look();
    fixture.answer(ErrorCode.DUPLICATE_SEQUENCE_NUMBER);
    assertThat(fixture.told).containsExactly("record");
  }

  @Test
  void finalErrorEndsTheBatchAndNotThePartition() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 100);
    fixture.appendBatch(0, "first");
    fixture.appendBatch(0, "second");
    fixture.look();
    fixture.answer(ErrorCode.TOPIC_AUTHORIZATION_FAILED);
    assertThat(fixture.told).containsExactly("first TopicAuthorizationException");
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.told).containsExactly("first TopicAuthorizationException", "second");
  }

  @Test
  void whatFollowsRecordsThatABrokerHasLostIsNumberedAnew() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5);
    fixture.appendBatch(0, "first");
    fixture.look();
    fixture.answer(ErrorCode.NONE);
    fixture.appendBatch(0, "second");
    fixture.appendBatch(0, "third");
    fixture.look();
    fixture.identity = new ProducerIdentity(7, (short) 1);
    assertThat(fixture.answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER).baseSequence(0)).isOne();
    assertThat(fixture.answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER).baseSequence(0)).isEqualTo(2);
    assertThat(fixture.told).containsExactly("first");
    assertThat(fixture.answer(ErrorCode.NONE).baseSequence(0)).isZero();
    assertThat(fixture.answer(ErrorCode.NONE).baseSequence(0)).isOne();
    assertThat(fixture.told).containsExactly("first", "second", "third");
  }

  /** Three records in a batch that begins one before the largest sequence. */
  private static SenderFixture beforeTheLargestSequence() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5);
    fixture.appendBatch(0, "zeroth");
    fixture.look();
    fixture.skipSequences(0, Integer.MAX_VALUE - 2);
    fixture.append(0, "first");
    fixture.append(0, "second");
    fixture.appendBatch(0, "third");
    fixture.appendBatch(0, "fourth");
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.sent).hasSize(2);
    assertThat(fixture.sent.getFirst().baseSequence(0)).isEqualTo(Integer.MAX_VALUE - 1);
    assertThat(fixture.sent.getLast().baseSequence(0)).isEqualTo(1);
    return fixture;
  }

  @Test
  void batchesAroundTheLargestSequenceKeepTheirNumbersWhenTheyComeBack() {
    SenderFixture fixture = beforeTheLargestSequence();
    fixture.answer(ErrorCode.NOT_ENOUGH_REPLICAS);
    fixture.answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(fixture.answer(ErrorCode.NONE).baseSequence(0)).isEqualTo(Integer.MAX_VALUE - 1);
    fixture.appendBatch(0, "fifth");
    assertThat(fixture.answer(ErrorCode.NONE).baseSequence(0)).isEqualTo(1);
    assertThat(fixture.answer(ErrorCode.NONE).baseSequence(0)).isEqualTo(2);
    assertThat(fixture.told)
        .containsExactly("zeroth", "first", "second", "third", "fourth", "fifth");
  }

  @Test
  void partsOfABatchThatIsSplitAtTheLargestSequenceShareOutItsNumbers() {
    SenderFixture fixture = beforeTheLargestSequence();
    fixture.answer(ErrorCode.MESSAGE_TOO_LARGE);
    fixture.answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    fixture.helperTasks.remove().run();
    List<Integer> sequences = new ArrayList<>();
    fixture.inLoop(fixture::look);
    while (!fixture.sent.isEmpty()) {
      fixture.inLoop(() -> sequences.add(fixture.answer(ErrorCode.NONE).baseSequence(0)));
    }
    assertThat(sequences).containsExactly(Integer.MAX_VALUE - 1, Integer.MAX_VALUE, 0, 1);
    assertThat(fixture.told).containsExactly("zeroth", "first", "second", "third", "fourth");
  }

  @Test
  void sequencesGoOnFromZeroAfterTheLargest() {
    assertThat(PartitionSequences.plus(Integer.MAX_VALUE - 1, 1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(PartitionSequences.plus(Integer.MAX_VALUE, 1)).isZero();
    assertThat(PartitionSequences.plus(Integer.MAX_VALUE - 1, 5)).isEqualTo(3);
  }
}

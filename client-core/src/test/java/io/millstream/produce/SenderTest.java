package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.protocol.ErrorCode;
import io.millstream.transaction.PartitionSequences;
import io.millstream.transaction.ProducerIdentity;
import org.junit.jupiter.api.Test;

class SenderTest {

  @Test
  void brokerThatGetsABatchTakesAlongWhatWaitsForItAndForNoOther() {
    SenderFixture fixture = new SenderFixture(6, 1 << 20, 5);
    fixture.append(0, "a");
    fixture.append(4, "b");
    fixture.append(1, "c");
    fixture.look();
    assertThat(fixture.sent).as("linger.ms is not over").isEmpty();
    fixture.appendBatch(2, "d");
    fixture.look();
    assertThat(fixture.sent).hasSize(1);
    assertThat(fixture.sent.getFirst().broker()).isEqualTo(SenderFixture.EVEN);
    assertThat(fixture.sent.getFirst().partitions()).containsExactlyInAnyOrder(0, 2, 4);
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
  void sequencesGoOnFromZeroAfterTheLargest() {
    assertThat(PartitionSequences.plus(Integer.MAX_VALUE - 1, 1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(PartitionSequences.plus(Integer.MAX_VALUE, 1)).isZero();
    assertThat(PartitionSequences.plus(Integer.MAX_VALUE - 1, 5)).isEqualTo(3);
  }
}

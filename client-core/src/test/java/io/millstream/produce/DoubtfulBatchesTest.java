package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.protocol.ErrorCode;
import io.millstream.transaction.ProducerIdentity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches of which nobody knows whether the log has them, and brokers that forgot a producer. */
class DoubtfulBatchesTest {

  private static final long HALF_AN_HOUR_NANOS = SenderFixture.HOUR_NANOS / 2;

  private final SenderFixture fixture = new SenderFixture(1, 1 << 20, 100);

  private DoubtfulBatchesTest() {
    fixture.appendBatch(0, "zeroth");
    fixture.look();
    fixture.answer(ErrorCode.NONE);
  }

  /** Two batches come back with an error; then the time of the first one is over. */
  private void expireTheFirstOfTwoAfter(ErrorCode error) {
    fixture.appendBatch(0, "first");
    fixture.pass(HALF_AN_HOUR_NANOS);
    fixture.appendBatch(0, "second");
    fixture.look();
    fixture.answer(error);
    fixture.answer(error);
    assertThat(fixture.sent).as("the first one goes alone").hasSize(1);
    fixture.pass(HALF_AN_HOUR_NANOS + 1);
    fixture.answer(error);
    assertThat(fixture.told).containsExactly("zeroth", "first TimeoutException");
    assertThat(fixture.sent).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorCode.class,
      names = {"NOT_LEADER_OR_FOLLOWER", "UNKNOWN_TOPIC_OR_PARTITION", "KAFKA_STORAGE_ERROR"})
  void aLeaderThatLosesThePartitionMayHaveTheBatch(ErrorCode error) {
    expireTheFirstOfTwoAfter(error);

    assertThat(fixture.sent.getFirst().baseSequence(0))
        .as("known again if it is in the log")
        .isEqualTo(2);
    fixture.answer(ErrorCode.DUPLICATE_SEQUENCE_NUMBER);
    assertThat(fixture.told).last().isEqualTo("second");
  }

  @Test
  void aBatchThatWasSurelyRefusedIsNumberedAnewBehindAGap() {
    expireTheFirstOfTwoAfter(ErrorCode.NOT_ENOUGH_REPLICAS);

    assertThat(fixture.sent.getFirst().baseSequence(0)).isZero();
  }

  /** A batch of two records is split after a broker perhaps took it; answers the first part. */
  private void splitInDoubt() {
    fixture.append(0, "first");
    fixture.appendBatch(0, "second");
    fixture.appendBatch(0, "third");
    fixture.look();
    fixture.answer(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    fixture.answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    fixture.answer(ErrorCode.MESSAGE_TOO_LARGE);
    fixture.helperTasks.remove().run();
    fixture.inLoop(fixture::look);
    assertThat(fixture.sent).hasSize(1);
  }

  @Test
  void partsOfABatchThatWasNotTakenArrive() {
    splitInDoubt();
    List<Integer> sequences = new ArrayList<>();
    while (!fixture.sent.isEmpty()) {
      fixture.inLoop(() -> sequences.add(fixture.answer(ErrorCode.NONE).baseSequence(0)));
    }

    assertThat(sequences).containsExactly(1, 2, 3);
    assertThat(fixture.told).containsExactly("zeroth", "first", "second", "third");
  }

  @Test
  void partsOfABatchThatTheLogHasFailAndAreNeverSentUnderAnotherSequence() {
    splitInDoubt();
    List<Integer> sequences = new ArrayList<>();
    for (int part = 0; part < 2; part++) {
      fixture.inLoop(
          () ->
              sequences.add(
                  fixture.answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER).baseSequence(0)));
    }

    assertThat(sequences).containsExactly(1, 2);
    assertThat(fixture.told)
        .containsExactly(
            "zeroth", "first RecordTooLargeException", "second RecordTooLargeException");
    assertThat(fixture.messages).allSatisfy(text -> assertThat(text).contains("may be in the log"));
    fixture.inLoop(() -> fixture.answer(ErrorCode.NONE));
    assertThat(fixture.told).last().isEqualTo("third");
  }

  @Test
  void allBatchesUnderWayAreNumberedAnewWhenTheBrokerHasForgottenTheProducer() {
    fixture.append(0, "first");
    fixture.appendBatch(0, "second");
    fixture.appendBatch(0, "third");
    fixture.look();
    assertThat(fixture.sent).hasSize(2);
    fixture.answer(ErrorCode.UNKNOWN_PRODUCER_ID);
    assertThat(fixture.sent).as("nothing leaves before the second is answered").hasSize(1);
    fixture.answer(ErrorCode.UNKNOWN_PRODUCER_ID);
    assertThat(fixture.sent).as("no identity is known").isEmpty();

    fixture.giveIdentity(new ProducerIdentity(8, (short) 0));
    fixture.look();
    assertThat(fixture.sent).as("the first under an identity goes alone").hasSize(1);
    assertThat(fixture.sent.getFirst().producerId(0)).isEqualTo(8);
    assertThat(fixture.answer(ErrorCode.NONE).baseSequence(0)).isZero();
    assertThat(fixture.answer(ErrorCode.NONE).baseSequence(0)).isEqualTo(2);
    assertThat(fixture.told).containsExactly("zeroth", "first", "second", "third");
  }

  @Test
  void aNewBatchDoesNotOvertakeThoseThatWereSentUnderAForgottenIdentity() {
    fixture.appendBatch(0, "first");
    fixture.pass(HALF_AN_HOUR_NANOS);
    fixture.appendBatch(0, "second");
    fixture.look();
    fixture.pass(HALF_AN_HOUR_NANOS + 1);
    fixture.answer(ErrorCode.UNKNOWN_PRODUCER_ID);
    fixture.giveIdentity(new ProducerIdentity(8, (short) 0));
    fixture.appendBatch(0, "third");
    fixture.look();
    assertThat(fixture.sent).as("the second has no answer yet").hasSize(1);
    fixture.answer(ErrorCode.UNKNOWN_PRODUCER_ID);
    while (!fixture.sent.isEmpty()) {
      fixture.answer(ErrorCode.NONE);
    }

    assertThat(fixture.told).containsExactly("zeroth", "first TimeoutException", "second", "third");
  }
}

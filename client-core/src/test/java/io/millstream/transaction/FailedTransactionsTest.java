package io.millstream.transaction;

import static io.millstream.transaction.TransactionFixture.PARTITION;
import static io.millstream.transaction.TransactionFixture.PRODUCER_ID;
import static io.millstream.transaction.TransactionFixture.added;
import static io.millstream.transaction.TransactionFixture.assertSucceeded;
import static io.millstream.transaction.TransactionFixture.ended;
import static io.millstream.transaction.TransactionFixture.identity;
import static io.millstream.transaction.TransactionFixture.notIdentified;
import static io.millstream.transaction.TransactionFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.KafkaException;
import io.millstream.common.errors.InvalidProducerEpochException;
import io.millstream.common.errors.InvalidTxnTimeoutException;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.common.errors.TransactionAbortableException;
import io.millstream.common.errors.TransactionAbortedException;
import io.millstream.protocol.EndTxnRequest;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.InitProducerIdRequest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which errors end a transaction, which the producer, and what goes on afterwards. */
class FailedTransactionsTest {

  private static final Duration TOO_LONG =
      TransactionFixture.TRANSACTION_TIMEOUT.plus(Duration.ofSeconds(1));

  @Test
  void aFailedBatchLetsTheTransactionBeAbortedAndTheProducerGoOn() {
    TransactionFixture fixture = TransactionFixture.open();
    TopicAuthorizationException cause = new TopicAuthorizationException("not yours");

    fixture.batchFailed(cause, false);

    assertThat(fixture.transactions.ending())
        .isInstanceOf(TransactionAbortedException.class)
        .hasCause(cause);
    assertThatThrownBy(fixture.transactions.status()::requireSendable)
        .isInstanceOf(TransactionAbortableException.class);
    assertThat(outcome(fixture.call(fixture.transactions::commit)))
        .isInstanceOf(TransactionAbortableException.class)
        .hasMessageContaining("call abortTransaction()")
        .hasCause(cause);
    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    assertThat(fixture.endSent().committed()).isFalse();
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(abort);
    assertSucceeded(fixture.call(fixture.transactions::begin));
    fixture.transactions.status().requireSendable();
  }

  @Test
  void aBatchThatFailsDuringTheCommitFailsTheCommit() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.nothingLeft = false;
    CallerAnswer commit = fixture.call(fixture.transactions::commit);

    fixture.batchFailed(new TimeoutException("too late"), false);
    fixture.allIsDone();

    assertThat(outcome(commit)).isInstanceOf(TransactionAbortableException.class);
    assertThat(fixture.coordinator.unanswered()).isEmpty();
  }

  @Test
  void aGapInTheSequencesIsMendedByAnotherEpochThatGoesOnFromThisOne() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.batchFailed(new TimeoutException("too late"), true);

    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    InitProducerIdRequest next = fixture.coordinator.next(InitProducerIdRequest.class);
    assertThat(next.producerId()).isEqualTo(PRODUCER_ID);
    assertThat(next.producerEpoch()).isEqualTo((short) 0);
    fixture.coordinator.answer(identity(PRODUCER_ID, 1));

    assertSucceeded(abort);
    fixture.steps.run(
        () ->
            assertThat(fixture.transactions.isOver(new ProducerIdentity(PRODUCER_ID, (short) 0)))
                .isTrue());
  }

  @Test
  void onBrokersThatGiveNoOtherEpochAGapNeedsAnotherProducer() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.coordinator.areOld();
    fixture.batchFailed(new TimeoutException("too late"), true);

    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    fixture.coordinator.answer(ended(ErrorCode.NONE));

    assertThat(outcome(abort))
        .isExactlyInstanceOf(KafkaException.class)
        .hasMessageContaining("start anew")
        .hasMessageContaining("2.5");
    assertThat(outcome(fixture.call(fixture.transactions::begin)))
        .isExactlyInstanceOf(KafkaException.class);
  }

  @Test
  void anotherInstanceThatHasTakenOverFencesThisOne() {
    TransactionFixture fixture = TransactionFixture.open();
    CallerAnswer commit = fixture.call(fixture.transactions::commit);

    fixture.coordinator.answer(ended(ErrorCode.PRODUCER_FENCED));

    assertThat(outcome(commit))
        .isInstanceOf(ProducerFencedException.class)
        .hasMessageContaining("orders");
    assertThat(outcome(fixture.call(fixture.transactions::abort)))
        .isInstanceOf(ProducerFencedException.class);
    assertThatThrownBy(fixture.transactions.status()::requireSendable)
        .isInstanceOf(ProducerFencedException.class);
    assertThat(fixture.transactions.ending()).isInstanceOf(ProducerFencedException.class);
  }

  @Test
  void aPartitionThatKnowsALaterEpochFencesWhileTheTransactionCannotHaveTimedOut() {
    TransactionFixture fixture = TransactionFixture.open();

    fixture.batchFailed(new InvalidProducerEpochException("old"), true);

    assertThat(outcome(fixture.call(fixture.transactions::commit)))
        .isInstanceOf(ProducerFencedException.class);
  }

  @Test
  void aTransactionThatWasOpenForTooLongIsAbortedAndTheProducerGoesOn() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.steps.advance(TOO_LONG);
    CallerAnswer commit = fixture.call(fixture.transactions::commit);
    fixture.coordinator.answer(ended(ErrorCode.PRODUCER_FENCED));
    assertThat(outcome(commit))
        .isInstanceOf(TransactionAbortableException.class)
        .hasMessageContaining("transaction.timeout.ms=60000")
        .hasCauseInstanceOf(InvalidProducerEpochException.class);

    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    InitProducerIdRequest next = fixture.coordinator.next(InitProducerIdRequest.class);
    assertThat(next.producerId()).isEqualTo(PRODUCER_ID);
    assertThat(next.producerEpoch()).isEqualTo((short) 1);
    fixture.coordinator.answer(identity(PRODUCER_ID, 2));

    assertSucceeded(abort);
    assertSucceeded(fixture.call(fixture.transactions::begin));
  }

  @Test
  void inVersionTwoTheAbortAfterATimeOutGivesTheNextEpoch() {
    TransactionFixture fixture = TransactionFixture.ready();
    fixture.coordinator.transactionVersion(2);
    fixture.call(fixture.transactions::begin);
    fixture.admits(PARTITION);
    fixture.steps.run(fixture.transactions::appended);
    fixture.steps.advance(TOO_LONG);
    CallerAnswer commit = fixture.call(fixture.transactions::commit);
    fixture.coordinator.answer(ended(ErrorCode.INVALID_TXN_STATE));
    assertThat(outcome(commit))
        .isInstanceOf(TransactionAbortableException.class)
        .hasMessageContaining("transaction.timeout.ms=60000");

    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    assertThat(fixture.endSent().committed()).isFalse();
    fixture.coordinator.answer(TransactionFixture.endedWith(1));

    assertSucceeded(abort);
  }

  @Test
  void aTimeOutThatOnlyTheAbortFindsIsMendedByTheSameAbort() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.steps.advance(TOO_LONG);
    CallerAnswer abort = fixture.call(fixture.transactions::abort);

    fixture.coordinator.answer(ended(ErrorCode.PRODUCER_FENCED));
    fixture.coordinator.answer(identity(PRODUCER_ID, 2));

    assertSucceeded(abort);
  }

  @Test
  void anotherInstanceThatCameAfterTheTimeOutFencesThisOne() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.steps.advance(TOO_LONG);
    fixture.batchFailed(new InvalidProducerEpochException("old"), true);
    CallerAnswer abort = fixture.call(fixture.transactions::abort);

    fixture.coordinator.answer(notIdentified(ErrorCode.PRODUCER_FENCED));

    assertThat(outcome(abort)).isInstanceOf(ProducerFencedException.class);
  }

  @Test
  void takesNoEpochThatMayBeAnotherInstancesWhereTheAnswerToTheEndWasLost() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.steps.advance(TOO_LONG);
    CallerAnswer commit = fixture.call(fixture.transactions::commit);

    fixture.coordinator.lose();
    fixture.steps.advance(Duration.ofMillis(200));
    fixture.coordinator.answer(ended(ErrorCode.PRODUCER_FENCED));

    assertThat(outcome(commit)).isInstanceOf(ProducerFencedException.class);
    assertThat(fixture.coordinator.unanswered()).isEmpty();
  }

  @Test
  void takesNoEpochThatMayBeAnotherInstancesWhereTheCoordinatorNeverHadTheTransaction() {
    TransactionFixture fixture = TransactionFixture.begun();
    fixture.steps.advance(TOO_LONG);
    fixture.admits(PARTITION);

    fixture.coordinator.answer(added(ErrorCode.PRODUCER_FENCED, PARTITION));

    assertThat(outcome(fixture.call(fixture.transactions::abort)))
        .isInstanceOf(ProducerFencedException.class);
  }

  @Test
  void aProducerIdThatTheCoordinatorHasForgottenIsReplacedByTheAbort() {
    TransactionFixture fixture = TransactionFixture.open();
    CallerAnswer commit = fixture.call(fixture.transactions::commit);
    fixture.coordinator.answer(ended(ErrorCode.INVALID_PRODUCER_ID_MAPPING));
    assertThat(outcome(commit)).isInstanceOf(TransactionAbortableException.class);

    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    assertThat(fixture.coordinator.next(InitProducerIdRequest.class).producerId())
        .isEqualTo(PRODUCER_ID);
    fixture.coordinator.answer(identity(PRODUCER_ID + 1, 0));

    assertSucceeded(abort);
  }

  @Test
  void aPartitionThatMayNotBeWrittenIsNoReasonToAbortWhatWasNeverOpened() {
    TransactionFixture fixture = TransactionFixture.begun();
    fixture.admits(PARTITION);
    fixture.coordinator.answer(added(ErrorCode.TOPIC_AUTHORIZATION_FAILED, PARTITION));
    assertThat(outcome(fixture.call(fixture.transactions::commit)))
        .isInstanceOf(TransactionAbortableException.class)
        .hasCauseInstanceOf(TopicAuthorizationException.class);

    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    fixture.coordinator.answer(ended(ErrorCode.INVALID_TXN_STATE));

    assertSucceeded(abort);
  }

  @Test
  void whatTheCoordinatorFindsAbortableIsAborted() {
    TransactionFixture fixture = TransactionFixture.open();
    CallerAnswer commit = fixture.call(fixture.transactions::commit);

    fixture.coordinator.answer(ended(ErrorCode.TRANSACTION_ABORTABLE));

    assertThat(outcome(commit)).isInstanceOf(TransactionAbortableException.class);
    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    assertThat(fixture.coordinator.next(EndTxnRequest.class).committed()).isFalse();
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(abort);
  }

  @Test
  void whatNoAbortMendsNeedsAnotherProducer() {
    TransactionFixture fixture = TransactionFixture.open();
    CallerAnswer commit = fixture.call(fixture.transactions::commit);

    fixture.coordinator.answer(ended(ErrorCode.INVALID_TXN_STATE));

    assertThat(outcome(commit))
        .isExactlyInstanceOf(KafkaException.class)
        .hasMessageContaining("start anew");
    assertThat(outcome(fixture.call(fixture.transactions::abort)))
        .isExactlyInstanceOf(KafkaException.class);
    assertThat(fixture.transactions.isSettled()).isTrue();
  }

  @Test
  void aRefusedTransactionTimeOutSaysWhichSettingsDisagree() {
    TransactionFixture fixture = new TransactionFixture();
    CallerAnswer answer = fixture.call(fixture.transactions::initialize);

    fixture.coordinator.answer(notIdentified(ErrorCode.INVALID_TRANSACTION_TIMEOUT));

    assertThat(outcome(answer))
        .isInstanceOf(InvalidTxnTimeoutException.class)
        .hasMessageContaining("transaction.timeout.ms=60000")
        .hasMessageContaining("transaction.max.timeout.ms");
  }

  @Test
  void aTransactionOfTwoPhasesIsNeverOpenForTooLong() {
    TransactionFixture fixture = new TransactionFixture(true);
    fixture.call(fixture.transactions::initialize);
    assertThat(fixture.coordinator.next(InitProducerIdRequest.class).enable2Pc()).isTrue();
    assertThat(fixture.coordinator.sent().version()).isEqualTo((short) 6);
    fixture.coordinator.answer(identity(PRODUCER_ID, 0));
    assertSucceeded(fixture.call(fixture.transactions::begin));
    fixture.add(PARTITION);
    fixture.steps.advance(TransactionFixture.TRANSACTION_TIMEOUT.plusSeconds(1));

    CallerAnswer commit = fixture.call(fixture.transactions::commit);
    fixture.coordinator.answer(ended(ErrorCode.PRODUCER_FENCED));

    assertThat(outcome(commit)).isInstanceOf(ProducerFencedException.class);
  }

  @Test
  void otherTransactionsUseNoVersionThatBrokersMayChange() {
    TransactionFixture fixture = new TransactionFixture();
    fixture.call(fixture.transactions::initialize);

    assertThat(fixture.coordinator.next(InitProducerIdRequest.class).enable2Pc()).isFalse();
    assertThat(fixture.coordinator.sent().version()).isEqualTo((short) 5);
  }

  @Test
  void abortEndsRequestsThatWouldBeTriedForEver() {
    TransactionFixture fixture = TransactionFixture.begun();
    fixture.admits(PARTITION);
    fixture.coordinator.answer(added(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, PARTITION));

    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    fixture.coordinator.answer(ended(ErrorCode.INVALID_TXN_STATE));

    assertSucceeded(abort);
    assertThat(fixture.coordinator.unanswered()).isEmpty();
  }
}

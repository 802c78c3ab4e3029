package io.millstream.transaction;

import static io.millstream.transaction.TransactionFixture.PARTITION;
import static io.millstream.transaction.TransactionFixture.PRODUCER_ID;
import static io.millstream.transaction.TransactionFixture.added;
import static io.millstream.transaction.TransactionFixture.assertSucceeded;
import static io.millstream.transaction.TransactionFixture.ended;
import static io.millstream.transaction.TransactionFixture.endedWith;
import static io.millstream.transaction.TransactionFixture.identity;
import static io.millstream.transaction.TransactionFixture.notIdentified;
import static io.millstream.transaction.TransactionFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.TransactionAbortableException;
import io.millstream.common.errors.TransactionAbortedException;
import io.millstream.protocol.AddPartitionsToTxnRequest;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.InitProducerIdRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transactions that nothing goes wrong with but time and lines. */
class ProducerTransactionsTest {

  @Test
  void refusesWhatTheStateDoesNotAllow() {
    TransactionFixture fixture = new TransactionFixture();
    ProducerTransactions transactions = fixture.transactions;

    assertThat(outcome(fixture.call(transactions::begin)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("initTransactions()");
    assertThatThrownBy(transactions.status()::requireSendable)
        .isInstanceOf(IllegalStateException.class);
    fixture.call(transactions::initialize);
    fixture.coordinator.answer(identity(PRODUCER_ID, 0));
    assertThat(outcome(fixture.call(transactions::initialize)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(outcome(fixture.call(transactions::commit)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("beginTransaction()");
    assertThatThrownBy(transactions.status()::requireSendable)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("beginTransaction()");
    assertSucceeded(fixture.call(transactions::begin));
    transactions.status().requireSendable();
    assertThat(outcome(fixture.call(transactions::begin)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void takesOverTheTransactionalIdWhateverItsEpoch() {
    TransactionFixture fixture = new TransactionFixture();
    fixture.call(fixture.transactions::initialize);

    InitProducerIdRequest sent = fixture.coordinator.next(InitProducerIdRequest.class);

    assertThat(sent.transactionalId()).isEqualTo("orders");
    assertThat(sent.transactionTimeoutMs()).isEqualTo(60_000);
    assertThat(sent.producerId()).isEqualTo(-1);
    assertThat(sent.producerEpoch()).isEqualTo((short) -1);
  }

  @Test
  void asksForAllPartitionsTogetherThatAreMetBeforeTheirFirstBatchLeaves() {
    TransactionFixture fixture = TransactionFixture.begun();
    TopicPartition other = new TopicPartition("u", 3);

    fixture.steps.run(
        () -> {
          assertThat(fixture.transactions.admits(PARTITION)).isFalse();
          assertThat(fixture.transactions.admits(other)).isFalse();
        });

    assertThat(fixture.coordinator.sent().version()).isLessThanOrEqualTo((short) 3);
    assertThat(fixture.coordinator.next(AddPartitionsToTxnRequest.class).v3AndBelowTopics())
        .hasSize(2);
    assertThat(fixture.transactions.newestProduceVersion()).isEqualTo((short) 11);
    fixture.coordinator.answer(added(ErrorCode.NONE, PARTITION, other));
    assertThat(fixture.coordinator.unanswered()).isEmpty();
    assertThat(fixture.admits(PARTITION)).isTrue();
    assertThat(fixture.admits(other)).isTrue();
  }

  @Test
  void addsNoPartitionInVersionTwoAndGoesOnWithTheEpochThatTheEndGives() {
    TransactionFixture fixture = TransactionFixture.ready();
    fixture.coordinator.transactionVersion(2);
    fixture.call(fixture.transactions::begin);

    assertThat(fixture.admits(PARTITION)).isTrue();
    assertThat(fixture.transactions.newestProduceVersion()).isGreaterThan((short) 11);
    assertThat(fixture.coordinator.unanswered()).isEmpty();
    fixture.steps.run(fixture.transactions::appended);
    CallerAnswer commit = fixture.call(fixture.transactions::commit);
    assertThat(fixture.coordinator.sent().version()).isEqualTo((short) 5);
    fixture.coordinator.answer(endedWith(1));

    assertSucceeded(commit);
    fixture.call(fixture.transactions::begin);
    fixture.steps.run(
        () -> {
          assertThat(fixture.transactions.current())
              .isEqualTo(new ProducerIdentity(PRODUCER_ID, (short) 1));
          assertThat(fixture.transactions.isOver(new ProducerIdentity(PRODUCER_ID, (short) 0)))
              .isTrue();
        });
  }

  @Test
  void changesTheVersionOnlyBetweenTransactions() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.coordinator.transactionVersion(2);

    assertThat(fixture.transactions.newestProduceVersion()).isEqualTo((short) 11);
    CallerAnswer commit = fixture.call(fixture.transactions::commit);
    assertThat(fixture.coordinator.sent().version()).isEqualTo((short) 4);
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(commit);

    fixture.call(fixture.transactions::begin);
    assertThat(fixture.transactions.newestProduceVersion()).isGreaterThan((short) 11);
  }

  @Test
  void commitsOnlyWhenNothingIsOnItsWayAnyMore() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.nothingLeft = false;

    CallerAnswer commit = fixture.call(fixture.transactions::commit);
    assertThat(fixture.transactions.isEnding()).isTrue();
    assertThat(fixture.coordinator.unanswered()).isEmpty();
    fixture.allIsDone();

    assertThat(fixture.endSent().committed()).isTrue();
    assertThat(fixture.endSent().producerId()).isEqualTo(PRODUCER_ID);
    assertThat(fixture.admits(new TopicPartition("late", 0))).isFalse();
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(commit);
  }

  @Test
  void asksNothingOfTheCoordinatorForATransactionWithoutRecords() {
    TransactionFixture fixture = TransactionFixture.begun();

    assertSucceeded(fixture.call(fixture.transactions::commit));
    assertSucceeded(fixture.call(fixture.transactions::begin));
    assertSucceeded(fixture.call(fixture.transactions::abort));

    assertThat(fixture.coordinator.unanswered()).isEmpty();
  }

  @Test
  void abortsOnlyWhenNoRequestThatMayOpenATransactionIsUnderWay() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.admits(new TopicPartition("u", 1));

    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    assertThat(fixture.coordinator.unanswered()).hasSize(1);
    fixture.coordinator.answer(added(ErrorCode.NONE, new TopicPartition("u", 1)));

    assertThat(fixture.endSent().committed()).isFalse();
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(abort);
  }

  @Test
  void abortsWhenWhatWaitedHasFailed() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.nothingLeft = false;

    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    assertThat(fixture.transactions.ending()).isInstanceOf(TransactionAbortedException.class);
    assertThat(fixture.coordinator.unanswered()).isEmpty();
    fixture.allIsDone();

    assertThat(fixture.endSent().committed()).isFalse();
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(abort);
    assertThat(fixture.transactions.ending()).isNull();
    assertSucceeded(fixture.call(fixture.transactions::begin));
  }

  @Test
  void triesSoonAgainWhileTheTransactionBeforeIsBeingWritten() {
    TransactionFixture fixture = TransactionFixture.begun();
    fixture.admits(PARTITION);

    fixture.coordinator.answer(added(ErrorCode.CONCURRENT_TRANSACTIONS, PARTITION));
    assertThat(fixture.coordinator.unanswered()).isEmpty();
    fixture.steps.advance(Duration.ofMillis(20));

    fixture.coordinator.next(AddPartitionsToTxnRequest.class);
    assertThat(fixture.coordinator.forgotten()).isEmpty();
  }

  @Test
  void looksTheCoordinatorUpAnewWhereAnAnswerIsLostOrItHasMoved() {
    TransactionFixture fixture = TransactionFixture.open();
    CallerAnswer commit = fixture.call(fixture.transactions::commit);

    fixture.coordinator.lose();
    fixture.steps.advance(Duration.ofMillis(200));
    fixture.coordinator.answer(ended(ErrorCode.NOT_COORDINATOR));
    fixture.steps.advance(Duration.ofMillis(500));
    fixture.coordinator.answer(ended(ErrorCode.NONE));

    assertSucceeded(commit);
    assertThat(fixture.coordinator.forgotten()).hasSize(2);
  }

  @Test
  void lossOfTimeLetsTheCallerCallAgain() {
    TransactionFixture fixture = TransactionFixture.open();
    CallerAnswer first = fixture.call(fixture.transactions::commit);

    fixture.steps.advance(TransactionFixture.MAX_BLOCK);

    assertThat(outcome(first))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("commitTransaction()")
        .hasMessageContaining("call it again");
    assertThat(outcome(fixture.call(fixture.transactions::abort)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("commitTransaction() has timed out");
    CallerAnswer again = fixture.call(fixture.transactions::commit);
    assertThat(again.isGiven()).isFalse();
    assertThat(fixture.coordinator.unanswered()).hasSize(1);
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(again);
  }

  @Test
  void whoCallsAgainLearnsHowItHasEndedMeanwhile() {
    TransactionFixture fixture = new TransactionFixture();
    CallerAnswer first = fixture.call(fixture.transactions::initialize);
    fixture.steps.advance(TransactionFixture.MAX_BLOCK);
    assertThat(outcome(first)).isInstanceOf(TimeoutException.class);
    fixture.coordinator.answer(identity(PRODUCER_ID, 0));

    assertThat(outcome(fixture.call(fixture.transactions::begin)))
        .isInstanceOf(IllegalStateException.class);
    assertSucceeded(fixture.call(fixture.transactions::initialize));
    assertSucceeded(fixture.call(fixture.transactions::begin));
  }

  @Test
  void initTransactionsWaitsUntilTheOlderInstancesTransactionIsAborted() {
    TransactionFixture fixture = new TransactionFixture();
    CallerAnswer answer = fixture.call(fixture.transactions::initialize);

    fixture.coordinator.answer(notIdentified(ErrorCode.CONCURRENT_TRANSACTIONS));
    fixture.steps.advance(Duration.ofMillis(50));
    fixture.coordinator.answer(identity(PRODUCER_ID, 5));

    assertSucceeded(answer);
  }

  @Test
  void closingAbortsWhatIsOpen() {
    TransactionFixture fixture = TransactionFixture.open();
    assertThat(fixture.transactions.isSettled()).isFalse();

    fixture.steps.run(fixture.transactions::close);

    assertThat(fixture.endSent().committed()).isFalse();
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertThat(fixture.transactions.isSettled()).isTrue();
  }

  @Test
  void closingAbortsWhatCanNotBeCommittedAnyMore() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.nothingLeft = false;
    CallerAnswer commit = fixture.call(fixture.transactions::commit);
    fixture.steps.run(fixture.transactions::close);
    assertThat(fixture.transactions.isSettled()).isFalse();

    fixture.batchFailed(new TimeoutException("too late"), false);
    fixture.allIsDone();

    assertThat(outcome(commit)).isInstanceOf(TransactionAbortableException.class);
    assertThat(fixture.endSent().committed()).isFalse();
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertThat(fixture.transactions.isSettled()).isTrue();
  }

  @Test
  void whoCallsAgainAfterAnInterruptHasItsOwnTime() {
    TransactionFixture fixture = TransactionFixture.open();
    fixture.nothingLeft = false;
    CallerAnswer interrupted = fixture.call(fixture.transactions::commit);
    fixture.steps.run(() -> fixture.transactions.leave(interrupted));
    fixture.steps.advance(TransactionFixture.MAX_BLOCK.dividedBy(2));
    CallerAnswer again = fixture.call(fixture.transactions::commit);

    fixture.steps.advance(TransactionFixture.MAX_BLOCK.dividedBy(2).plusMillis(1));
    assertThat(again.isGiven()).isFalse();
    fixture.steps.advance(TransactionFixture.MAX_BLOCK.dividedBy(2));
    assertThat(outcome(again)).isInstanceOf(TimeoutException.class);
  }

  private static void commit(TransactionFixture fixture) {
    CallerAnswer answer = fixture.call(fixture.transactions::commit);
    fixture.endSent();
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(answer);
  }

  @Test
  void whoIsInterruptedWhileTheAnswerComesHearsItFromTheSameCall() {
    TransactionFixture fixture = TransactionFixture.open();
    CallerAnswer interrupted = fixture.call(fixture.transactions::commit);
    fixture.endSent();
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    fixture.steps.run(() -> fixture.transactions.leave(interrupted));

    assertThat(outcome(fixture.call(fixture.transactions::begin)))
        .as("it might never be heard whether the transaction was committed")
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("commitTransaction()");
    assertSucceeded(fixture.call(fixture.transactions::commit));
    assertSucceeded(fixture.call(fixture.transactions::begin));
  }

  @Test
  void whoIsInterruptedWhileBeginningCallsItAgain() {
    TransactionFixture fixture = TransactionFixture.ready();
    CallerAnswer interrupted = fixture.call(fixture.transactions::begin);
    fixture.steps.run(() -> fixture.transactions.leave(interrupted));

    assertSucceeded(fixture.call(fixture.transactions::begin));
    fixture.add(TransactionFixture.PARTITION);
    commit(fixture);
  }

  @Test
  void whoIsInterruptedWhileBeginningMayGoOn() {
    TransactionFixture fixture = TransactionFixture.ready();
    CallerAnswer interrupted = fixture.call(fixture.transactions::begin);
    fixture.steps.run(() -> fixture.transactions.leave(interrupted));

    fixture.add(TransactionFixture.PARTITION);
    commit(fixture);
  }

  @Test
  void listsEveryTransitionOnce() {
    assertThat(
            List.of(TransactionState.values()).stream().filter(TransactionState::isLast).toList())
        .containsExactly(TransactionState.FENCED, TransactionState.FATAL)
        .allMatch(state -> state.next().isEmpty());
    assertThatThrownBy(
            () ->
                new TransactionFixture()
                    .transactions
                    .status()
                    .transition(TransactionState.COMMITTING, "nobody began"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("UNINITIALIZED → COMMITTING is not allowed");
  }
}

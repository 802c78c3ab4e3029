package io.millstream.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.TopicPartition;
import io.millstream.group.SteppedLoop;
import io.millstream.network.Backoff;
import io.millstream.protocol.AddPartitionsToTxnRequest;
import io.millstream.protocol.AddPartitionsToTxnResponse;
import io.millstream.protocol.AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult;
import io.millstream.protocol.AddPartitionsToTxnResponse.AddPartitionsToTxnTopicResult;
import io.millstream.protocol.EndTxnRequest;
import io.millstream.protocol.EndTxnResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.InitProducerIdRequest;
import io.millstream.protocol.InitProducerIdResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Transactions of which the test is the coordinator, the sender and the caller. */
final class TransactionFixture {

  static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(60);
  static final Duration MAX_BLOCK = Duration.ofSeconds(20);
  static final TopicPartition PARTITION = new TopicPartition("t", 0);
  static final long PRODUCER_ID = 77;

  final SteppedLoop steps = new SteppedLoop();
  final ScriptedTransactions coordinator = new ScriptedTransactions(steps);
  final ProducerTransactions transactions;
  boolean nothingLeft = true;

  TransactionFixture() {
    this(false);
  }

  TransactionFixture(boolean twoPhases) {
    TransactionSettings settings =
        new TransactionSettings(
            "orders",
            (int) TRANSACTION_TIMEOUT.toMillis(),
            twoPhases,
            MAX_BLOCK.toNanos(),
            new Backoff(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(1)));
    transactions = new ProducerTransactions(steps.loop(), settings, coordinator, this::looksAgain);
  }

  private void looksAgain() {
    steps.loop().execute(() -> transactions.looked(nothingLeft));
  }

  /** Makes a call as a thread of the application does, and lets follow what follows at once. */
  CallerAnswer call(Consumer<CallerAnswer> method) {
    CallerAnswer answer = new CallerAnswer(steps.waiting().gate());
    steps.run(() -> method.accept(answer));
    return answer;
  }

  /** Says what a call ended with, null where it succeeded. */
  static @Nullable RuntimeException outcome(CallerAnswer answer) {
    assertThat(answer.isGiven()).as("the call has ended").isTrue();
    try {
      answer.get();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  static void assertSucceeded(CallerAnswer answer) {
    assertThat(outcome(answer)).isNull();
  }

  /** Makes the producer ready to begin its first transaction, in epoch 0. */
  static TransactionFixture ready() {
    TransactionFixture fixture = new TransactionFixture();
    CallerAnswer answer = fixture.call(fixture.transactions::initialize);
    fixture.coordinator.next(InitProducerIdRequest.class);
    fixture.coordinator.answer(identity(PRODUCER_ID, 0));
    assertSucceeded(answer);
    return fixture;
  }

  /** Makes it ready, and begins a transaction. */
  static TransactionFixture begun() {
    TransactionFixture fixture = ready();
    assertSucceeded(fixture.call(fixture.transactions::begin));
    return fixture;
  }

  /** Begins a transaction that the coordinator knows of, by version 1 of the protocol. */
  static TransactionFixture open() {
    TransactionFixture fixture = begun();
    fixture.add(PARTITION);
    return fixture;
  }

  /** Has a partition added, by version 1 of the protocol. */
  void add(TopicPartition partition) {
    assertThat(admits(partition)).isFalse();
    coordinator.next(AddPartitionsToTxnRequest.class);
    coordinator.answer(added(ErrorCode.NONE, partition));
    assertThat(admits(partition)).isTrue();
  }

  boolean admits(TopicPartition partition) {
    List<Boolean> answers = new ArrayList<>();
    steps.run(() -> answers.add(transactions.admits(partition)));
    return answers.get(0);
  }

  void batchFailed(RuntimeException cause, boolean numbered) {
    steps.run(() -> transactions.failed(cause, numbered));
  }

  /** The sender has got rid of all it had. */
  void allIsDone() {
    nothingLeft = true;
    steps.run(() -> transactions.looked(true));
  }

  EndTxnRequest endSent() {
    return coordinator.next(EndTxnRequest.class);
  }

  static InitProducerIdResponse identity(long producerId, int epoch) {
    return InitProducerIdResponse.defaults()
        .withProducerId(producerId)
        .withProducerEpoch((short) epoch);
  }

  static InitProducerIdResponse notIdentified(ErrorCode error) {
    return InitProducerIdResponse.defaults().withErrorCode(error.code());
  }

  static EndTxnResponse ended(ErrorCode error) {
    return EndTxnResponse.defaults().withErrorCode(error.code());
  }

  static EndTxnResponse endedWith(int epoch) {
    return EndTxnResponse.defaults().withProducerId(PRODUCER_ID).withProducerEpoch((short) epoch);
  }

  static AddPartitionsToTxnResponse added(ErrorCode error, TopicPartition... partitions) {
    List<AddPartitionsToTxnTopicResult> topics = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      topics.add(
          new AddPartitionsToTxnTopicResult(
              partition.topic(),
              List.of(new AddPartitionsToTxnPartitionResult(partition.partition(), error.code()))));
    }
    return AddPartitionsToTxnResponse.defaults().withResultsByTopicV3AndBelow(topics);
  }
}

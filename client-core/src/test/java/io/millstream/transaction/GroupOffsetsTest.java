package io.millstream.transaction;

import static io.millstream.transaction.TransactionFixture.assertSucceeded;
import static io.millstream.transaction.TransactionFixture.ended;
import static io.millstream.transaction.TransactionFixture.endedWith;
import static io.millstream.transaction.TransactionFixture.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.CommitFailedException;
import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TransactionAbortableException;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.AddOffsetsToTxnRequest;
import io.millstream.protocol.AddOffsetsToTxnResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.TxnOffsetCommitRequest;
import io.millstream.protocol.TxnOffsetCommitResponse;
import io.millstream.protocol.TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition;
import io.millstream.protocol.TxnOffsetCommitResponse.TxnOffsetCommitResponseTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupOffsetsTest {

  private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
      Map.of(new TopicPartition("in", 2), new OffsetAndMetadata(42, Optional.of(7), "note"));
  private static final ConsumerGroupMetadata MEMBER =
      new ConsumerGroupMetadata("readers", 5, "m-1", Optional.of("i-1"));

  private static CallerAnswer sendOffsets(TransactionFixture fixture, ConsumerGroupMetadata group) {
    return fixture.call(answer -> fixture.transactions.sendOffsets(OFFSETS, group, answer));
  }

  private static TxnOffsetCommitResponse committed(ErrorCode error) {
    return TxnOffsetCommitResponse.defaults()
        .withTopics(
            List.of(
                TxnOffsetCommitResponseTopic.defaults()
                    .withName("in")
                    .withPartitions(
                        List.of(new TxnOffsetCommitResponsePartition(2, error.code())))));
  }

  @Test
  void theTransactionLearnsOfTheGroupBeforeTheGroupOfItsOffsets() {
    TransactionFixture fixture = TransactionFixture.begun();
    CallerAnswer answer = sendOffsets(fixture, MEMBER);

    AddOffsetsToTxnRequest group = fixture.coordinator.next(AddOffsetsToTxnRequest.class);
    assertThat(group.groupId()).isEqualTo("readers");
    assertThat(fixture.coordinator.sent().coordinator().key()).isEqualTo("orders");
    fixture.coordinator.answer(AddOffsetsToTxnResponse.defaults());

    TxnOffsetCommitRequest offsets = fixture.coordinator.next(TxnOffsetCommitRequest.class);
    assertThat(fixture.coordinator.sent().coordinator().key()).isEqualTo("readers");
    assertThat(fixture.coordinator.sent().version()).isEqualTo((short) 4);
    assertThat(offsets.generationIdOrMemberEpoch()).isEqualTo(5);
    assertThat(offsets.memberId()).isEqualTo("m-1");
    assertThat(offsets.groupInstanceId()).isEqualTo("i-1");
    assertThat(offsets.topics().get(0).partitions().get(0).committedOffset()).isEqualTo(42);
    assertThat(answer.isGiven()).isFalse();
    fixture.coordinator.answer(committed(ErrorCode.NONE));

    assertSucceeded(answer);
    CallerAnswer commit = fixture.call(fixture.transactions::commit);
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(commit);
  }

  @Test
  void aGroupIsAddedOnceToATransaction() {
    TransactionFixture fixture = TransactionFixture.begun();
    sendOffsets(fixture, MEMBER);
    fixture.coordinator.answer(AddOffsetsToTxnResponse.defaults());
    fixture.coordinator.answer(committed(ErrorCode.NONE));

    sendOffsets(fixture, MEMBER);

    fixture.coordinator.next(TxnOffsetCommitRequest.class);
  }

  @Test
  void inVersionTwoTheOffsetsAloneAreSent() {
    TransactionFixture fixture = TransactionFixture.ready();
    fixture.coordinator.transactionVersion(2);
    fixture.call(fixture.transactions::begin);

    CallerAnswer answer = sendOffsets(fixture, MEMBER);

    fixture.coordinator.next(TxnOffsetCommitRequest.class);
    assertThat(fixture.coordinator.sent().version()).isEqualTo((short) 5);
    fixture.coordinator.answer(committed(ErrorCode.NONE));
    assertSucceeded(answer);
    CallerAnswer commit = fixture.call(fixture.transactions::commit);
    assertThat(fixture.endSent().committed()).isTrue();
    fixture.coordinator.answer(endedWith(1));
    assertSucceeded(commit);
  }

  @Test
  void triesAgainWhereTheGroupsCoordinatorMoves() {
    TransactionFixture fixture = TransactionFixture.begun();
    CallerAnswer answer = sendOffsets(fixture, MEMBER);
    fixture.coordinator.answer(AddOffsetsToTxnResponse.defaults());

    fixture.coordinator.answer(committed(ErrorCode.NOT_COORDINATOR));
    fixture.steps.advance(Duration.ofMillis(200));
    fixture.coordinator.answer(committed(ErrorCode.NONE));

    assertSucceeded(answer);
    assertThat(fixture.coordinator.forgotten()).singleElement().asString().startsWith("readers");
  }

  @Test
  void aGroupThatHasRebalancedLetsTheTransactionBeAborted() {
    TransactionFixture fixture = TransactionFixture.begun();
    CallerAnswer answer = sendOffsets(fixture, MEMBER);
    fixture.coordinator.answer(AddOffsetsToTxnResponse.defaults());

    fixture.coordinator.answer(committed(ErrorCode.ILLEGAL_GENERATION));

    assertThat(outcome(answer))
        .isInstanceOf(CommitFailedException.class)
        .hasMessageContaining("abortTransaction()");
    assertThat(outcome(fixture.call(fixture.transactions::commit)))
        .isInstanceOf(TransactionAbortableException.class);
    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(abort);
  }

  @Test
  void oldBrokersTakeOffsetsOfAGroupButNotOfAMember() {
    TransactionFixture fixture = TransactionFixture.begun();
    fixture.coordinator.areOld();
    CallerAnswer answer = sendOffsets(fixture, new ConsumerGroupMetadata("readers"));
    fixture.coordinator.answer(AddOffsetsToTxnResponse.defaults());
    fixture.coordinator.answer(committed(ErrorCode.NONE));
    assertSucceeded(answer);

    assertThat(outcome(sendOffsets(fixture, MEMBER)))
        .isInstanceOf(UnsupportedVersionException.class)
        .hasMessageContaining("new ConsumerGroupMetadata(groupId)");
    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    fixture.coordinator.answer(ended(ErrorCode.NONE));
    assertSucceeded(abort);
  }

  @Test
  void offsetsThatNobodyWaitsForAnyMoreDoNotKeepTheTransactionFromBeingAborted() {
    TransactionFixture fixture = TransactionFixture.begun();
    CallerAnswer answer = sendOffsets(fixture, MEMBER);
    fixture.coordinator.answer(AddOffsetsToTxnResponse.defaults());
    fixture.steps.advance(TransactionFixture.MAX_BLOCK);
    assertThat(outcome(answer)).isInstanceOf(io.millstream.common.errors.TimeoutException.class);

    CallerAnswer abort = fixture.call(fixture.transactions::abort);
    fixture.coordinator.answer(committed(ErrorCode.NOT_COORDINATOR));
    fixture.coordinator.answer(ended(ErrorCode.NONE));

    assertSucceeded(abort);
  }
}

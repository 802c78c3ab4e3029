package io.millstream.transaction;

import static io.millstream.transaction.TransactionFixture.PARTITION;
import static io.millstream.transaction.TransactionFixture.added;
import static io.millstream.transaction.TransactionFixture.ended;
import static io.millstream.transaction.TransactionFixture.notIdentified;
import static io.millstream.transaction.TransactionFixture.outcome;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.consumer.CommitFailedException;
import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.ClusterAuthorizationException;
import io.millstream.common.errors.FencedInstanceIdException;
import io.millstream.common.errors.GroupAuthorizationException;
import io.millstream.common.errors.InvalidPidMappingException;
import io.millstream.common.errors.InvalidTxnStateException;
import io.millstream.common.errors.InvalidTxnTimeoutException;
import io.millstream.common.errors.OffsetMetadataTooLarge;
import io.millstream.common.errors.OutOfOrderSequenceException;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.common.errors.TransactionAbortableException;
import io.millstream.common.errors.TransactionalIdAuthorizationException;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.AddOffsetsToTxnResponse;
import io.millstream.protocol.AddPartitionsToTxnRequest;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.TxnOffsetCommitResponse;
import io.millstream.protocol.TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition;
import io.millstream.protocol.TxnOffsetCommitResponse.TxnOffsetCommitResponseTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each error of each API comes to for the application: it hears nothing of it, aborts and goes
 * on, starts anew, or has been taken over. The type of the exception tells, and the message says
 * what to do.
 */
class TransactionErrorsTest {

  private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
      Map.of(new TopicPartition("in", 2), new OffsetAndMetadata(42));
  private static final ConsumerGroupMetadata MEMBER =
      new ConsumerGroupMetadata("readers", 5, "m-1", Optional.empty());

  /** Where an error comes from. */
  enum Api {
    INIT_PRODUCER_ID,
    ADD_PARTITIONS,
    ADD_OFFSETS,
    OFFSET_COMMIT,
    END,
    PRODUCE
  }

  /** What follows for the application. */
  enum Follows {
    TRIED_AGAIN,
    ABORT,
    ANEW,
    TAKEN_OVER
  }

  private static Stream<Arguments> rows(
      Api api, Follows follows, Class<?> type, ErrorCode... errors) {
    return Stream.of(errors).map(error -> Arguments.of(api, error, follows, type));
  }

  static Stream<Arguments> errors() {
    Stream<Arguments> ofAll =
        Stream.of(
                Api.INIT_PRODUCER_ID,
                Api.ADD_PARTITIONS,
                Api.ADD_OFFSETS,
                Api.OFFSET_COMMIT,
                Api.END)
            .flatMap(
                api ->
                    Stream.concat(
                        rows(
                            api,
                            Follows.TRIED_AGAIN,
                            Void.class,
                            ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
                            ErrorCode.COORDINATOR_NOT_AVAILABLE,
                            ErrorCode.NOT_COORDINATOR,
                            ErrorCode.CONCURRENT_TRANSACTIONS,
                            ErrorCode.REQUEST_TIMED_OUT),
                        rows(
                            api,
                            Follows.TAKEN_OVER,
                            ProducerFencedException.class,
                            ErrorCode.PRODUCER_FENCED,
                            ErrorCode.INVALID_PRODUCER_EPOCH)));
    Stream<Arguments> ofCoordinator =
        Stream.of(Api.ADD_PARTITIONS, Api.ADD_OFFSETS, Api.OFFSET_COMMIT, Api.END)
            .flatMap(
                api ->
                    Stream.of(
                            rows(
                                api,
                                Follows.ABORT,
                                TransactionAbortableException.class,
                                ErrorCode.TRANSACTION_ABORTABLE),
                            rows(
                                api,
                                Follows.ABORT,
                                InvalidPidMappingException.class,
                                ErrorCode.INVALID_PRODUCER_ID_MAPPING),
                            rows(
                                api,
                                Follows.ANEW,
                                InvalidTxnStateException.class,
                                ErrorCode.INVALID_TXN_STATE),
                            rows(
                                api,
                                Follows.ANEW,
                                TransactionalIdAuthorizationException.class,
                                ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED),
                            rows(
                                api,
                                Follows.ANEW,
                                KafkaException.class,
                                ErrorCode.UNKNOWN_SERVER_ERROR,
                                ErrorCode.INVALID_REQUEST,
                                ErrorCode.UNSUPPORTED_VERSION))
                        .flatMap(each -> each));
    Stream<Arguments> single =
        Stream.of(
                rows(
                    Api.INIT_PRODUCER_ID,
                    Follows.ANEW,
                    InvalidTxnTimeoutException.class,
                    ErrorCode.INVALID_TRANSACTION_TIMEOUT),
                rows(
                    Api.INIT_PRODUCER_ID,
                    Follows.ANEW,
                    TransactionalIdAuthorizationException.class,
                    ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED),
                rows(
                    Api.INIT_PRODUCER_ID,
                    Follows.ANEW,
                    ClusterAuthorizationException.class,
                    ErrorCode.CLUSTER_AUTHORIZATION_FAILED),
                rows(
                    Api.INIT_PRODUCER_ID,
                    Follows.ANEW,
                    TransactionAbortableException.class,
                    ErrorCode.TRANSACTION_ABORTABLE),
                rows(
                    Api.ADD_PARTITIONS,
                    Follows.TRIED_AGAIN,
                    Void.class,
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
                rows(
                    Api.ADD_PARTITIONS,
                    Follows.ABORT,
                    TopicAuthorizationException.class,
                    ErrorCode.TOPIC_AUTHORIZATION_FAILED),
                rows(
                    Api.ADD_PARTITIONS,
                    Follows.ABORT,
                    KafkaException.class,
                    ErrorCode.OPERATION_NOT_ATTEMPTED,
                    ErrorCode.UNKNOWN_PRODUCER_ID),
                rows(
                    Api.ADD_OFFSETS,
                    Follows.ABORT,
                    GroupAuthorizationException.class,
                    ErrorCode.GROUP_AUTHORIZATION_FAILED),
                rows(
                    Api.OFFSET_COMMIT,
                    Follows.TRIED_AGAIN,
                    Void.class,
                    ErrorCode.UNKNOWN_TOPIC_OR_PARTITION),
                rows(
                    Api.OFFSET_COMMIT,
                    Follows.ABORT,
                    CommitFailedException.class,
                    ErrorCode.UNKNOWN_MEMBER_ID,
                    ErrorCode.ILLEGAL_GENERATION,
                    ErrorCode.STALE_MEMBER_EPOCH,
                    ErrorCode.FENCED_MEMBER_EPOCH,
                    ErrorCode.REBALANCE_IN_PROGRESS),
                rows(
                    Api.OFFSET_COMMIT,
                    Follows.ABORT,
                    FencedInstanceIdException.class,
                    ErrorCode.FENCED_INSTANCE_ID),
                rows(
                    Api.OFFSET_COMMIT,
                    Follows.ABORT,
                    GroupAuthorizationException.class,
                    ErrorCode.GROUP_AUTHORIZATION_FAILED),
                rows(
                    Api.OFFSET_COMMIT,
                    Follows.ABORT,
                    TopicAuthorizationException.class,
                    ErrorCode.TOPIC_AUTHORIZATION_FAILED),
                rows(
                    Api.OFFSET_COMMIT,
                    Follows.ABORT,
                    OffsetMetadataTooLarge.class,
                    ErrorCode.OFFSET_METADATA_TOO_LARGE),
                rows(
                    Api.OFFSET_COMMIT,
                    Follows.ABORT,
                    KafkaException.class,
                    ErrorCode.INVALID_COMMIT_OFFSET_SIZE,
                    ErrorCode.INVALID_GROUP_ID,
                    ErrorCode.GROUP_ID_NOT_FOUND),
                rows(
                    Api.PRODUCE,
                    Follows.TAKEN_OVER,
                    ProducerFencedException.class,
                    ErrorCode.PRODUCER_FENCED,
                    ErrorCode.INVALID_PRODUCER_EPOCH),
                rows(
                    Api.PRODUCE,
                    Follows.ABORT,
                    TopicAuthorizationException.class,
                    ErrorCode.TOPIC_AUTHORIZATION_FAILED),
                rows(
                    Api.PRODUCE,
                    Follows.ABORT,
                    RecordTooLargeException.class,
                    ErrorCode.MESSAGE_TOO_LARGE),
                rows(
                    Api.PRODUCE,
                    Follows.ABORT,
                    OutOfOrderSequenceException.class,
                    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER),
                rows(
                    Api.PRODUCE,
                    Follows.ABORT,
                    InvalidTxnStateException.class,
                    ErrorCode.INVALID_TXN_STATE),
                rows(
                    Api.PRODUCE,
                    Follows.ABORT,
                    InvalidPidMappingException.class,
                    ErrorCode.INVALID_PRODUCER_ID_MAPPING),
                rows(
                    Api.PRODUCE,
                    Follows.ABORT,
                    KafkaException.class,
                    ErrorCode.TRANSACTION_ABORTABLE,
                    ErrorCode.INVALID_RECORD,
                    ErrorCode.UNKNOWN_PRODUCER_ID,
                    ErrorCode.NOT_ENOUGH_REPLICAS,
                    ErrorCode.REQUEST_TIMED_OUT,
                    ErrorCode.UNKNOWN_SERVER_ERROR),
                rows(
                    Api.PRODUCE,
                    Follows.ANEW,
                    ClusterAuthorizationException.class,
                    ErrorCode.CLUSTER_AUTHORIZATION_FAILED),
                rows(
                    Api.PRODUCE,
                    Follows.ANEW,
                    TransactionalIdAuthorizationException.class,
                    ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED),
                rows(
                    Api.PRODUCE,
                    Follows.ANEW,
                    UnsupportedVersionException.class,
                    ErrorCode.UNSUPPORTED_VERSION))
            .flatMap(each -> each);
    return Stream.of(ofAll, ofCoordinator, single).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("errors")
  void tellsWhatToDo(Api api, ErrorCode error, Follows follows, Class<?> type) {
    TransactionFixture fixture =
        api == Api.INIT_PRODUCER_ID ? new TransactionFixture() : TransactionFixture.begun();
    CallerAnswer call = meet(fixture, api, error);

    if (follows == Follows.TRIED_AGAIN) {
      assertThat(call.isGiven()).isFalse();
      fixture.steps.advance(Duration.ofSeconds(2));
      assertThat(fixture.coordinator.unanswered()).as("the same request again").hasSize(1);
      return;
    }
    RuntimeException told = requireNonNull(outcome(call));
    assertThat(isOrHasCause(told, type)).as("%s of %s", type, told).isTrue();
    switch (follows) {
      case ABORT -> {
        assertThat(told).isNotInstanceOf(ProducerFencedException.class);
        assertThat(told.getMessage()).contains("abortTransaction()");
        CallerAnswer commit = fixture.call(fixture.transactions::commit);
        assertThat(outcome(commit)).isInstanceOf(TransactionAbortableException.class);
        fixture.call(fixture.transactions::abort);
        assertThat(fixture.transactions.status().state()).isNotEqualTo(TransactionState.FATAL);
      }
      case ANEW -> {
        RuntimeException next = requireNonNull(outcome(fixture.call(fixture.transactions::begin)));
        assertThat(next).isExactlyInstanceOf(KafkaException.class);
        assertThat(next.getMessage()).contains("start anew", error.name());
      }
      case TAKEN_OVER -> {
        assertThat(told.getMessage()).contains("taken over");
        assertThat(outcome(fixture.call(fixture.transactions::begin)))
            .isInstanceOf(ProducerFencedException.class);
      }
      default -> throw new AssertionError(follows);
    }
  }

  private static boolean isOrHasCause(RuntimeException told, Class<?> type) {
    return type.isInstance(told) || type.isInstance(told.getCause());
  }

  /** Has a call of the application meet an error, and returns the call. */
  private static CallerAnswer meet(TransactionFixture fixture, Api api, ErrorCode error) {
    return switch (api) {
      case INIT_PRODUCER_ID -> {
        CallerAnswer call = fixture.call(fixture.transactions::initialize);
        fixture.coordinator.answer(notIdentified(error));
        yield call;
      }
      case ADD_PARTITIONS -> {
        fixture.nothingLeft = false;
        fixture.admits(PARTITION);
        CallerAnswer call = fixture.call(fixture.transactions::commit);
        fixture.coordinator.next(AddPartitionsToTxnRequest.class);
        fixture.coordinator.answer(added(error, PARTITION));
        yield call;
      }
      case ADD_OFFSETS -> {
        CallerAnswer call = sendOffsets(fixture);
        fixture.coordinator.answer(AddOffsetsToTxnResponse.defaults().withErrorCode(error.code()));
        yield call;
      }
      case OFFSET_COMMIT -> {
        CallerAnswer call = sendOffsets(fixture);
        fixture.coordinator.answer(AddOffsetsToTxnResponse.defaults());
        fixture.coordinator.answer(committed(error));
        yield call;
      }
      case END -> {
        fixture.add(PARTITION);
        CallerAnswer call = fixture.call(fixture.transactions::commit);
        fixture.coordinator.answer(ended(error));
        yield call;
      }
      case PRODUCE -> {
        fixture.add(PARTITION);
        fixture.nothingLeft = false;
        CallerAnswer call = fixture.call(fixture.transactions::commit);
        fixture.batchFailed(error.exception("a record of t-0 failed"), true);
        yield call;
      }
    };
  }

  private static CallerAnswer sendOffsets(TransactionFixture fixture) {
    return fixture.call(answer -> fixture.transactions.sendOffsets(OFFSETS, MEMBER, answer));
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
}

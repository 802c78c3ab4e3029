package io.millstream.produce;

import io.millstream.cluster.LeaderHint;
import io.millstream.common.InvalidRecordException;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.BrokerAddress;
import io.millstream.network.EventLoop;
import io.millstream.network.RepeatedLog;
import io.millstream.network.RequestFailure;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.ProduceResponse.BatchIndexAndErrorMessage;
import io.millstream.protocol.ProduceResponse.PartitionProduceResponse;
import io.millstream.protocol.Reaction;
import io.millstream.transaction.BatchScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows for a batch from what became of its request: done, again in order, split, a new
 * identity, or failed. Owned by the event loop.
 */
final class BatchOutcomes implements ProduceCall.Outcomes {

  private static final Logger LOG = LoggerFactory.getLogger(BatchOutcomes.class);

  private final EventLoop loop;
  private final ProduceSettings settings;
  private final ProduceLink link;
  private final LargeBatches largeBatches;
  private final Runnable looksAgain;
  private final BatchScope scope;
  private final SendMetrics metrics;
  private final CallbackRunner callbacks;
  private final FailureTexts texts;
  private final RepeatedLog log;

  /**
   * Creates the outcomes of one producer.
   *
   * @param largeBatches splits what brokers find too large
   * @param looksAgain has the sender look for what can leave now
   * @param scope the transactions that batches belong to
   */
  BatchOutcomes(
      EventLoop loop,
      ProduceSettings settings,
      ProduceLink link,
      LargeBatches largeBatches,
      Runnable looksAgain,
      BatchScope scope) {
    this.loop = loop;
    this.settings = settings;
    this.link = link;
    this.largeBatches = largeBatches;
    this.looksAgain = looksAgain;
    this.scope = scope;
    this.metrics = new SendMetrics(loop.metrics());
    this.callbacks = new CallbackRunner(loop.name(), loop.environment().clock(), metrics);
    this.texts = new FailureTexts(settings);
    this.log = new RepeatedLog(loop.environment().clock(), LOG);
    largeBatches.onFailure(this::notSplit);
  }

  BatchScope scope() {
    return scope;
  }

  FailureTexts texts() {
    return texts;
  }

  CallbackRunner callbacks() {
    return callbacks;
  }

  @Override
  public void requestOver() {
    lookAgain();
  }

  /** Has the sender look for what can leave now, since something has ended. */
  void lookAgain() {
    looksAgain.run();
  }

  @Override
  public void newLeaders(List<LeaderHint> hints) {
    link.hint(hints);
  }

  @Override
  public void written(ProduceCall.Entry entry) {
    acknowledge(entry, -1, -1);
  }

  @Override
  public void answered(
      ProduceCall.Entry entry, BrokerAddress broker, PartitionProduceResponse told) {
    PartitionLane lane = entry.lane();
    ProducerBatch batch = entry.batch();
    Travel travel = batch.travel();
    ErrorCode error = ErrorCode.of(told.errorCode());
    if (error == ErrorCode.NONE || error == ErrorCode.DUPLICATE_SEQUENCE_NUMBER) {
      scope.appended();
      acknowledge(entry, told.baseOffset(), told.logAppendTimeMs());
      return;
    }
    travel.lastProblem =
        broker
            + " answered "
            + error
            + detail(told)
            + FailureTexts.remedy(error, told, batch.partition().topic());
    switch (error) {
      case REQUEST_TIMED_OUT, NOT_ENOUGH_REPLICAS_AFTER_APPEND, UNKNOWN_SERVER_ERROR ->
          travel.perhapsAppended = true;
      // With acks=all a leader that has taken a batch answers so, too, if it loses the partition
      // while it waits for the other replicas.
      case NOT_LEADER_OR_FOLLOWER, UNKNOWN_TOPIC_OR_PARTITION, KAFKA_STORAGE_ERROR ->
          travel.perhapsAppended |= settings.delivery().acks() == ProduceSettings.ACKS_ALL;
      case OUT_OF_ORDER_SEQUENCE_NUMBER -> travel.perhapsAppended = false;
      default -> {
        // The broker says nothing about earlier attempts.
      }
    }
    if (error.reactions().contains(Reaction.REFRESH_METADATA)) {
      link.refresh(batch.partition() + ": " + travel.lastProblem);
    }
    switch (error) {
      case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE -> tooLarge(entry, error);
      case OUT_OF_ORDER_SEQUENCE_NUMBER -> {
        if (travel.wholePerhapsAppended) {
          String problem = travel.lastProblem + FailureTexts.SPLIT_IN_DOUBT;
          fail(entry, new RecordTooLargeException(texts.refused(batch, problem)));
        } else if (lane.followsAFailure(batch)) {
          again(entry, false);
        } else if (renumbers()) {
          LOG.warn(
              "{}: {}: {}{}; what comes is numbered anew",
              loop.name(),
              batch.partition(),
              travel.lastProblem,
              FailureTexts.DATA_LOSS);
          lane.outOfOrder(batch, travel.lastProblem);
          againIfAllowed(entry, error, true);
        } else {
          String problem = travel.lastProblem + FailureTexts.DATA_LOSS;
          fail(entry, error.exception(texts.refused(batch, problem)));
        }
      }
      case UNKNOWN_PRODUCER_ID, INVALID_PRODUCER_ID_MAPPING, INVALID_PRODUCER_EPOCH -> {
        if (renumbers()) {
          lane.identityLost(batch, travel.lastProblem);
          againIfAllowed(entry, error, true);
        } else {
          fail(entry, error.exception(texts.refused(batch, travel.lastProblem)));
        }
      }
      case INVALID_RECORD -> failRecords(entry, told);
      case CONCURRENT_TRANSACTIONS -> awaitTransactionBefore(entry);
      default -> againIfAllowed(entry, error, !isLedByAnother(batch, broker));
    }
  }

  private static final long PAUSE_BETWEEN_TRANSACTIONS_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Says whether a batch may get another identity and number: a transaction fixes its own. */
  private boolean renumbers() {
    return settings.delivery().idempotent() && scope.transactionalId() == null;
  }

  private boolean isLedByAnother(ProducerBatch batch, BrokerAddress broker) {
    BrokerAddress leader = link.leader(batch.partition());
    return leader != null && !leader.equals(broker);
  }

  private static String detail(PartitionProduceResponse told) {
    return told.errorMessage() == null ? "" : " (" + told.errorMessage() + ")";
  }

  @Override
  public void failed(ProduceCall.Entry entry, RequestFailure failure) {
    ProducerBatch batch = entry.batch();
    Travel travel = batch.travel();
    travel.lastProblem = failure.detail();
    travel.perhapsAppended |= failure.sent();
    if (failure.kind() == RequestFailure.Kind.CLOSED) {
      giveUp(entry);
      RuntimeException exception = failure.exception();
      batch.fail(index -> exception, callbacks);
      return;
    }
    if (!failure.retriable()) {
      fail(entry, failure.exception());
      return;
    }
    // The connection has a back-off of its own.
    unanswered(entry, false);
  }

  @Override
  public void leftOut(ProduceCall.Entry entry, BrokerAddress broker) {
    Travel travel = entry.batch().travel();
    travel.lastProblem =
        "%s answered without a word on %s".formatted(broker, entry.batch().partition());
    travel.perhapsAppended = true;
    unanswered(entry, true);
  }

  private void unanswered(ProduceCall.Entry entry, boolean delayed) {
    ProducerBatch batch = entry.batch();
    link.refresh(batch.travel().lastProblem);
    if (mayTryAgain(entry)) {
      again(entry, delayed);
    } else {
      fail(entry, new TimeoutException(texts.refused(batch, batch.travel().lastProblem)));
    }
  }

  private void acknowledge(ProduceCall.Entry entry, long baseOffset, long appendTimeMillis) {
    ProducerBatch batch = entry.batch();
    entry.lane().acknowledged(batch);
    batch.writer().release();
    batch.succeed(baseOffset, appendTimeMillis, callbacks);
  }

  private void againIfAllowed(ProduceCall.Entry entry, ErrorCode error, boolean delayed) {
    ProducerBatch batch = entry.batch();
    boolean retriable = error.retriable() || newIdentityHelps(error);
    if (retriable && mayTryAgain(entry)) {
      again(entry, delayed);
    } else {
      fail(entry, error.exception(texts.refused(batch, batch.travel().lastProblem)));
    }
  }

  /** The markers of the transaction before are still being written; that takes milliseconds. */
  private void awaitTransactionBefore(ProduceCall.Entry entry) {
    LOG.debug(
        "{}: {} is not open for the next transaction", loop.name(), entry.batch().partition());
    if (entry.batch().state() == ProducerBatch.State.DONE) {
      giveUp(entry);
    } else {
      comesBack(entry);
      entry.lane().delay(loop.nanoTime() + PAUSE_BETWEEN_TRANSACTIONS_NANOS);
    }
  }

  private void comesBack(ProduceCall.Entry entry) {
    metrics.retried(entry.batch());
    entry.lane().comesBack(entry.batch());
  }

  private boolean mayTryAgain(ProduceCall.Entry entry) {
    return entry.batch().travel().attempts <= settings.patience().retries();
  }

  private static boolean newIdentityHelps(ErrorCode error) {
    return switch (error) {
      case UNKNOWN_PRODUCER_ID,
          INVALID_PRODUCER_ID_MAPPING,
          INVALID_PRODUCER_EPOCH,
          OUT_OF_ORDER_SEQUENCE_NUMBER ->
          true;
      default -> false;
    };
  }

  private void again(ProduceCall.Entry entry, boolean delayed) {
    ProducerBatch batch = entry.batch();
    PartitionLane lane = entry.lane();
    if (batch.state() == ProducerBatch.State.DONE) {
      giveUp(entry);
      return;
    }
    log.warn(
        "%s: a batch of %s is sent again: %s"
            .formatted(loop.name(), batch.partition(), batch.travel().lastProblem));
    comesBack(entry);
    if (delayed) {
      long pause =
          settings.patience().backoff().nanos(batch.travel().attempts, loop.environment().random());
      lane.delay(loop.nanoTime() + pause);
    }
  }

  private void fail(ProduceCall.Entry entry, RuntimeException exception) {
    if (waitsForOthers(entry)) {
      again(entry, false);
    } else {
      giveUp(entry);
      failFor(entry.batch(), exception, index -> exception);
    }
  }

  /** Ends a batch badly, and with it the transaction that it belongs to. */
  private void failFor(
      ProducerBatch batch,
      RuntimeException cause,
      IntFunction<@Nullable RuntimeException> exceptions) {
    scope.failed(cause, batch.travel().sequenced());
    batch.fail(exceptions, callbacks);
  }

  /** Says whether a batch may not end now, since callbacks come in the order of the records. */
  private boolean waitsForOthers(ProduceCall.Entry entry) {
    return settings.delivery().ordered() && !entry.lane().isFirst(entry.batch());
  }

  /** Ends the way of a batch that no request holds any more. */
  private void giveUp(ProduceCall.Entry entry) {
    entry.lane().givenUp(entry.batch());
    entry.batch().writer().release();
  }

  private void failRecords(ProduceCall.Entry entry, PartitionProduceResponse told) {
    ProducerBatch batch = entry.batch();
    if (told.recordErrors().isEmpty()) {
      fail(
          entry,
          ErrorCode.INVALID_RECORD.exception(texts.refused(batch, batch.travel().lastProblem)));
      return;
    }
    Map<Integer, RuntimeException> exceptions = new HashMap<>();
    for (BatchIndexAndErrorMessage record : told.recordErrors()) {
      String message = record.batchIndexErrorMessage();
      exceptions.put(
          record.batchIndex(),
          new InvalidRecordException(
              "A record for %s was refused by the broker: %s"
                  .formatted(batch.partition(), message == null ? detail(told) : message)));
    }
    RuntimeException others =
        new KafkaException(
            ("A record for %s was not appended, since %d others of its batch were refused by the"
                    + " broker; send it again")
                .formatted(batch.partition(), exceptions.size()));
    if (waitsForOthers(entry)) {
      again(entry, false);
    } else {
      giveUp(entry);
      failFor(batch, others, index -> exceptions.getOrDefault(index, others));
    }
  }

  private void tooLarge(ProduceCall.Entry entry, ErrorCode error) {
    ProducerBatch batch = entry.batch();
    PartitionLane lane = entry.lane();
    if (batch.state() == ProducerBatch.State.DONE) {
      giveUp(entry);
    } else if (!lane.isFirst(batch)) {
      // One after the other; it is found too large once more.
      again(entry, false);
    } else if (batch.recordCount() == 1) {
      fail(
          entry,
          new RecordTooLargeException(
              ("A record for %s takes %d bytes as a batch, which %s; raise max.message.bytes of"
                      + " the topic or message.max.bytes of the brokers")
                  .formatted(
                      batch.partition(),
                      batch.writer().wireBytes(),
                      "is more than the broker accepts (" + error + ")")));
    } else {
      LOG.info(
          "{}: {} found a batch of {} records and {} bytes too large; it is split",
          loop.name(),
          batch.partition(),
          batch.recordCount(),
          batch.writer().wireBytes());
      metrics.split();
      lane.beginSplit(batch);
      largeBatches.split(lane, batch);
    }
  }

  private void notSplit(LargeBatches.Failure failure) {
    ProducerBatch batch = failure.whole();
    ProduceCall.Entry entry = new ProduceCall.Entry(failure.lane(), batch);
    failure.lane().endSplit(List.of());
    if (batch.state() == ProducerBatch.State.DONE) {
      // It has expired meanwhile, and there was nothing left to split.
      giveUp(entry);
    } else {
      LOG.error(
          "{}: a batch of {} could not be split", loop.name(), batch.partition(), failure.cause());
      fail(
          entry,
          new RecordTooLargeException(
              texts.refused(batch, batch.travel().lastProblem + "; it could not be split"),
              failure.cause()));
    }
    lookAgain();
  }
}

package io.millstream.transaction;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.network.EventLoop;
import io.millstream.protocol.TransactionVersions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one producer (KIP-98), as callers and the sender see them: what the state
 * allows. {@link TransactionCourse} says what follows. Owned by the event loop.
 */
final class ProducerTransactions implements Identities, BatchScope {

  private final EventLoop loop;
  private final TransactionCourse course;
  private final TransactionStatus status;
  private final Undertakings undertakings;
  private boolean closing;

  /**
   * Creates transactions of which none is begun.
   *
   * @param loop the loop it belongs to
   * @param settings how they run
   * @param link to the coordinators
   * @param looksAgain has the sender look for what can leave, and call {@link #looked}; not within
   *     this call
   */
  ProducerTransactions(
      EventLoop loop, TransactionSettings settings, TransactionLink link, Runnable looksAgain) {
    this.loop = loop;
    course = new TransactionCourse(loop, settings, link, looksAgain);
    status = course.status;
    undertakings = course.undertakings;
  }

  TransactionStatus status() {
    return status;
  }

  // What callers ask for.

  void initialize(CallerAnswer caller) {
    undertakings.call(
        TransactionOperation.INITIALIZE,
        List.of(),
        caller,
        () -> {
          require(TransactionState.UNINITIALIZED, TransactionOperation.INITIALIZE);
          course.initialize();
        });
  }

  void begin(CallerAnswer caller) {
    undertakings.call(
        TransactionOperation.BEGIN,
        List.of(),
        caller,
        () -> {
          require(TransactionState.READY, TransactionOperation.BEGIN);
          course.begin();
          undertakings.end(TransactionOperation.BEGIN, null);
        });
  }

  void sendOffsets(
      Map<TopicPartition, OffsetAndMetadata> offsets,
      ConsumerGroupMetadata group,
      CallerAnswer caller) {
    undertakings.call(
        TransactionOperation.SEND_OFFSETS,
        List.of(offsets, group),
        caller,
        () -> {
          require(TransactionState.IN_TRANSACTION, TransactionOperation.SEND_OFFSETS);
          course.groupOffsets.send(
              offsets,
              group,
              course.identity,
              course.open.isVersionTwo,
              () -> undertakings.end(TransactionOperation.SEND_OFFSETS, null));
        });
  }

  void commit(CallerAnswer caller) {
    undertakings.call(
        TransactionOperation.COMMIT,
        List.of(),
        caller,
        () -> {
          require(TransactionState.IN_TRANSACTION, TransactionOperation.COMMIT);
          course.commit();
        });
  }

  void abort(CallerAnswer caller) {
    undertakings.call(
        TransactionOperation.ABORT,
        List.of(),
        caller,
        () -> {
          if (status.state() != TransactionState.ABORTABLE) {
            require(TransactionState.IN_TRANSACTION, TransactionOperation.ABORT);
          }
          course.abort("abortTransaction() was called");
        });
  }

  private void require(TransactionState state, TransactionOperation operation) {
    if (status.state() != state) {
      throw status.refusal(operation.toString());
    }
  }

  /** A caller waits no longer: it was interrupted. */
  void leave(CallerAnswer caller) {
    undertakings.leave(caller);
  }

  /**
   * The producer is being closed: an open transaction is aborted, and so is one that is being
   * committed as soon as that fails.
   */
  void close() {
    closing = true;
    abortOpen();
  }

  private void abortOpen() {
    TransactionState state = status.state();
    if (state == TransactionState.IN_TRANSACTION || state == TransactionState.ABORTABLE) {
      undertakings.end(
          TransactionOperation.SEND_OFFSETS,
          new KafkaException("The producer " + loop.name() + " was closed meanwhile"));
      course.abort("the producer is being closed");
    }
  }

  /** Says whether nothing is under way that would stop half done. */
  boolean isSettled() {
    return switch (status.state()) {
      case UNINITIALIZED, INITIALIZING, READY, FENCED, FATAL -> true;
      case IN_TRANSACTION, COMMITTING, ABORTABLE, ABORTING -> false;
    };
  }

  // What the sender asks.

  @Override
  public boolean transactional() {
    return true;
  }

  @Override
  public @Nullable ProducerIdentity current() {
    return status.state().takesRecords() ? course.identity : null;
  }

  @Override
  public @Nullable String obstacle() {
    return status.state().takesRecords() ? null : "no transaction is open";
  }

  @Override
  public boolean isOver(ProducerIdentity old) {
    return !old.equals(course.identity);
  }

  @Override
  public void renumber(ProducerIdentity old, String reason) {
    if (old.equals(course.identity)) {
      course.open.needsEpoch = true;
      course.abortable(new KafkaException("Sequence numbers have a gap: " + reason));
    }
  }

  @Override
  public void replace(ProducerIdentity old, String reason) {
    renumber(old, reason);
  }

  @Override
  public String transactionalId() {
    return course.settings.transactionalId();
  }

  @Override
  public short newestProduceVersion() {
    return course.open.isVersionTwo
        ? Short.MAX_VALUE
        : TransactionVersions.NEWEST_PRODUCE_OF_VERSION_ONE;
  }

  @Override
  public boolean admits(TopicPartition partition) {
    loop.assertInLoop();
    if (!status.state().takesRecords() || course.open.endSent) {
      return false;
    }
    if (course.open.isVersionTwo) {
      course.open.touched = true;
      return true;
    }
    return course.participants.has(partition);
  }

  @Override
  public @Nullable RuntimeException ending() {
    return status.ending();
  }

  @Override
  public void appended() {
    course.open.confirmed = true;
  }

  @Override
  public boolean isEnding() {
    return status.state() == TransactionState.COMMITTING;
  }

  @Override
  public void failed(RuntimeException cause, boolean numbered) {
    course.batchFailed(cause, numbered);
  }

  @Override
  public void looked(boolean nothingLeft) {
    if (closing) {
      abortOpen();
    }
    if (nothingLeft) {
      course.nothingLeft();
    }
  }
}

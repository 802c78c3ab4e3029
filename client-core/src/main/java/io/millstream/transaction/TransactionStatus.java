package io.millstream.transaction;

import io.millstream.common.KafkaException;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.errors.TransactionAbortableException;
import io.millstream.common.errors.TransactionAbortedException;
import io.millstream.network.EventLoop;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a producer's transactions and why it is what it is. Owned by the event loop; only
 * {@link #requireSendable} may be called from elsewhere.
 */
final class TransactionStatus {

  private static final Logger LOG = LoggerFactory.getLogger(TransactionStatus.class);

  private final EventLoop loop;
  private final String transactionalId;
  private volatile Published published = new Published(TransactionState.UNINITIALIZED, null);

  /** A state, and what led to it where that was a failure. */
  private record Published(TransactionState state, @Nullable RuntimeException cause) {}

  TransactionStatus(EventLoop loop, String transactionalId) {
    this.loop = loop;
    this.transactionalId = transactionalId;
  }

  TransactionState state() {
    return published.state;
  }

  /** The one place where the state changes. */
  void transition(TransactionState to, String why) {
    transition(to, why, null);
  }

  /** The state changes because of a failure. */
  void fail(TransactionState to, RuntimeException cause) {
    transition(to, String.valueOf(cause.getMessage()), cause);
  }

  private void transition(TransactionState to, String why, @Nullable RuntimeException cause) {
    loop.assertInLoop();
    TransactionState from = published.state;
    if (!from.next().contains(to)) {
      throw new IllegalStateException(
          "Transactions of %s: %s → %s is not allowed: %s"
              .formatted(transactionalId, from, to, why));
    }
    if (cause == null) {
      LOG.debug("{}: transactions of {}: {} → {}: {}", loop.name(), transactionalId, from, to, why);
    } else {
      LOG.warn("{}: transactions of {}: {} → {}: {}", loop.name(), transactionalId, from, to, why);
    }
    published = new Published(to, cause);
  }

  /**
   * Refuses a record that is sent outside of a transaction. Any thread.
   *
   * @throws IllegalStateException if no transaction is open
   * @throws TransactionAbortableException if it can only be aborted
   * @throws ProducerFencedException if another instance took over
   * @throws KafkaException if nothing but another producer can go on
   */
  void requireSendable() {
    Published now = published;
    if (now.state != TransactionState.IN_TRANSACTION) {
      throw refusal(now, "send()");
    }
  }

  /** Returns why a call cannot be made in the state of now. */
  RuntimeException refusal(String call) {
    return refusal(published, call);
  }

  private RuntimeException refusal(Published now, String call) {
    String failed = call + " of transactional.id " + transactionalId + " failed: ";
    String cause = now.cause == null ? "" : String.valueOf(now.cause.getMessage());
    return switch (now.state) {
      case UNINITIALIZED, INITIALIZING ->
          new IllegalStateException(failed + "call initTransactions() first, and once");
      case READY ->
          new IllegalStateException(failed + "no transaction is open; call beginTransaction()");
      case IN_TRANSACTION ->
          new IllegalStateException(
              failed + "a transaction is open; commitTransaction() or abortTransaction() ends it");
      case COMMITTING -> new IllegalStateException(failed + "the transaction is being committed");
      case ABORTING -> new IllegalStateException(failed + "the transaction is being aborted");
      case ABORTABLE ->
          new TransactionAbortableException(
              failed
                  + "the transaction can only be aborted: call abortTransaction() and go on with"
                  + " the next one. What happened: "
                  + cause,
              now.cause);
      case FENCED -> fenced(cause, now.cause);
      case FATAL ->
          new KafkaException(
              failed
                  + "this producer cannot go on; close it and start anew with another one. What"
                  + " happened: "
                  + cause,
              now.cause);
    };
  }

  /** Returns what the user hears where another instance has taken over. */
  ProducerFencedException fenced(String detail, @Nullable Throwable cause) {
    ProducerFencedException exception =
        new ProducerFencedException(
            "Another producer has taken over transactional.id "
                + transactionalId
                + ", so this one has to be closed: "
                + detail);
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }

  /**
   * Returns why records that were not sent are not sent any more, null where they are or wait for
   * the next transaction.
   */
  @Nullable RuntimeException ending() {
    Published now = published;
    return switch (now.state) {
      case ABORTING ->
          new TransactionAbortedException(
              "The record was not sent, since its transaction was aborted first");
      case ABORTABLE -> new TransactionAbortedException(notSent(now), now.cause);
      case FENCED -> refusal(now, "send()");
      case FATAL -> new KafkaException(notSent(now), now.cause);
      default -> null;
    };
  }

  private static String notSent(Published now) {
    return "The record was not sent, since its transaction has failed: "
        + Objects.requireNonNull(now.cause).getMessage();
  }
}

package io.millstream.transaction;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.cluster.ClusterClient;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.network.EventLoop;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The transactions of a producer as its callers and its sender see them. Callers may be any thread;
 * each call waits for at most {@code max.block.ms}, and what it has begun goes on after that.
 */
public final class TransactionHandle {

  private final EventLoop loop;
  private final ProducerTransactions transactions;

  /**
   * Builds the transactions around a client that is not started yet.
   *
   * @param client loop and connections
   * @param settings how they run
   * @param looksAgain has the sender look for what can leave, and tell {@link BatchScope#looked};
   *     not within this call
   */
  public TransactionHandle(
      ClusterClient client, TransactionSettings settings, Runnable looksAgain) {
    loop = client.loop();
    transactions =
        new ProducerTransactions(
            loop,
            settings,
            new TransactionConnection(client, settings.transactionalId()),
            looksAgain);
  }

  /** Returns what the sender asks; for the loop. */
  public BatchScope scope() {
    return transactions;
  }

  /** Returns where partitions have their identity from; for the loop. */
  public Identities identities() {
    return transactions;
  }

  /** Begins to abort what is open, since the producer is being closed; for the loop. */
  public void close() {
    transactions.close();
  }

  /** Says whether no transaction is open; for the loop. */
  public boolean isSettled() {
    return transactions.isSettled();
  }

  /**
   * Refuses a record that is sent outside of a transaction.
   *
   * @throws IllegalStateException if no transaction is open
   * @throws KafkaException if it has failed; says what to do
   */
  public void requireSendable() {
    transactions.status().requireSendable();
  }

  /**
   * A record of the transaction could not even be taken: the transaction can only be aborted then.
   *
   * @param cause what the user hears
   */
  public void recordFailed(RuntimeException cause) {
    try {
      loop.execute(() -> scope().failed(cause, false));
    } catch (RejectedExecutionException ended) {
      // There is no transaction any more.
    }
  }

  /** Takes over the transactional id. */
  public void initialize() throws InterruptedException {
    call(TransactionOperation.INITIALIZE, transactions::initialize);
  }

  /** Begins a transaction. */
  public void begin() throws InterruptedException {
    call(TransactionOperation.BEGIN, transactions::begin);
  }

  /** Makes offsets part of the transaction. */
  public void sendOffsets(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group)
      throws InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> copy = Map.copyOf(offsets);
    call(
        TransactionOperation.SEND_OFFSETS, answer -> transactions.sendOffsets(copy, group, answer));
  }

  /** Sends what waits, and commits. */
  public void commit() throws InterruptedException {
    call(TransactionOperation.COMMIT, transactions::commit);
  }

  /** Fails what waits, and aborts. */
  public void abort() throws InterruptedException {
    call(TransactionOperation.ABORT, transactions::abort);
  }

  private void leave(CallerAnswer answer) {
    try {
      loop.execute(() -> transactions.leave(answer));
    } catch (RejectedExecutionException ended) {
      // Nobody can call again.
    }
  }

  private void call(TransactionOperation operation, Consumer<CallerAnswer> begin)
      throws InterruptedException {
    if (loop.inLoop()) {
      throw new IllegalStateException(
          operation
              + " inside a callback would wait for itself: callbacks run on the thread that sends."
              + " Call it from another thread");
    }
    CallerAnswer answer = new CallerAnswer(loop.environment().waiting().gate());
    try {
      loop.execute(() -> begin.accept(answer));
    } catch (RejectedExecutionException e) {
      throw new KafkaException("The producer " + loop.name() + " is closed", e);
    }
    try {
      answer.await();
    } catch (InterruptedException e) {
      leave(answer);
      throw e;
    }
  }
}

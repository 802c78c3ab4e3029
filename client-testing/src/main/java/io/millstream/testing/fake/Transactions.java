package io.millstream.testing.fake;

import io.millstream.common.TopicPartition;
import io.millstream.protocol.ErrorCode;
import io.millstream.record.ControlType;
import io.millstream.testing.fake.ClusterState.ProducerIdentity;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the coordinators know of transactional ids (KIP-98, KIP-360, KIP-890). All brokers share it,
 * so it outlives each of them. Markers are written a while after the end was answered.
 */
final class Transactions {

  /** As the time-out of a transaction that is open until its producer ends it. */
  static final int FOR_EVER = Integer.MAX_VALUE;

  private static final short LAST_EPOCH = Short.MAX_VALUE - 1;

  private final ClusterState cluster;
  private final Map<String, Transaction> byId = new TreeMap<>();
  private short level = 2;
  private long levelsEpoch = 1;
  private boolean allowsTwoPhases;

  /**
   * What was answered.
   *
   * @param error NONE where it succeeded
   * @param producer who goes on, of no meaning with an error
   */
  record Result(ErrorCode error, ProducerIdentity producer) {

    static final ProducerIdentity NOBODY = new ProducerIdentity(-1, (short) -1);

    static Result refused(ErrorCode error) {
      return new Result(error, NOBODY);
    }
  }

  Transactions(ClusterState cluster) {
    this.cluster = cluster;
  }

  /** Returns the finalized level of {@code transaction.version}. */
  short level() {
    return level;
  }

  void level(int newLevel) {
    level = (short) newLevel;
    levelsEpoch++;
  }

  /** Returns the epoch of the finalized features. */
  long levelsEpoch() {
    return levelsEpoch;
  }

  void allowTwoPhases(boolean allowed) {
    allowsTwoPhases = allowed;
  }

  boolean allowsTwoPhases() {
    return allowsTwoPhases;
  }

  /** Checks that a broker coordinates a transactional id. */
  ErrorCode check(String id, FakeBroker broker) {
    return cluster.coordinator(id) == broker ? ErrorCode.NONE : ErrorCode.NOT_COORDINATOR;
  }

  /** Gives the next epoch, to go on from an epoch or, with a negative one, from any. */
  Result init(String id, int timeoutMillis, ProducerIdentity from) {
    Transaction transaction = byId.get(id);
    if (transaction == null) {
      transaction = new Transaction(id, cluster.newProducer());
      transaction.timeoutMillis = timeoutMillis;
      byId.put(id, transaction);
      return new Result(ErrorCode.NONE, transaction.producer);
    }
    ProducerIdentity now = transaction.producer;
    if (transaction.state == Transaction.State.ENDING) {
      return Result.refused(ErrorCode.CONCURRENT_TRANSACTIONS);
    }
    if (from.id() >= 0 && from.id() != now.id()) {
      return Result.refused(ErrorCode.PRODUCER_FENCED);
    }
    if (transaction.state == Transaction.State.ONGOING) {
      fence(transaction);
      return Result.refused(ErrorCode.CONCURRENT_TRANSACTIONS);
    }
    if (from.id() >= 0 && from.epoch() != now.epoch()) {
      return from.epoch() == transaction.lastEpoch
          ? new Result(ErrorCode.NONE, now)
          : Result.refused(ErrorCode.PRODUCER_FENCED);
    }
    transaction.lastEpoch = from.id() >= 0 ? now.epoch() : -1;
    transaction.producer =
        now.epoch() >= LAST_EPOCH
            ? cluster.newProducer()
            : new ProducerIdentity(now.id(), (short) (now.epoch() + 1));
    transaction.state = Transaction.State.EMPTY;
    transaction.timeoutMillis = timeoutMillis;
    return new Result(ErrorCode.NONE, transaction.producer);
  }

  /** Opens a transaction, or finds it open. */
  private Result open(String id, ProducerIdentity producer) {
    Transaction transaction = byId.get(id);
    if (transaction == null || transaction.producer.id() != producer.id()) {
      return Result.refused(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
    }
    if (transaction.producer.epoch() != producer.epoch()) {
      return Result.refused(ErrorCode.PRODUCER_FENCED);
    }
    if (transaction.state == Transaction.State.ENDING) {
      return Result.refused(ErrorCode.CONCURRENT_TRANSACTIONS);
    }
    if (transaction.state != Transaction.State.ONGOING) {
      transaction.begin();
      int number = transaction.number;
      if (transaction.timeoutMillis == FOR_EVER) {
        return new Result(ErrorCode.NONE, producer);
      }
      cluster
          .host()
          .later(
              TimeUnit.MILLISECONDS.toNanos(transaction.timeoutMillis),
              () -> timeOut(transaction, number));
    }
    return new Result(ErrorCode.NONE, producer);
  }

  ErrorCode addPartition(String id, ProducerIdentity producer, Partition partition) {
    Result opened = open(id, producer);
    if (opened.error() == ErrorCode.NONE) {
      require(id).partitions.add(partition);
    }
    return opened.error();
  }

  ErrorCode addGroup(String id, ProducerIdentity producer, String groupId) {
    Result opened = open(id, producer);
    if (opened.error() == ErrorCode.NONE) {
      require(id).offsets.computeIfAbsent(groupId, group -> new TreeMap<>(Transaction.BY_NAME));
    }
    return opened.error();
  }

  /**
   * Checks that a batch may be appended.
   *
   * @param adds whether the request makes its partitions part of the transaction
   */
  ErrorCode checkAppend(String id, ProducerIdentity producer, Partition partition, boolean adds) {
    if (adds) {
      ErrorCode error = addPartition(id, producer, partition);
      return error == ErrorCode.PRODUCER_FENCED ? ErrorCode.INVALID_PRODUCER_EPOCH : error;
    }
    Transaction transaction = byId.get(id);
    if (transaction == null || transaction.producer.id() != producer.id()) {
      return ErrorCode.INVALID_PRODUCER_ID_MAPPING;
    }
    if (transaction.producer.epoch() != producer.epoch()) {
      return ErrorCode.INVALID_PRODUCER_EPOCH;
    }
    return transaction.state == Transaction.State.ONGOING
            && transaction.partitions.contains(partition)
        ? ErrorCode.NONE
        : ErrorCode.INVALID_TXN_STATE;
  }

  /** Notes an offset that is stored when the transaction is committed. */
  ErrorCode addOffset(
      String id,
      ProducerIdentity producer,
      String groupId,
      TopicPartition partition,
      CommittedOffset offset) {
    Transaction transaction = byId.get(id);
    if (transaction == null || !transaction.producer.equals(producer)) {
      return ErrorCode.INVALID_PRODUCER_EPOCH;
    }
    Map<TopicPartition, CommittedOffset> offsets = transaction.offsets.get(groupId);
    if (transaction.state != Transaction.State.ONGOING || offsets == null) {
      return ErrorCode.INVALID_TXN_STATE;
    }
    offsets.put(partition, offset);
    return ErrorCode.NONE;
  }

  /** Ends a transaction, in version 2 with the next epoch. */
  Result end(String id, ProducerIdentity producer, boolean commit, boolean isVersionTwo) {
    Transaction transaction = byId.get(id);
    if (transaction == null || transaction.producer.id() != producer.id()) {
      return Result.refused(ErrorCode.INVALID_PRODUCER_ID_MAPPING);
    }
    boolean isAgain =
        transaction.isVersionTwo
            && transaction.state != Transaction.State.ONGOING
            && transaction.producer.epoch() == producer.epoch() + 1
            && transaction.lastEpoch == producer.epoch();
    if (!isAgain && transaction.producer.epoch() != producer.epoch()) {
      return Result.refused(ErrorCode.PRODUCER_FENCED);
    }
    boolean endsNow =
        transaction.state == Transaction.State.ONGOING
            || (isVersionTwo && !commit && !isAgain && transaction.isAtRest());
    if (endsNow) {
      if (isVersionTwo) {
        transaction.lastEpoch = producer.epoch();
        transaction.producer = new ProducerIdentity(producer.id(), (short) (producer.epoch() + 1));
      }
      transaction.isVersionTwo = isVersionTwo;
      finish(transaction, commit);
      return new Result(ErrorCode.NONE, transaction.producer);
    }
    if (transaction.state == Transaction.State.EMPTY || transaction.committed != commit) {
      return Result.refused(ErrorCode.INVALID_TXN_STATE);
    }
    return transaction.state == Transaction.State.ENDING
        ? Result.refused(ErrorCode.CONCURRENT_TRANSACTIONS)
        : new Result(ErrorCode.NONE, transaction.producer);
  }

  private void timeOut(Transaction transaction, int number) {
    if (transaction.state == Transaction.State.ONGOING && transaction.number == number) {
      cluster.host().note("the transaction of " + transaction.id + " was open for too long");
      fence(transaction);
    }
  }

  /** Aborts in the next epoch, so that the producer of now cannot go on. */
  private void fence(Transaction transaction) {
    ProducerIdentity now = transaction.producer;
    transaction.isVersionTwo = level >= 2;
    transaction.lastEpoch = level >= 2 ? now.epoch() : -1;
    transaction.producer = new ProducerIdentity(now.id(), (short) (now.epoch() + 1));
    finish(transaction, false);
  }

  private void finish(Transaction transaction, boolean commit) {
    transaction.state = Transaction.State.ENDING;
    transaction.committed = commit;
    transaction.markersLeft = transaction.partitions.size();
    cluster.host().note(transaction.id + (commit ? " commits" : " aborts"));
    for (Partition partition : transaction.partitions) {
      cluster
          .host()
          .later(
              cluster.timing().replicationNanos(cluster.random()),
              () -> mark(transaction, partition));
    }
    completeIfMarked(transaction);
  }

  private void mark(Transaction transaction, Partition partition) {
    partition
        .log()
        .endTransaction(
            transaction.committed ? ControlType.COMMIT : ControlType.ABORT,
            transaction.producer,
            cluster.host().wallMillis());
    partition.wake();
    transaction.markersLeft--;
    completeIfMarked(transaction);
  }

  private void completeIfMarked(Transaction transaction) {
    if (transaction.markersLeft == 0) {
      if (transaction.committed) {
        transaction.offsets.forEach(
            (group, offsets) -> cluster.groups().findOrCreate(group).offsets().putAll(offsets));
      }
      transaction.complete();
    }
  }

  private Transaction require(String id) {
    Transaction transaction = byId.get(id);
    if (transaction == null) {
      throw new IllegalStateException("no transactions of " + id);
    }
    return transaction;
  }

  /** Says whether an offset waits for the end of a transaction. */
  boolean isPending(String groupId, TopicPartition partition) {
    for (Transaction transaction : byId.values()) {
      @Nullable Map<TopicPartition, CommittedOffset> offsets = transaction.offsets.get(groupId);
      if (offsets != null && offsets.containsKey(partition)) {
        return true;
      }
    }
    return false;
  }
}

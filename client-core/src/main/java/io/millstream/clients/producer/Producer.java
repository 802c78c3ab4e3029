package io.millstream.clients.producer;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.Metric;
import io.millstream.common.MetricName;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.metrics.KafkaMetric;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends records. Any number of threads may use one.
 *
 * <p>The type of what a call of a transaction throws tells what to do:
 *
 * <table>
 *   <caption>Failures of transactions</caption>
 *   <tr><th>exception</th><th>what to do</th></tr>
 *   <tr><td>{@link io.millstream.common.errors.TimeoutException}, {@link
 *       io.millstream.common.errors.InterruptException}</td><td>try again: the same call waits on
 *       for what goes on</td></tr>
 *   <tr><td>{@link ProducerFencedException}</td><td>close this producer: another instance has taken
 *       over</td></tr>
 *   <tr><td>{@link io.millstream.common.errors.TransactionAbortableException}, and from {@code
 *       sendOffsetsToTransaction} any other {@link io.millstream.common.KafkaException} whose message
 *       says so, such as {@link io.millstream.clients.consumer.CommitFailedException}</td><td>call
 *       {@code abortTransaction()} and go on with the next transaction</td></tr>
 *   <tr><td>any other {@link io.millstream.common.KafkaException}</td><td>close this producer and
 *       start anew with another one; {@code abortTransaction()} throws the same</td></tr>
 *   <tr><td>{@link IllegalStateException}</td><td>mend the order of the calls</td></tr>
 * </table>
 *
 * <p>So a program that aborts whatever failed, and takes another producer where that fails too, is
 * right.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface Producer<K, V> extends Closeable {

  /**
   * Takes over the {@code transactional.id}: fences older producers of it and waits until their
   * last transaction is over. Called once, before the first transaction.
   */
  void initTransactions();

  /**
   * Begins a transaction. Records sent from now on belong to it.
   *
   * @throws ProducerFencedException if another producer took over the {@code transactional.id}
   */
  void beginTransaction() throws ProducerFencedException;

  /**
   * Makes offsets of a consumer group part of the transaction: they are committed with it.
   *
   * @param offsets for each partition the offset to go on from
   * @param groupMetadata what the group's consumer returns from {@code groupMetadata()}
   * @throws ProducerFencedException if another producer took over the {@code transactional.id}
   */
  void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata)
      throws ProducerFencedException;

  /**
   * Sends what still waits, and commits the transaction.
   *
   * @throws ProducerFencedException if another producer took over the {@code transactional.id}
   */
  void commitTransaction() throws ProducerFencedException;

  /**
   * Fails what still waits, and aborts the transaction.
   *
   * @throws ProducerFencedException if another producer took over the {@code transactional.id}
   */
  void abortTransaction() throws ProducerFencedException;

  /**
   * Adds a metric of the application to those that the client pushes to the cluster (KIP-1076).
   *
   * @param metric the metric
   */
  void registerMetricForSubscription(KafkaMetric metric);

  /**
   * Takes a metric of the application back.
   *
   * @param metric the metric
   */
  void unregisterMetricFromSubscription(KafkaMetric metric);

  /**
   * Sends a record without a callback.
   *
   * @param record what to send
   * @return a future that ends when the record was sent or failed
   */
  Future<RecordMetadata> send(ProducerRecord<K, V> record);

  /**
   * Sends a record. Returns as soon as it is in the buffer; waits for room there, and where needed
   * for the topic's metadata, no longer than {@code max.block.ms}.
   *
   * @param record what to send
   * @param callback told when the record was sent or failed; null for none
   * @return a future that ends when the record was sent or failed
   */
  Future<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback);

  /**
   * Sends a record, and tells of its end by a stage that other stages can follow. They run on the
   * thread that sends, as callbacks do, unless they name an executor; cancelling the stage does not
   * take the record back. Apache's client has nothing like it.
   *
   * <p>Waits and throws as {@link #send(ProducerRecord, Callback)} does.
   *
   * @param record what to send
   * @return completes when the record was sent, exceptionally when it failed
   */
  default CompletableFuture<RecordMetadata> sendAsync(ProducerRecord<K, V> record) {
    CompletableFuture<RecordMetadata> end = new CompletableFuture<>();
    send(
        record,
        (metadata, exception) -> {
          if (exception == null) {
            end.complete(metadata);
          } else {
            end.completeExceptionally(exception);
          }
        });
    return end;
  }

  /**
   * Sends a record if it can be taken over at once; never waits, neither for memory nor for
   * metadata, also if the thread is interrupted. Where the topic is not known and there is no
   * partitioner of the application's own, the record is taken over and waits in the buffer.
   * Apache's client has nothing like it.
   *
   * @param record what to send
   * @param callback told when the record was sent or failed, if it was taken over; null for none
   * @return whether it was taken over, and what held it up if not
   * @throws UnsupportedOperationException if this kind of producer has no such method
   */
  default SendAttempt trySend(ProducerRecord<K, V> record, @Nullable Callback callback) {
    throw new UnsupportedOperationException(getClass().getName() + " has no trySend()");
  }

  /** Waits until every record that was handed to {@code send} before was sent or failed. */
  void flush();

  /**
   * Describes the partitions of a topic, waiting for its metadata where needed.
   *
   * @param topic the topic
   * @return its partitions
   */
  List<PartitionInfo> partitionsFor(String topic);

  /** {@return the metrics of this producer} */
  Map<MetricName, ? extends Metric> metrics();

  /**
   * Returns the id under which this client pushes metrics to the cluster (KIP-714).
   *
   * @param timeout how long to wait for the id
   * @return the id
   */
  Uuid clientInstanceId(Duration timeout);

  /** Closes the producer once everything that waits was sent. Further calls do nothing. */
  @Override
  void close();

  /**
   * Closes the producer, failing what could not be sent in time.
   *
   * @param timeout how long to wait; zero for not at all
   */
  void close(Duration timeout);
}

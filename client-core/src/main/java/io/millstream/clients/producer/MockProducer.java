package io.millstream.clients.producer;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.Cluster;
import io.millstream.common.KafkaException;
import io.millstream.common.Metric;
import io.millstream.common.MetricName;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.errors.ApiException;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.metrics.KafkaMetric;
import io.millstream.common.serialization.Serializer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A producer for tests of applications: it sends nothing, and keeps what it was given. It answers
 * each record by itself, or when the test says so, with {@link #completeNext} and {@link
 * #errorNext}. Callbacks run on the thread that completes. Any thread may use it.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public class MockProducer<K, V> implements Producer<K, V> {

  /** What {@link #initTransactions} throws; null for nothing. */
  public @Nullable RuntimeException initTransactionException;

  /** What {@link #beginTransaction} throws; null for nothing. */
  public @Nullable RuntimeException beginTransactionException;

  /** What {@link #sendOffsetsToTransaction} throws; null for nothing. */
  public @Nullable RuntimeException sendOffsetsToTransactionException;

  /** What {@link #commitTransaction} throws; null for nothing. */
  public @Nullable RuntimeException commitTransactionException;

  /** What {@link #abortTransaction} throws; null for nothing. */
  public @Nullable RuntimeException abortTransactionException;

  /** What {@code send} throws; null for nothing. */
  public @Nullable RuntimeException sendException;

  /** What {@link #flush} throws; null for nothing. */
  public @Nullable RuntimeException flushException;

  /** What {@link #partitionsFor} throws; null for nothing. */
  public @Nullable RuntimeException partitionsForException;

  /** What {@code close} throws; null for nothing. */
  public @Nullable RuntimeException closeException;

  private final ReentrantLock lock = new ReentrantLock();
  private final Cluster cluster;
  private final boolean autoComplete;
  private final @Nullable Partitioner partitioner;
  private final @Nullable Serializer<K> keySerializer;
  private final @Nullable Serializer<V> valueSerializer;
  private final List<ProducerRecord<K, V>> sent = new ArrayList<>();
  private final ArrayDeque<MockSend> waiting = new ArrayDeque<>();
  private final Map<TopicPartition, Long> endOffsets = new HashMap<>();
  private final MockTransactions<K, V> transactions = new MockTransactions<>();
  private final Map<MetricName, Metric> metrics = new HashMap<>();
  private final MockTelemetry telemetry = new MockTelemetry();
  private boolean closed;
  private boolean fenced;

  /**
   * Creates a producer.
   *
   * @param cluster the topics there are; a topic that is not among them has partition 0 alone
   * @param autoComplete whether each record succeeds in {@code send}
   * @param partitioner chooses among the partitions of {@code cluster}; null for the first one
   * @param keySerializer called for each key; null for none
   * @param valueSerializer called for each value; null for none
   */
  public MockProducer(
      Cluster cluster,
      boolean autoComplete,
      @Nullable Partitioner partitioner,
      @Nullable Serializer<K> keySerializer,
      @Nullable Serializer<V> valueSerializer) {
    this.cluster = cluster;
    this.autoComplete = autoComplete;
    this.partitioner = partitioner;
    this.keySerializer = keySerializer;
    this.valueSerializer = valueSerializer;
  }

  /**
   * Creates a producer where every topic has partition 0 alone.
   *
   * @param autoComplete whether each record succeeds in {@code send}
   * @param partitioner not asked
   * @param keySerializer called for each key; null for none
   * @param valueSerializer called for each value; null for none
   */
  public MockProducer(
      boolean autoComplete,
      @Nullable Partitioner partitioner,
      @Nullable Serializer<K> keySerializer,
      @Nullable Serializer<V> valueSerializer) {
    this(Cluster.empty(), autoComplete, partitioner, keySerializer, valueSerializer);
  }

  /** Creates a producer where every topic has partition 0 alone, and the test completes. */
  public MockProducer() {
    this(Cluster.empty(), false, null, null, null);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if it was called before, or the producer is closed
   * @throws ProducerFencedException after {@link #fenceProducer}
   */
  @Override
  public void initTransactions() {
    locked(
        () -> {
          requireUsable();
          transactions.requireUninitialized();
          throwIfSet(initTransactionException);
          transactions.initialize();
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if a transaction is open, there was no {@link #initTransactions},
   *     or the producer is closed
   */
  @Override
  public void beginTransaction() throws ProducerFencedException {
    locked(
        () -> {
          requireUsable();
          transactions.requireInitialized();
          throwIfSet(beginTransactionException);
          transactions.begin();
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if no transaction is open, or the producer is closed
   */
  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata)
      throws ProducerFencedException {
    Objects.requireNonNull(groupMetadata, "groupMetadata");
    locked(
        () -> {
          requireUsable();
          transactions.requireInFlight();
          throwIfSet(sendOffsetsToTransactionException);
          if (!offsets.isEmpty()) {
            transactions.addOffsets(groupMetadata.groupId(), offsets);
          }
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if no transaction is open, or the producer is closed
   */
  @Override
  public void commitTransaction() throws ProducerFencedException {
    locked(
        () -> {
          requireUsable();
          transactions.requireInFlight();
          throwIfSet(commitTransactionException);
          flush();
          sent.addAll(transactions.commit());
        });
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if no transaction is open, or the producer is closed
   */
  @Override
  public void abortTransaction() throws ProducerFencedException {
    locked(
        () -> {
          requireUsable();
          transactions.requireInFlight();
          throwIfSet(abortTransactionException);
          flush();
          transactions.abort();
        });
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<K, V> record) {
    return send(record, null);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the producer is closed
   * @throws KafkaException after {@link #fenceProducer}
   * @throws IllegalArgumentException if the record names a partition that its topic does not have
   */
  @Override
  public Future<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
    return locked(
        () -> {
          requireOpen();
          if (fenced) {
            throw new KafkaException(
                "MockProducer is fenced.", new ProducerFencedException("Fenced"));
          }
          throwIfSet(sendException);
          TopicPartition target = new TopicPartition(record.topic(), partition(record));
          MockSend send = new MockSend(target, nextOffset(target), callback);
          if (transactions.isInFlight()) {
            transactions.add(record);
          } else {
            sent.add(record);
          }
          if (autoComplete) {
            send.end(null);
          } else {
            waiting.add(send);
          }
          return send;
        });
  }

  /**
   * Takes every record over that {@link #send(ProducerRecord, Callback)} does; where that throws an
   * {@link ApiException}, as {@link #sendException} says, it is refused.
   */
  @Override
  public SendAttempt trySend(ProducerRecord<K, V> record, @Nullable Callback callback) {
    try {
      return new SendAttempt.Taken(send(record, callback));
    } catch (ApiException e) {
      return new SendAttempt.Refused(SendAttempt.Reason.of(e), e);
    }
  }

  private int partition(ProducerRecord<K, V> record) {
    byte[] key = bytes(keySerializer, record, record.key());
    byte[] value = bytes(valueSerializer, record, record.value());
    List<PartitionInfo> partitions = cluster.partitionsForTopic(record.topic());
    if (partitions.isEmpty()) {
      return 0;
    }
    Integer named = record.partition();
    if (named != null) {
      if (named >= partitions.size()) {
        throw new IllegalArgumentException(
            "Partition %d was named, and topic %s has %d"
                .formatted(named, record.topic(), partitions.size()));
      }
      return named;
    }
    return partitioner == null
        ? partitions.get(0).partition()
        : partitioner.partition(record.topic(), record.key(), key, record.value(), value, cluster);
  }

  private static <T> byte @Nullable [] bytes(
      @Nullable Serializer<T> serializer, ProducerRecord<?, ?> record, @Nullable T data) {
    return serializer == null ? null : serializer.serialize(record.topic(), record.headers(), data);
  }

  private long nextOffset(TopicPartition partition) {
    return endOffsets.merge(partition, 1L, Long::sum) - 1;
  }

  /**
   * Completes all records that wait, with success.
   *
   * @throws IllegalStateException if the producer is closed
   */
  @Override
  public void flush() {
    locked(
        () -> {
          requireOpen();
          throwIfSet(flushException);
          while (!waiting.isEmpty()) {
            completeNext();
          }
        });
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    throwIfSet(partitionsForException);
    return cluster.partitionsForTopic(topic);
  }

  /** Lets {@link #clientInstanceId} fail as without {@code enable.metrics.push}. */
  public void disableTelemetry() {
    locked(telemetry::disable);
  }

  /**
   * Lets {@link #clientInstanceId} time out.
   *
   * @param injectTimeoutExceptionCounter how often; negative for always
   */
  public void injectTimeoutException(int injectTimeoutExceptionCounter) {
    locked(() -> telemetry.injectTimeouts(injectTimeoutExceptionCounter));
  }

  /**
   * Sets what {@link #clientInstanceId} returns.
   *
   * @param instanceId the id; null for none
   */
  public void setClientInstanceId(@Nullable Uuid instanceId) {
    locked(() -> telemetry.setInstanceId(instanceId));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException after {@link #disableTelemetry}
   * @throws UnsupportedOperationException before {@link #setClientInstanceId}
   * @throws io.millstream.common.errors.TimeoutException after {@link #injectTimeoutException}
   */
  @Override
  public Uuid clientInstanceId(Duration timeout) {
    return locked(telemetry::instanceId);
  }

  /** {@return what {@link #setMockMetrics} was given} */
  @Override
  public Map<MetricName, Metric> metrics() {
    return metrics;
  }

  /**
   * Adds to the metrics.
   *
   * @param name its name
   * @param metric the metric
   */
  public void setMockMetrics(MetricName name, Metric metric) {
    locked(
        () -> {
          metrics.put(name, metric);
        });
  }

  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /** Closes the producer; records that wait for their answer go on waiting. */
  @Override
  public void close(Duration timeout) {
    locked(
        () -> {
          throwIfSet(closeException);
          closed = true;
        });
  }

  /** {@return whether it is closed} */
  public boolean closed() {
    return locked(() -> closed);
  }

  /**
   * Lets every later call fail as if another instance with the same transactional id had begun.
   *
   * @throws IllegalStateException without {@link #initTransactions}, or if the producer is closed
   * @throws ProducerFencedException if it is fenced already
   */
  public void fenceProducer() {
    locked(
        () -> {
          requireUsable();
          transactions.requireInitialized();
          fenced = true;
        });
  }

  /** {@return whether {@link #initTransactions} was called} */
  public boolean transactionInitialized() {
    return locked(transactions::isInitialized);
  }

  /** {@return whether a transaction is open} */
  public boolean transactionInFlight() {
    return locked(transactions::isInFlight);
  }

  /** {@return whether the last transaction was committed, and none has begun since} */
  public boolean transactionCommitted() {
    return locked(transactions::isCommitted);
  }

  /** {@return whether the last transaction was aborted, and none has begun since} */
  public boolean transactionAborted() {
    return locked(transactions::isAborted);
  }

  /** {@return whether no record waits for its answer} */
  public boolean flushed() {
    return locked(waiting::isEmpty);
  }

  /** {@return whether the last transaction was given offsets} */
  public boolean sentOffsets() {
    return locked(transactions::hasSentOffsets);
  }

  /** {@return how many transactions were committed} */
  public long commitCount() {
    return locked(transactions::commitCount);
  }

  /** {@return the records sent outside of transactions or committed, the oldest first} */
  public List<ProducerRecord<K, V>> history() {
    return locked(() -> new ArrayList<>(sent));
  }

  /** {@return the records of the open transaction} */
  public List<ProducerRecord<K, V>> uncommittedRecords() {
    return locked(transactions::openRecords);
  }

  /** {@return the offsets of each committed transaction that had any, by group} */
  public List<Map<String, Map<TopicPartition, OffsetAndMetadata>>> consumerGroupOffsetsHistory() {
    return locked(transactions::offsetsHistory);
  }

  /** {@return the offsets of the open transaction, by group} */
  public Map<String, Map<TopicPartition, OffsetAndMetadata>> uncommittedOffsets() {
    return locked(transactions::openOffsets);
  }

  /** Forgets all records and offsets; those that wait are never answered. */
  public void clear() {
    locked(
        () -> {
          sent.clear();
          waiting.clear();
          transactions.clear();
        });
  }

  /** {@return whether a record waited; the oldest one has succeeded now} */
  public boolean completeNext() {
    return endNext(null);
  }

  /**
   * Fails the oldest record that waits.
   *
   * @param e what its callback and future get
   * @return whether one waited
   */
  public boolean errorNext(RuntimeException e) {
    return endNext(e);
  }

  private boolean endNext(@Nullable RuntimeException failure) {
    return locked(
        () -> {
          MockSend oldest = waiting.poll();
          if (oldest == null) {
            return false;
          }
          oldest.end(failure);
          return true;
        });
  }

  /** {@return what {@link #registerMetricForSubscription} was given and has not taken back} */
  public List<KafkaMetric> addedMetrics() {
    return locked(telemetry::metrics);
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {
    locked(() -> telemetry.add(metric));
  }

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {
    locked(() -> telemetry.remove(metric));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("MockProducer is already closed.");
    }
  }

  private void requireUsable() {
    requireOpen();
    if (fenced) {
      throw new ProducerFencedException("MockProducer is fenced.");
    }
  }

  private static void throwIfSet(@Nullable RuntimeException exception) {
    if (exception != null) {
      throw exception;
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }
}

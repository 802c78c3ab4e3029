package io.millstream.clients.producer;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.MetadataSettings;
import io.millstream.common.KafkaException;
import io.millstream.common.Metric;
import io.millstream.common.MetricName;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.errors.ApiException;
import io.millstream.common.errors.InterruptException;
import io.millstream.common.header.Header;
import io.millstream.common.metrics.KafkaMetric;
import io.millstream.common.serialization.Serializer;
import io.millstream.metrics.ClientMetrics;
import io.millstream.metrics.MetricsSettings;
import io.millstream.metrics.Reporters;
import io.millstream.network.Clock;
import io.millstream.network.Environment;
import io.millstream.network.NetworkSettings;
import io.millstream.network.SystemEnvironment;
import io.millstream.produce.CallerTime;
import io.millstream.produce.FailedSend;
import io.millstream.produce.InterceptorChain;
import io.millstream.produce.Placement;
import io.millstream.produce.ProduceSettings;
import io.millstream.produce.ProducerParts;
import io.millstream.produce.RecordProducer;
import io.millstream.produce.RecordSerialization;
import io.millstream.settings.OwnedPlugins;
import io.millstream.settings.ParsedSettings;
import io.millstream.transaction.TransactionHandle;
import io.millstream.transaction.TransactionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The producer that talks to brokers. Any number of threads may use one, and one is enough for an
 * application: it gathers their records in batches.
 *
 * <p>{@code send} returns at once, unless the memory for waiting records ({@code buffer.memory}) is
 * full, or a partitioner of the application's own meets a topic for the first time; then it waits
 * for at most {@code max.block.ms}. A record for a topic that is not known yet waits in the buffer.
 * Callbacks run on the producer's own thread: inside one, {@code send} never waits, {@code flush}
 * throws, and {@code close} does not wait for itself.
 *
 * <p>{@link ProducerBuilder} creates one from typed settings.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public class KafkaProducer<K, V> implements Producer<K, V> {

  /** Begins the name of the thread that Kafka's own client sends on. */
  public static final String NETWORK_THREAD_PREFIX = "kafka-producer-network-thread";

  /** Group of the producer's metrics. */
  public static final String PRODUCER_METRIC_GROUP_NAME = "producer-metrics";

  /** How long MBeans wait, so that they do not delay the first record. */
  private static final long REPORTERS_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Clock clock;
  private final OwnedPlugins plugins;
  private final RecordSerialization<K, V> serialization;
  private final @Nullable Partitioner partitioner;
  private final InterceptorChain<K, V> interceptors;
  private final Placement placement;
  private final RecordProducer engine;
  private final ClientMetrics metrics;
  private final @Nullable TransactionHandle transactions;

  /**
   * Creates a producer.
   *
   * @param configs settings by the keys of {@link ProducerConfig}
   * @throws io.millstream.common.config.ConfigException if a setting is wrong; it names them all
   */
  public KafkaProducer(Map<String, Object> configs) {
    this(configs, null, null);
  }

  /**
   * Creates a producer with serializers that exist already; they are not configured.
   *
   * @param configs settings by the keys of {@link ProducerConfig}
   * @param keySerializer for the keys; null for the one in the settings
   * @param valueSerializer for the values; null for the one in the settings
   * @throws io.millstream.common.config.ConfigException if a setting is wrong; it names them all
   */
  public KafkaProducer(
      Map<String, Object> configs,
      @Nullable Serializer<K> keySerializer,
      @Nullable Serializer<V> valueSerializer) {
    this(ProducerParts.parse(configs, keySerializer, valueSerializer), SystemEnvironment::new);
  }

  /**
   * Creates a producer.
   *
   * @param properties settings by the keys of {@link ProducerConfig}
   * @throws io.millstream.common.config.ConfigException if a setting is wrong; it names them all
   */
  public KafkaProducer(Properties properties) {
    this(properties, null, null);
  }

  /**
   * Creates a producer with serializers that exist already; they are not configured.
   *
   * @param properties settings by the keys of {@link ProducerConfig}
   * @param keySerializer for the keys; null for the one in the settings
   * @param valueSerializer for the values; null for the one in the settings
   * @throws io.millstream.common.config.ConfigException if a setting is wrong; it names them all
   */
  public KafkaProducer(
      Properties properties,
      @Nullable Serializer<K> keySerializer,
      @Nullable Serializer<V> valueSerializer) {
    this(ProducerParts.parse(properties, keySerializer, valueSerializer), SystemEnvironment::new);
  }

  /** Creates a producer that lives in a world of its own. */
  KafkaProducer(Map<String, Object> configs, Environment environment) {
    this(ProducerParts.parse(configs, null, null), name -> environment);
  }

  private KafkaProducer(ParsedSettings settings, Function<String, Environment> world) {
    plugins = new OwnedPlugins(settings);
    try {
      ProducerParts<K, V> parts = ProducerParts.create(settings, plugins);
      serialization = parts.serialization();
      partitioner = parts.partitioner();
      interceptors = parts.interceptors();
      Environment environment = world.apply(settings.clientId());
      clock = environment.clock();
      metrics =
          new ClientMetrics(
              "producer", settings.clientId(), MetricsSettings.from(settings), clock::nanoTime);
      ClusterClient client =
          ClusterClient.create(
              environment,
              NetworkSettings.from(settings),
              MetadataSettings.from(settings),
              metrics);
      engine =
          new RecordProducer(
              client, ProduceSettings.from(settings), TransactionSettings.from(settings));
      transactions = engine.transactions();
      placement = new Placement(partitioner, engine.metadata());
      metrics.tell(Reporters.create("kafka.producer", settings, plugins, environment.helpers()));
      client
          .loop()
          .schedule(
              REPORTERS_WAIT_NANOS, () -> environment.helpers().execute(metrics::tellTheSlow));
      client.start();
    } catch (RuntimeException | Error e) {
      plugins.giveUp();
      throw e;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException without {@code transactional.id}, if it was called before, or
   *     inside a callback
   * @throws io.millstream.common.errors.TimeoutException if it is not done after {@code
   *     max.block.ms}; it goes on, and calling it again waits for its end
   * @throws InterruptException if the thread is interrupted while it waits; it goes on all the same
   */
  @Override
  public void initTransactions() {
    call(CallerTime.INIT, TransactionHandle::initialize);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if a transaction is open, or there was no {@link
   *     #initTransactions}
   */
  @Override
  public void beginTransaction() {
    call(CallerTime.BEGIN, TransactionHandle::begin);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if no transaction is open
   * @throws io.millstream.clients.consumer.CommitFailedException if the group has rebalanced; the
   *     transaction can only be aborted then
   * @throws io.millstream.common.errors.TransactionAbortableException if the transaction can only
   *     be aborted
   * @throws io.millstream.common.errors.TimeoutException if it is not done after {@code
   *     max.block.ms}; the same call waits for its end, {@link #abortTransaction} does not
   * @throws InterruptException if the thread is interrupted while it waits; it goes on all the same
   */
  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
    Objects.requireNonNull(groupMetadata, "groupMetadata");
    if (groupMetadata.generationId() > 0 && groupMetadata.memberId().isEmpty()) {
      throw new IllegalArgumentException(
          "The group metadata has generation %d and no member id; pass what the consumer's groupMetadata() returns"
              .formatted(groupMetadata.generationId()));
    }
    if (!offsets.isEmpty()) {
      call(CallerTime.SEND_OFFSETS, handle -> handle.sendOffsets(offsets, groupMetadata));
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if no transaction is open
   * @throws io.millstream.common.errors.TransactionAbortableException if a record or offset failed,
   *     or the transaction was open for too long: {@link #abortTransaction} it and go on
   * @throws KafkaException if only another producer can go on
   * @throws io.millstream.common.errors.TimeoutException if it is not done after {@code
   *     max.block.ms}; it goes on, and calling it again waits for its end
   * @throws InterruptException if the thread is interrupted while it waits; it goes on all the same
   */
  @Override
  public void commitTransaction() {
    call(CallerTime.COMMIT, TransactionHandle::commit);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if no transaction is open
   * @throws KafkaException if only another producer can go on
   * @throws io.millstream.common.errors.TimeoutException if it is not done after {@code
   *     max.block.ms}; it goes on, and calling it again waits for its end
   * @throws InterruptException if the thread is interrupted while it waits; it goes on all the same
   */
  @Override
  public void abortTransaction() {
    call(CallerTime.ABORT, TransactionHandle::abort);
  }

  private interface TransactionCall {
    void on(TransactionHandle handle) throws InterruptedException;
  }

  private void call(CallerTime time, TransactionCall call) {
    engine.requireOpen();
    TransactionHandle handle = transactions;
    if (handle == null) {
      throw new IllegalStateException(
          time.method() + " needs transactions, and the setting transactional.id is not given");
    }
    try {
      engine.metrics().during(time, () -> call.on(handle));
    } catch (InterruptedException e) {
      throw new InterruptException(
          time.method() + " was interrupted; it goes on, and the same call waits for its end", e);
    }
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<K, V> record) {
    return send(record, null);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the producer is closed
   * @throws io.millstream.common.errors.SerializationException if key or value cannot be serialized
   * @throws InterruptException if the thread is interrupted while it waits
   */
  @Override
  public Future<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
    requireSendable();
    ProducerRecord<K, V> sent = interceptors.onSend(record);
    Callback told = interceptors.before(callback, sent);
    try {
      // Only a partitioner of the application's own may wait before the record is taken over.
      return take(
          sent,
          told,
          partitioner == null ? RecordProducer.FROM_FIRST_WAIT : engine.deadlineNanos());
    } catch (ApiException e) {
      if (transactions != null) {
        transactions.recordFailed(e);
      }
      engine.metrics().sendFailed(e);
      return FailedSend.of(sent, told, e);
    } catch (RuntimeException e) {
      engine.metrics().sendFailed(e);
      interceptors.onFailure(sent, e);
      throw e;
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the producer is closed
   * @throws io.millstream.common.errors.SerializationException if key or value cannot be serialized
   */
  @Override
  public SendAttempt trySend(ProducerRecord<K, V> record, @Nullable Callback callback) {
    requireSendable();
    ProducerRecord<K, V> sent = interceptors.onSend(record);
    try {
      return new SendAttempt.Taken(
          take(sent, interceptors.before(callback, sent), RecordProducer.NO_WAIT));
    } catch (ApiException e) {
      engine.metrics().refused(e);
      interceptors.onFailure(sent, e);
      return new SendAttempt.Refused(SendAttempt.Reason.of(e), e);
    } catch (RuntimeException e) {
      interceptors.onFailure(sent, e);
      throw e;
    }
  }

  private void requireSendable() {
    engine.requireOpen();
    if (transactions != null) {
      transactions.requireSendable();
    }
  }

  private Future<RecordMetadata> take(
      ProducerRecord<K, V> record, @Nullable Callback callback, long deadlineNanos) {
    try {
      byte[] key = serialization.key(record);
      byte[] value = serialization.value(record);
      int partition = placement.partition(record, key, value, deadlineNanos);
      Header[] headers = record.sealHeaders();
      Long timestamp = record.timestamp();
      return engine.send(
          record.topic(),
          partition,
          timestamp == null ? clock.wallMillis() : timestamp,
          key,
          value,
          headers,
          callback,
          deadlineNanos);
    } catch (InterruptedException e) {
      throw new InterruptException("send() was interrupted while it waited", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException inside a callback, or if the producer is closed
   * @throws InterruptException if the thread is interrupted while it waits
   */
  @Override
  public void flush() {
    try {
      engine.flush();
    } catch (InterruptedException e) {
      throw new InterruptException("flush() was interrupted; the records are sent all the same", e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.millstream.common.errors.TimeoutException if they are not known after {@code
   *     max.block.ms}
   * @throws IllegalStateException if the producer is closed
   * @throws InterruptException if the thread is interrupted while it waits
   */
  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    Objects.requireNonNull(topic, "topic");
    engine.requireOpen();
    try {
      return engine.metadata().clusterWith(topic, engine.deadlineNanos()).partitionsForTopic(topic);
    } catch (InterruptedException e) {
      throw new InterruptException("partitionsFor() was interrupted while it waited", e);
    }
  }

  /**
   * {@inheritDoc} The map shows at any time what there is, also when the producer is closed; it
   * cannot be changed. What one metric tells is of one moment, two of them may differ by what
   * happens meanwhile.
   */
  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return metrics.all();
  }

  /** Not built yet. */
  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {
    throw new UnsupportedOperationException("This version of the client pushes no metrics yet");
  }

  /** Not built yet. */
  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {
    throw new UnsupportedOperationException("This version of the client pushes no metrics yet");
  }

  /** Not built yet. */
  @Override
  public Uuid clientInstanceId(Duration timeout) {
    throw new UnsupportedOperationException("This version of the client pushes no metrics yet");
  }

  /**
   * {@inheritDoc}
   *
   * @throws InterruptException if the thread is interrupted while it waits; what was not sent fails
   */
  @Override
  public void close() {
    close(Duration.ofMillis(Long.MAX_VALUE));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the time-out is negative
   * @throws InterruptException if the thread is interrupted while it waits; what was not sent fails
   */
  @Override
  public void close(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("The time to close must not be negative: " + timeout);
    }
    boolean ended;
    try {
      ended = engine.close(nanos(timeout));
    } catch (InterruptedException e) {
      throw new InterruptException("close() was interrupted; what was not sent has failed", e);
    } finally {
      plugins.close();
    }
    if (!ended && !engine.inCallback()) {
      throw new KafkaException("The producer's event loop did not end; a callback may block it");
    }
  }

  private static long nanos(Duration timeout) {
    return timeout.compareTo(Duration.ofDays(36_500)) > 0
        ? Duration.ofDays(36_500).toNanos()
        : timeout.toNanos();
  }
}

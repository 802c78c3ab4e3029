package io.millstream.clients.producer;

import io.millstream.common.serialization.Serializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds a producer from typed settings; each method says which of Kafka's keys it sets, and {@link
 * #set} takes any other.
 *
 * <pre>{@code
 * new ProducerBuilder<String, Order>()
 *     .bootstrapServers("localhost:9092")
 *     .keySerializer(new StringSerializer())
 *     .valueSerializer(Order::toBytes)
 *     .compression(Compression.ZSTD)
 *     .build();
 * }</pre>
 *
 * <p>Nothing is checked before {@link #build}, which names all wrong values together. Where a
 * setting is set twice, the last value counts; interceptors add up. Times are rounded up to whole
 * milliseconds.
 *
 * <p>Serializers, partitioner and interceptors are used as they are: their {@code configure} is not
 * called. The producer closes them when it is closed, and leaves them alone if it cannot be built.
 * What is named by its class, through {@link #set}, is created and configured by the producer.
 *
 * <p>A builder is for one thread, and may build several producers. They share its serializers,
 * partitioner and interceptors, which each of them closes.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class ProducerBuilder<K, V> {

  /** What a producer waits for before it takes a record as written. */
  public enum Acks {
    /** Nothing. */
    NONE("0"),
    /** The leader of the partition alone. */
    LEADER("1"),
    /** All replicas in sync. */
    ALL("all");

    private final String value;

    Acks(String value) {
      this.value = value;
    }
  }

  /** How batches are compressed. */
  public enum Compression {
    /** Not at all. */
    NONE("none", null),
    /** With gzip: levels from 1 (fast) to 9 (small), and -1 for the default of zlib. */
    GZIP("gzip", ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG),
    /** With snappy, which has no levels. */
    SNAPPY("snappy", null),
    /** With lz4: levels from 1 to 17 (small); 9, as in Kafka, is the fast compressor instead. */
    LZ4("lz4", ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG),
    /** With zstd: levels from -131072 (fast) to 22 (small). */
    ZSTD("zstd", ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG);

    private final String value;
    private final @Nullable String levelKey;

    Compression(String value, @Nullable String levelKey) {
      this.value = value;
      this.levelKey = levelKey;
    }
  }

  private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

  private final Map<String, Object> settings = new TreeMap<>();
  private final List<ProducerInterceptor<K, V>> interceptors = new ArrayList<>();

  /** Begins with nothing set. Needed are servers and serializers, all else has a default. */
  public ProducerBuilder() {}

  /**
   * Sets {@code bootstrap.servers}.
   *
   * @param servers brokers to begin with, each as host:port
   * @return this
   */
  public ProducerBuilder<K, V> bootstrapServers(String... servers) {
    return set(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, String.join(",", servers));
  }

  /**
   * Sets {@code client.id}.
   *
   * @param clientId what the producer is called in logs, of brokers too, and metrics
   * @return this
   */
  public ProducerBuilder<K, V> clientId(String clientId) {
    return set(ProducerConfig.CLIENT_ID_CONFIG, clientId);
  }

  /**
   * Sets {@code key.serializer} to an instance, or a lambda of topic and key.
   *
   * @param serializer turns keys into bytes, on all threads that send
   * @return this
   */
  public ProducerBuilder<K, V> keySerializer(Serializer<? super K> serializer) {
    return set(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, serializer);
  }

  /**
   * Sets {@code key.serializer} to a function of the key alone.
   *
   * @param serializer turns keys into bytes, on all threads that send; not called for null
   * @return this
   */
  public ProducerBuilder<K, V> keySerializer(Function<? super K, byte[]> serializer) {
    return keySerializer(ofData(serializer));
  }

  /**
   * Sets {@code value.serializer} to an instance, or a lambda of topic and value.
   *
   * @param serializer turns values into bytes, on all threads that send
   * @return this
   */
  public ProducerBuilder<K, V> valueSerializer(Serializer<? super V> serializer) {
    return set(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, serializer);
  }

  /**
   * Sets {@code value.serializer} to a function of the value alone.
   *
   * @param serializer turns values into bytes, on all threads that send; not called for null
   * @return this
   */
  public ProducerBuilder<K, V> valueSerializer(Function<? super V, byte[]> serializer) {
    return valueSerializer(ofData(serializer));
  }

  private static <T> Serializer<T> ofData(Function<? super T, byte[]> serializer) {
    Objects.requireNonNull(serializer, "serializer");
    return (topic, data) -> data == null ? null : serializer.apply(data);
  }

  /**
   * Sets {@code partitioner.class} to an instance or a lambda.
   *
   * @param partitioner chooses the partitions, on all threads that send
   * @return this
   */
  public ProducerBuilder<K, V> partitioner(Partitioner partitioner) {
    return set(ProducerConfig.PARTITIONER_CLASS_CONFIG, partitioner);
  }

  /**
   * Adds to {@code interceptor.classes}, an instance or a lambda that changes records.
   *
   * @param interceptor sees each record after those that were added before it
   * @return this
   */
  public ProducerBuilder<K, V> interceptor(ProducerInterceptor<K, V> interceptor) {
    interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
    return set(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, List.copyOf(interceptors));
  }

  /**
   * Sets {@code acks}.
   *
   * @param acks what the producer waits for; other than {@link Acks#ALL} turns idempotence off
   * @return this
   */
  public ProducerBuilder<K, V> acks(Acks acks) {
    return set(ProducerConfig.ACKS_CONFIG, acks.value);
  }

  /**
   * Sets {@code enable.idempotence}.
   *
   * @param enabled whether retries never double or reorder records
   * @return this
   */
  public ProducerBuilder<K, V> idempotence(boolean enabled) {
    return set(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, enabled);
  }

  /**
   * Sets {@code transactional.id}.
   *
   * @param transactionalId name under which transactions go on after a restart
   * @return this
   */
  public ProducerBuilder<K, V> transactionalId(String transactionalId) {
    return set(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
  }

  /**
   * Sets {@code transaction.timeout.ms}.
   *
   * @param timeout after how long the coordinator aborts a transaction that was not ended
   * @return this
   */
  public ProducerBuilder<K, V> transactionTimeout(Duration timeout) {
    return set(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, millis(timeout));
  }

  /**
   * Sets {@code compression.type}, and leaves the level as it is.
   *
   * @param compression how batches are compressed
   * @return this
   */
  public ProducerBuilder<K, V> compression(Compression compression) {
    return set(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression.value);
  }

  /**
   * Sets {@code compression.type}, and its level: {@code compression.gzip.level}, {@code
   * compression.lz4.level} or {@code compression.zstd.level}.
   *
   * @param compression how batches are compressed
   * @param level one of those that it says it has
   * @return this
   * @throws IllegalArgumentException if it has no levels
   */
  public ProducerBuilder<K, V> compression(Compression compression, int level) {
    if (compression.levelKey == null) {
      throw new IllegalArgumentException("Compression " + compression + " has no levels");
    }
    return compression(compression).set(compression.levelKey, level);
  }

  /**
   * Sets {@code linger.ms}.
   *
   * @param linger how long a batch that is not full waits for more records
   * @return this
   */
  public ProducerBuilder<K, V> linger(Duration linger) {
    return set(ProducerConfig.LINGER_MS_CONFIG, millis(linger));
  }

  /**
   * Sets {@code batch.size}.
   *
   * @param bytes largest size of a batch of one partition as sent; 0 sends each record alone
   * @return this
   */
  public ProducerBuilder<K, V> batchSize(int bytes) {
    return set(ProducerConfig.BATCH_SIZE_CONFIG, bytes);
  }

  /**
   * Sets {@code buffer.memory}.
   *
   * @param bytes memory for records that wait to be sent
   * @return this
   */
  public ProducerBuilder<K, V> bufferMemory(long bytes) {
    return set(ProducerConfig.BUFFER_MEMORY_CONFIG, bytes);
  }

  /**
   * Sets {@code max.request.size}.
   *
   * @param bytes largest size of a produce request, and of a record before compression
   * @return this
   */
  public ProducerBuilder<K, V> maxRequestSize(int bytes) {
    return set(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, bytes);
  }

  /**
   * Sets {@code max.in.flight.requests.per.connection}.
   *
   * @param requests how many produce requests may be under way to a broker; 5 with idempotence
   * @return this
   */
  public ProducerBuilder<K, V> maxInFlightRequests(int requests) {
    return set(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, requests);
  }

  /**
   * Sets {@code max.block.ms}.
   *
   * @param limit how long a call may wait for metadata or for room in the buffer
   * @return this
   */
  public ProducerBuilder<K, V> maxBlock(Duration limit) {
    return set(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(limit));
  }

  /**
   * Sets {@code delivery.timeout.ms}.
   *
   * @param timeout how long a record may take from send to its end, retries included
   * @return this
   */
  public ProducerBuilder<K, V> deliveryTimeout(Duration timeout) {
    return set(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(timeout));
  }

  /**
   * Sets {@code request.timeout.ms}.
   *
   * @param timeout how long a broker may take to answer a request
   * @return this
   */
  public ProducerBuilder<K, V> requestTimeout(Duration timeout) {
    return set(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(timeout));
  }

  /**
   * Sets {@code retries}.
   *
   * @param retries how often a batch is sent again; usually left alone, as deliveryTimeout limits
   * @return this
   */
  public ProducerBuilder<K, V> retries(int retries) {
    return set(ProducerConfig.RETRIES_CONFIG, retries);
  }

  /**
   * Sets {@code retry.backoff.ms} and {@code retry.backoff.max.ms}.
   *
   * @param first the first pause before a request is sent again, doubled with each failure
   * @param most the longest pause
   * @return this
   */
  public ProducerBuilder<K, V> retryBackoff(Duration first, Duration most) {
    return set(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, millis(first))
        .set(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, millis(most));
  }

  /**
   * Sets any key, as a map of settings would.
   *
   * @param key one of {@link ProducerConfig}, or one that a serializer, partitioner or interceptor
   *     reads
   * @param value of the key's type, or as text
   * @return this
   */
  public ProducerBuilder<K, V> set(String key, Object value) {
    settings.put(key, Objects.requireNonNull(value, key));
    return this;
  }

  /** The most that a setting can hold stands for all that is longer. */
  private static long millis(Duration time) {
    if (time.compareTo(LONGEST) >= 0) {
      return Long.MAX_VALUE;
    }
    if (time.compareTo(LONGEST.negated()) <= 0) {
      return -Long.MAX_VALUE;
    }
    long millis = time.toMillis();
    return time.compareTo(Duration.ofMillis(millis)) > 0 ? millis + 1 : millis;
  }

  /** Returns the settings so far, by Kafka's keys; a copy. */
  Map<String, Object> settings() {
    return new TreeMap<>(settings);
  }

  /**
   * Creates the producer.
   *
   * @return a new one, to be closed by the caller
   * @throws io.millstream.common.config.ConfigException if a setting is wrong; it names them all
   */
  public KafkaProducer<K, V> build() {
    return new KafkaProducer<>(settings());
  }
}

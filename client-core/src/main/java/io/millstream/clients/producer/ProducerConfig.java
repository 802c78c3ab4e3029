package io.millstream.clients.producer;

import io.millstream.common.config.AbstractConfig;
import io.millstream.common.config.ConfigDef;
import io.millstream.settings.SettingTables;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Keys of the settings of a producer. */
public class ProducerConfig extends AbstractConfig {

  /**
   * Brokers to begin with, as host:port separated by commas; an IPv6 address stands in brackets.
   * The client learns the others from them, so two or three are enough.
   */
  public static final String BOOTSTRAP_SERVERS_CONFIG = "bootstrap.servers";

  /**
   * How names are resolved: use_all_dns_ips tries all addresses of a name in turn;
   * resolve_canonical_bootstrap_servers_only replaces the names to begin with by the canonical
   * names of all their addresses.
   */
  public static final String CLIENT_DNS_LOOKUP_CONFIG = "client.dns.lookup";

  /** Age at which the client's view of the cluster is fetched anew, in milliseconds. */
  public static final String METADATA_MAX_AGE_CONFIG = "metadata.max.age.ms";

  /** How long the producer keeps the metadata of a topic it no longer sends to, in milliseconds. */
  public static final String METADATA_MAX_IDLE_CONFIG = "metadata.max.idle.ms";

  /**
   * Largest size of a batch of records of one partition as sent, in bytes. Zero sends each record
   * alone.
   */
  public static final String BATCH_SIZE_CONFIG = "batch.size";

  /**
   * The same as {@link #PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG}, misspelt as in Kafka.
   *
   * @deprecated since Kafka 4.1
   */
  @Deprecated
  public static final String PARTITIONER_ADPATIVE_PARTITIONING_ENABLE_CONFIG =
      "partitioner.adaptive.partitioning.enable";

  /** Whether records without a key go more often to partitions whose brokers answer faster. */
  public static final String PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG =
      "partitioner.adaptive.partitioning.enable";

  /**
   * How long a broker may fail to take a batch before its partitions get no records without a key,
   * in milliseconds. Zero never avoids one.
   */
  public static final String PARTITIONER_AVAILABILITY_TIMEOUT_MS_CONFIG =
      "partitioner.availability.timeout.ms";

  /** Whether the partition is chosen without regard to the key. */
  public static final String PARTITIONER_IGNORE_KEYS_CONFIG = "partitioner.ignore.keys";

  /** Whether records without a key prefer partitions whose leader is in the rack of client.rack. */
  public static final String PARTITIONER_RACK_AWARE_CONFIG = "partitioner.rack.aware";

  /**
   * What the producer waits for: all (or -1) for all replicas in sync, 1 for the leader alone, 0
   * for nothing.
   */
  public static final String ACKS_CONFIG = "acks";

  /** How long a batch that is not full waits for more records, in milliseconds. */
  public static final String LINGER_MS_CONFIG = "linger.ms";

  /** How long the client waits for the answer to a request, in milliseconds. */
  public static final String REQUEST_TIMEOUT_MS_CONFIG = "request.timeout.ms";

  /**
   * How long a record may take from send until it is acknowledged or fails, retries included, in
   * milliseconds. At least linger.ms plus request.timeout.ms.
   */
  public static final String DELIVERY_TIMEOUT_MS_CONFIG = "delivery.timeout.ms";

  /** Name of the client in the broker's logs, metrics and quotas. */
  public static final String CLIENT_ID_CONFIG = "client.id";

  /**
   * Rack of the client, as the brokers' broker.rack spells it; lets a consumer fetch from the
   * nearest replica.
   */
  public static final String CLIENT_RACK_CONFIG = "client.rack";

  /** The default of {@code client.rack}. */
  public static final String DEFAULT_CLIENT_RACK = "";

  /** Size of the socket's send buffer, in bytes. -1 leaves it to the operating system. */
  public static final String SEND_BUFFER_CONFIG = "send.buffer.bytes";

  /** Size of the socket's receive buffer, in bytes. -1 leaves it to the operating system. */
  public static final String RECEIVE_BUFFER_CONFIG = "receive.buffer.bytes";

  /** Largest size of a produce request, and of a single record before compression, in bytes. */
  public static final String MAX_REQUEST_SIZE_CONFIG = "max.request.size";

  /**
   * How long to wait before the first attempt to reconnect to a broker, in milliseconds; doubled
   * with each failure.
   */
  public static final String RECONNECT_BACKOFF_MS_CONFIG = "reconnect.backoff.ms";

  /** Longest wait before an attempt to reconnect to a broker, in milliseconds. */
  public static final String RECONNECT_BACKOFF_MAX_MS_CONFIG = "reconnect.backoff.max.ms";

  /**
   * How long a call of the producer may wait for metadata or for room in the buffer, in
   * milliseconds.
   */
  public static final String MAX_BLOCK_MS_CONFIG = "max.block.ms";

  /** Memory for records that wait to be sent, in bytes. */
  public static final String BUFFER_MEMORY_CONFIG = "buffer.memory";

  /** How the memory for batches is taken: full at once or incremental. */
  public static final String BUFFER_MEMORY_ALLOCATION_STRATEGY_CONFIG =
      "buffer.memory.allocation.strategy";

  /** A batch takes its memory at once. */
  public static final String BUFFER_MEMORY_ALLOCATION_STRATEGY_FULL = "full";

  /** A batch takes its memory as it grows. */
  public static final String BUFFER_MEMORY_ALLOCATION_STRATEGY_INCREMENTAL = "incremental";

  /**
   * How long to wait before a failed request is tried again, in milliseconds; doubled with each
   * failure.
   */
  public static final String RETRY_BACKOFF_MS_CONFIG = "retry.backoff.ms";

  /** Longest wait before a failed request is tried again, in milliseconds. */
  public static final String RETRY_BACKOFF_MAX_MS_CONFIG = "retry.backoff.max.ms";

  /**
   * How long names of bootstrap.servers may fail to resolve before the client gives up, in
   * milliseconds. Zero means no limit of its own.
   */
  public static final String BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG = "bootstrap.resolve.timeout.ms";

  /** Whether the client pushes metrics to the cluster when the cluster asks for them (KIP-714). */
  public static final String ENABLE_METRICS_PUSH_CONFIG = "enable.metrics.push";

  /** What {@code enable.metrics.push} does. */
  public static final String ENABLE_METRICS_PUSH_DOC =
      "Whether the client pushes metrics to the cluster when the cluster asks for "
          + "them (KIP-714).";

  /** How batches are compressed: none, gzip, snappy, lz4 or zstd. */
  public static final String COMPRESSION_TYPE_CONFIG = "compression.type";

  /** Level of gzip, from 1 (fast) to 9 (small); -1 for the default of zlib. */
  public static final String COMPRESSION_GZIP_LEVEL_CONFIG = "compression.gzip.level";

  /** Level of lz4, from 1 (fast) to 17 (small). */
  public static final String COMPRESSION_LZ4_LEVEL_CONFIG = "compression.lz4.level";

  /** Level of zstd, from -131072 (fast) to 22 (small). */
  public static final String COMPRESSION_ZSTD_LEVEL_CONFIG = "compression.zstd.level";

  /** Length of a window of samples from which metrics are computed, in milliseconds. */
  public static final String METRICS_SAMPLE_WINDOW_MS_CONFIG = "metrics.sample.window.ms";

  /** Number of windows from which metrics are computed. */
  public static final String METRICS_NUM_SAMPLES_CONFIG = "metrics.num.samples";

  /** How much is measured: INFO, DEBUG or TRACE. */
  public static final String METRICS_RECORDING_LEVEL_CONFIG = "metrics.recording.level";

  /** Reporters of metrics: class names or instances. */
  public static final String METRIC_REPORTER_CLASSES_CONFIG = "metric.reporters";

  /** How many produce requests may be under way to a broker. At most 5 with enable.idempotence. */
  public static final String MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION =
      "max.in.flight.requests.per.connection";

  /**
   * How often a batch is sent again after an error that may go away. Usually left alone:
   * delivery.timeout.ms is the limit.
   */
  public static final String RETRIES_CONFIG = "retries";

  /** Turns keys into bytes: class name, class or instance of Serializer. */
  public static final String KEY_SERIALIZER_CLASS_CONFIG = "key.serializer";

  /** What {@code key.serializer} does. */
  public static final String KEY_SERIALIZER_CLASS_DOC =
      "Turns keys into bytes: class name, class or instance of Serializer.";

  /** Turns values into bytes: class name, class or instance of Serializer. */
  public static final String VALUE_SERIALIZER_CLASS_CONFIG = "value.serializer";

  /** What {@code value.serializer} does. */
  public static final String VALUE_SERIALIZER_CLASS_DOC =
      "Turns values into bytes: class name, class or instance of Serializer.";

  /**
   * How long connecting to a broker may take at first, in milliseconds; doubled with each failure.
   */
  public static final String SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG =
      "socket.connection.setup.timeout.ms";

  /** Longest time that connecting to a broker may take, in milliseconds. */
  public static final String SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG =
      "socket.connection.setup.timeout.max.ms";

  /**
   * After how long a connection without requests is closed, in milliseconds. Negative for never.
   */
  public static final String CONNECTIONS_MAX_IDLE_MS_CONFIG = "connections.max.idle.ms";

  /**
   * Chooses the partitions: class name, class or instance of Partitioner. Without it the key's hash
   * decides, and records without a key stay on one partition for a batch.
   */
  public static final String PARTITIONER_CLASS_CONFIG = "partitioner.class";

  /**
   * See records and what became of them: class names, classes or instances, called in this order.
   */
  public static final String INTERCEPTOR_CLASSES_CONFIG = "interceptor.classes";

  /** What {@code interceptor.classes} does. */
  public static final String INTERCEPTOR_CLASSES_DOC =
      "See records and what became of them: class names, classes or instances, called"
          + " in this order.";

  /**
   * Whether retries never double or reorder records. Needs acks=all, retries above zero and at most
   * 5 requests in flight.
   */
  public static final String ENABLE_IDEMPOTENCE_CONFIG = "enable.idempotence";

  /** What {@code enable.idempotence} does. */
  public static final String ENABLE_IDEMPOTENCE_DOC =
      "Whether retries never double or reorder records. Needs acks=all, retries above"
          + " zero and at most 5 requests in flight.";

  /** After how long the coordinator aborts a transaction that was not ended, in milliseconds. */
  public static final String TRANSACTION_TIMEOUT_CONFIG = "transaction.timeout.ms";

  /** What {@code transaction.timeout.ms} does. */
  public static final String TRANSACTION_TIMEOUT_DOC =
      "After how long the coordinator aborts a transaction that was not ended, in "
          + "milliseconds.";

  /** Name under which transactions go on after a restart. Without it there are none. */
  public static final String TRANSACTIONAL_ID_CONFIG = "transactional.id";

  /** What {@code transactional.id} does. */
  public static final String TRANSACTIONAL_ID_DOC =
      "Name under which transactions go on after a restart. Without it there are " + "none.";

  /**
   * Whether the coordinator leaves open transactions alone for an outside coordinator to decide
   * (KIP-939).
   */
  public static final String TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG =
      "transaction.two.phase.commit.enable";

  /** Classes that create security providers, separated by commas. */
  public static final String SECURITY_PROVIDERS_CONFIG = "security.providers";

  /**
   * Parses settings, as {@link ConfigDef#parse} does; then the rules among several keys count.
   *
   * @param props keys and values
   * @throws io.millstream.common.config.ConfigException if a value is missing or not allowed
   */
  public ProducerConfig(Properties props) {
    super(configDef(), props);
  }

  /**
   * Parses settings, as {@link ConfigDef#parse} does; then the rules among several keys count.
   *
   * @param props keys and values
   * @throws io.millstream.common.config.ConfigException if a value is missing or not allowed
   */
  public ProducerConfig(Map<String, Object> props) {
    super(configDef(), props);
  }

  @Override
  protected Map<String, Object> postProcessParsedConfig(Map<String, Object> parsedValues) {
    return SettingTables.producer().derived(originals(), parsedValues);
  }

  /** {@return all keys, ordered} */
  public static Set<String> configNames() {
    return SettingTables.producer().keys();
  }

  /** {@return the definitions of all keys; a copy} */
  public static ConfigDef configDef() {
    return SettingTables.producer().definition();
  }

  /**
   * Prints all keys in HTML.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println(configDef().toHtml(4, key -> "producerconfigs_" + key));
  }
}

package io.millstream.clients.consumer;

import io.millstream.common.config.AbstractConfig;
import io.millstream.common.config.ConfigDef;
import io.millstream.settings.SettingTables;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys of the settings of a consumer. */
public class ConsumerConfig extends AbstractConfig {

  /**
   * The names of the assignors that come with a client and give a member only topics it subscribes
   * to.
   */
  public static final List<String> ASSIGN_FROM_SUBSCRIBED_ASSIGNORS =
      List.of("range", "roundrobin", "sticky", "cooperative-sticky");

  /** Name of the group whose members share the partitions. Needed to subscribe and to commit. */
  public static final String GROUP_ID_CONFIG = "group.id";

  /**
   * Name of a static member: it keeps its partitions over a restart shorter than
   * session.timeout.ms.
   */
  public static final String GROUP_INSTANCE_ID_CONFIG = "group.instance.id";

  /** Most records that one poll returns. */
  public static final String MAX_POLL_RECORDS_CONFIG = "max.poll.records";

  /** The default of {@code max.poll.records}. */
  public static final int DEFAULT_MAX_POLL_RECORDS = 500;

  /** Longest time between two polls before the member leaves the group, in milliseconds. */
  public static final String MAX_POLL_INTERVAL_MS_CONFIG = "max.poll.interval.ms";

  /**
   * After how long without a heartbeat the coordinator removes a member of a classic group, in
   * milliseconds.
   */
  public static final String SESSION_TIMEOUT_MS_CONFIG = "session.timeout.ms";

  /**
   * Time between heartbeats of a member of a classic group, in milliseconds. Less than
   * session.timeout.ms, usually a third.
   */
  public static final String HEARTBEAT_INTERVAL_MS_CONFIG = "heartbeat.interval.ms";

  /**
   * Who computes the assignment: a member of the group (classic) or the coordinator (consumer,
   * KIP-848).
   */
  public static final String GROUP_PROTOCOL_CONFIG = "group.protocol";

  /** The default of {@code group.protocol}. */
  public static final String DEFAULT_GROUP_PROTOCOL = "classic";

  /** What {@code group.protocol} does. */
  public static final String GROUP_PROTOCOL_DOC =
      "Who computes the assignment: a member of the group (classic) or the "
          + "coordinator (consumer, KIP-848).";

  /**
   * Name of the coordinator's assignor with group.protocol=consumer. Null lets the coordinator
   * choose.
   */
  public static final String GROUP_REMOTE_ASSIGNOR_CONFIG = "group.remote.assignor";

  /** The default of {@code group.remote.assignor}: the coordinator chooses. */
  public static final @Nullable String DEFAULT_GROUP_REMOTE_ASSIGNOR = null;

  /** What {@code group.remote.assignor} does. */
  public static final String GROUP_REMOTE_ASSIGNOR_DOC =
      "Name of the coordinator's assignor with group.protocol=consumer. Null lets the"
          + " coordinator choose.";

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

  /**
   * How long names of bootstrap.servers may fail to resolve before the client gives up, in
   * milliseconds. Zero means no limit of its own.
   */
  public static final String BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG = "bootstrap.resolve.timeout.ms";

  /** Whether offsets of polled records are committed in the background. */
  public static final String ENABLE_AUTO_COMMIT_CONFIG = "enable.auto.commit";

  /** Time between commits in the background, in milliseconds. */
  public static final String AUTO_COMMIT_INTERVAL_MS_CONFIG = "auto.commit.interval.ms";

  /** Assignors of a classic group, in order of preference: class names, classes or instances. */
  public static final String PARTITION_ASSIGNMENT_STRATEGY_CONFIG = "partition.assignment.strategy";

  /**
   * Where to begin without a valid committed offset: latest, earliest, none (throw), or
   * by_duration:PT1H (so long ago).
   */
  public static final String AUTO_OFFSET_RESET_CONFIG = "auto.offset.reset";

  /** What {@code auto.offset.reset} does. */
  public static final String AUTO_OFFSET_RESET_DOC =
      "Where to begin without a valid committed offset: latest, earliest, none "
          + "(throw), or by_duration:PT1H (so long ago).";

  /**
   * How many bytes a broker gathers before it answers a fetch, unless fetch.max.wait.ms is over.
   */
  public static final String FETCH_MIN_BYTES_CONFIG = "fetch.min.bytes";

  /** The default of {@code fetch.min.bytes}. */
  public static final int DEFAULT_FETCH_MIN_BYTES = 1;

  /** Most bytes that one fetch asks for. A larger first batch is delivered all the same. */
  public static final String FETCH_MAX_BYTES_CONFIG = "fetch.max.bytes";

  /** The default of {@code fetch.max.bytes}. */
  public static final int DEFAULT_FETCH_MAX_BYTES = 52428800;

  /** How long a broker may gather fetch.min.bytes, in milliseconds. */
  public static final String FETCH_MAX_WAIT_MS_CONFIG = "fetch.max.wait.ms";

  /** The default of {@code fetch.max.wait.ms}. */
  public static final int DEFAULT_FETCH_MAX_WAIT_MS = 500;

  /** Age at which the client's view of the cluster is fetched anew, in milliseconds. */
  public static final String METADATA_MAX_AGE_CONFIG = "metadata.max.age.ms";

  /**
   * Most bytes that one fetch asks of a partition. A larger first batch is delivered all the same.
   */
  public static final String MAX_PARTITION_FETCH_BYTES_CONFIG = "max.partition.fetch.bytes";

  /** The default of {@code max.partition.fetch.bytes}. */
  public static final int DEFAULT_MAX_PARTITION_FETCH_BYTES = 1048576;

  /** Size of the socket's send buffer, in bytes. -1 leaves it to the operating system. */
  public static final String SEND_BUFFER_CONFIG = "send.buffer.bytes";

  /** Size of the socket's receive buffer, in bytes. -1 leaves it to the operating system. */
  public static final String RECEIVE_BUFFER_CONFIG = "receive.buffer.bytes";

  /** Name of the client in the broker's logs, metrics and quotas. */
  public static final String CLIENT_ID_CONFIG = "client.id";

  /**
   * Rack of the client, as the brokers' broker.rack spells it; lets a consumer fetch from the
   * nearest replica.
   */
  public static final String CLIENT_RACK_CONFIG = "client.rack";

  /** The default of {@code client.rack}. */
  public static final String DEFAULT_CLIENT_RACK = "";

  /**
   * How long to wait before the first attempt to reconnect to a broker, in milliseconds; doubled
   * with each failure.
   */
  public static final String RECONNECT_BACKOFF_MS_CONFIG = "reconnect.backoff.ms";

  /** Longest wait before an attempt to reconnect to a broker, in milliseconds. */
  public static final String RECONNECT_BACKOFF_MAX_MS_CONFIG = "reconnect.backoff.max.ms";

  /**
   * How long to wait before a failed request is tried again, in milliseconds; doubled with each
   * failure.
   */
  public static final String RETRY_BACKOFF_MS_CONFIG = "retry.backoff.ms";

  /** Whether the client pushes metrics to the cluster when the cluster asks for them (KIP-714). */
  public static final String ENABLE_METRICS_PUSH_CONFIG = "enable.metrics.push";

  /** What {@code enable.metrics.push} does. */
  public static final String ENABLE_METRICS_PUSH_DOC =
      "Whether the client pushes metrics to the cluster when the cluster asks for "
          + "them (KIP-714).";

  /** Longest wait before a failed request is tried again, in milliseconds. */
  public static final String RETRY_BACKOFF_MAX_MS_CONFIG = "retry.backoff.max.ms";

  /** Length of a window of samples from which metrics are computed, in milliseconds. */
  public static final String METRICS_SAMPLE_WINDOW_MS_CONFIG = "metrics.sample.window.ms";

  /** Number of windows from which metrics are computed. */
  public static final String METRICS_NUM_SAMPLES_CONFIG = "metrics.num.samples";

  /** How much is measured: INFO, DEBUG or TRACE. */
  public static final String METRICS_RECORDING_LEVEL_CONFIG = "metrics.recording.level";

  /** Reporters of metrics: class names or instances. */
  public static final String METRIC_REPORTER_CLASSES_CONFIG = "metric.reporters";

  /** Whether the checksums of fetched batches are checked. */
  public static final String CHECK_CRCS_CONFIG = "check.crcs";

  /** Turns bytes into keys: class name, class or instance of Deserializer. */
  public static final String KEY_DESERIALIZER_CLASS_CONFIG = "key.deserializer";

  /** What {@code key.deserializer} does. */
  public static final String KEY_DESERIALIZER_CLASS_DOC =
      "Turns bytes into keys: class name, class or instance of Deserializer.";

  /** Turns bytes into values: class name, class or instance of Deserializer. */
  public static final String VALUE_DESERIALIZER_CLASS_CONFIG = "value.deserializer";

  /** What {@code value.deserializer} does. */
  public static final String VALUE_DESERIALIZER_CLASS_DOC =
      "Turns bytes into values: class name, class or instance of Deserializer.";

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

  /** How long the client waits for the answer to a request, in milliseconds. */
  public static final String REQUEST_TIMEOUT_MS_CONFIG = "request.timeout.ms";

  /** How long calls may take that are given no time limit, in milliseconds. */
  public static final String DEFAULT_API_TIMEOUT_MS_CONFIG = "default.api.timeout.ms";

  /**
   * See records and what became of them: class names, classes or instances, called in this order.
   */
  public static final String INTERCEPTOR_CLASSES_CONFIG = "interceptor.classes";

  /** What {@code interceptor.classes} does. */
  public static final String INTERCEPTOR_CLASSES_DOC =
      "See records and what became of them: class names, classes or instances, called"
          + " in this order.";

  /** Whether a pattern leaves the topics out that Kafka keeps for itself. */
  public static final String EXCLUDE_INTERNAL_TOPICS_CONFIG = "exclude.internal.topics";

  /** The default of {@code exclude.internal.topics}. */
  public static final boolean DEFAULT_EXCLUDE_INTERNAL_TOPICS = true;

  /**
   * Whether records of open and aborted transactions are seen (read_uncommitted) or not
   * (read_committed).
   */
  public static final String ISOLATION_LEVEL_CONFIG = "isolation.level";

  /** What {@code isolation.level} does. */
  public static final String ISOLATION_LEVEL_DOC =
      "Whether records of open and aborted transactions are seen (read_uncommitted) "
          + "or not (read_committed).";

  /** The default of {@code isolation.level}. */
  public static final String DEFAULT_ISOLATION_LEVEL = "read_uncommitted";

  /** Whether a topic is created when the consumer asks for it, if the broker does so. */
  public static final String ALLOW_AUTO_CREATE_TOPICS_CONFIG = "allow.auto.create.topics";

  /** The default of {@code allow.auto.create.topics}. */
  public static final boolean DEFAULT_ALLOW_AUTO_CREATE_TOPICS = true;

  /** Classes that create security providers, separated by commas. */
  public static final String SECURITY_PROVIDERS_CONFIG = "security.providers";

  /** How a share consumer acknowledges records: implicit or explicit. */
  public static final String SHARE_ACKNOWLEDGEMENT_MODE_CONFIG = "share.acknowledgement.mode";

  /** How a share consumer acquires records: batch_optimized or record_limit. */
  public static final String SHARE_ACQUIRE_MODE_CONFIG = "share.acquire.mode";

  /** The default of {@code share.acquire.mode}. */
  public static final String DEFAULT_SHARE_ACQUIRE_MODE = "BATCH_OPTIMIZED";

  /**
   * Most bytes that one batch may become when it is decompressed: a guard against bombs.
   * Millstream's own setting.
   */
  public static final String FETCH_MAX_DECOMPRESSED_BATCH_BYTES_CONFIG =
      "fetch.max.decompressed.batch.bytes";

  /**
   * Most bytes of fetched batches that the consumer holds until they are polled; a larger first
   * batch is held alone. Millstream's own setting.
   */
  public static final String FETCH_BUFFER_MAX_BYTES_CONFIG = "fetch.buffer.max.bytes";

  /**
   * Parses settings, as {@link ConfigDef#parse} does; then the rules among several keys count.
   *
   * @param props keys and values
   * @throws io.millstream.common.config.ConfigException if a value is missing or not allowed
   */
  public ConsumerConfig(Properties props) {
    super(configDef(), props);
  }

  /**
   * Parses settings, as {@link ConfigDef#parse} does; then the rules among several keys count.
   *
   * @param props keys and values
   * @throws io.millstream.common.config.ConfigException if a value is missing or not allowed
   */
  public ConsumerConfig(Map<String, Object> props) {
    super(configDef(), props);
  }

  /**
   * Parses settings, as above.
   *
   * @param props keys and values
   * @param doLog whether the values are logged
   * @throws io.millstream.common.config.ConfigException if a value is missing or not allowed
   */
  protected ConsumerConfig(Map<?, ?> props, boolean doLog) {
    super(configDef(), props, doLog);
  }

  @Override
  protected Map<String, Object> postProcessParsedConfig(Map<String, Object> parsedValues) {
    return SettingTables.consumer().derived(originals(), parsedValues);
  }

  /** {@return all keys, ordered} */
  public static Set<String> configNames() {
    return SettingTables.consumer().keys();
  }

  /** {@return the definitions of all keys; a copy} */
  public static ConfigDef configDef() {
    return SettingTables.consumer().definition();
  }

  /**
   * Prints all keys in HTML.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println(configDef().toHtml(4, key -> "consumerconfigs_" + key));
  }
}

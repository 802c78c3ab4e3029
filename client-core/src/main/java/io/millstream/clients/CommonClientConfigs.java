package io.millstream.clients;

/** Keys of the settings that several clients share. */
public class CommonClientConfigs {

  /**
   * Brokers to begin with, as host:port separated by commas; an IPv6 address stands in brackets.
   * The client learns the others from them, so two or three are enough.
   */
  public static final String BOOTSTRAP_SERVERS_CONFIG = "bootstrap.servers";

  /** What {@code bootstrap.servers} does. */
  public static final String BOOTSTRAP_SERVERS_DOC =
      "Brokers to begin with, as host:port separated by commas; an IPv6 address "
          + "stands in brackets. The client learns the others from them, so two or three "
          + "are enough.";

  /**
   * How names are resolved: use_all_dns_ips tries all addresses of a name in turn;
   * resolve_canonical_bootstrap_servers_only replaces the names to begin with by the canonical
   * names of all their addresses.
   */
  public static final String CLIENT_DNS_LOOKUP_CONFIG = "client.dns.lookup";

  /** What {@code client.dns.lookup} does. */
  public static final String CLIENT_DNS_LOOKUP_DOC =
      "How names are resolved: use_all_dns_ips tries all addresses of a name in turn;"
          + " resolve_canonical_bootstrap_servers_only replaces the names to begin with by "
          + "the canonical names of all their addresses.";

  /**
   * How long names of bootstrap.servers may fail to resolve before the client gives up, in
   * milliseconds. Zero means no limit of its own.
   */
  public static final String BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG = "bootstrap.resolve.timeout.ms";

  /** The default of {@code bootstrap.resolve.timeout.ms}. */
  public static final long DEFAULT_BOOTSTRAP_RESOLVE_TIMEOUT_MS = 0L;

  /** What {@code bootstrap.resolve.timeout.ms} does. */
  public static final String BOOTSTRAP_RESOLVE_TIMEOUT_MS_DOC =
      "How long names of bootstrap.servers may fail to resolve before the client "
          + "gives up, in milliseconds. Zero means no limit of its own.";

  /** Age at which the client's view of the cluster is fetched anew, in milliseconds. */
  public static final String METADATA_MAX_AGE_CONFIG = "metadata.max.age.ms";

  /** What {@code metadata.max.age.ms} does. */
  public static final String METADATA_MAX_AGE_DOC =
      "Age at which the client's view of the cluster is fetched anew, in " + "milliseconds.";

  /** Size of the socket's send buffer, in bytes. -1 leaves it to the operating system. */
  public static final String SEND_BUFFER_CONFIG = "send.buffer.bytes";

  /** What {@code send.buffer.bytes} does. */
  public static final String SEND_BUFFER_DOC =
      "Size of the socket's send buffer, in bytes. -1 leaves it to the operating " + "system.";

  /** The least value of {@code send.buffer.bytes}. */
  public static final int SEND_BUFFER_LOWER_BOUND = -1;

  /** Size of the socket's receive buffer, in bytes. -1 leaves it to the operating system. */
  public static final String RECEIVE_BUFFER_CONFIG = "receive.buffer.bytes";

  /** What {@code receive.buffer.bytes} does. */
  public static final String RECEIVE_BUFFER_DOC =
      "Size of the socket's receive buffer, in bytes. -1 leaves it to the operating " + "system.";

  /** The least value of {@code receive.buffer.bytes}. */
  public static final int RECEIVE_BUFFER_LOWER_BOUND = -1;

  /** Name of the client in the broker's logs, metrics and quotas. */
  public static final String CLIENT_ID_CONFIG = "client.id";

  /** What {@code client.id} does. */
  public static final String CLIENT_ID_DOC =
      "Name of the client in the broker's logs, metrics and quotas.";

  /**
   * Rack of the client, as the brokers' broker.rack spells it; lets a consumer fetch from the
   * nearest replica.
   */
  public static final String CLIENT_RACK_CONFIG = "client.rack";

  /** What {@code client.rack} does. */
  public static final String CLIENT_RACK_DOC =
      "Rack of the client, as the brokers' broker.rack spells it; lets a consumer "
          + "fetch from the nearest replica.";

  /** The default of {@code client.rack}. */
  public static final String DEFAULT_CLIENT_RACK = "";

  /**
   * How long to wait before the first attempt to reconnect to a broker, in milliseconds; doubled
   * with each failure.
   */
  public static final String RECONNECT_BACKOFF_MS_CONFIG = "reconnect.backoff.ms";

  /** What {@code reconnect.backoff.ms} does. */
  public static final String RECONNECT_BACKOFF_MS_DOC =
      "How long to wait before the first attempt to reconnect to a broker, in "
          + "milliseconds; doubled with each failure.";

  /** Longest wait before an attempt to reconnect to a broker, in milliseconds. */
  public static final String RECONNECT_BACKOFF_MAX_MS_CONFIG = "reconnect.backoff.max.ms";

  /** What {@code reconnect.backoff.max.ms} does. */
  public static final String RECONNECT_BACKOFF_MAX_MS_DOC =
      "Longest wait before an attempt to reconnect to a broker, in milliseconds.";

  /**
   * How often a batch is sent again after an error that may go away. Usually left alone:
   * delivery.timeout.ms is the limit.
   */
  public static final String RETRIES_CONFIG = "retries";

  /** What {@code retries} does. */
  public static final String RETRIES_DOC =
      "How often a batch is sent again after an error that may go away. Usually left "
          + "alone: delivery.timeout.ms is the limit.";

  /**
   * How long to wait before a failed request is tried again, in milliseconds; doubled with each
   * failure.
   */
  public static final String RETRY_BACKOFF_MS_CONFIG = "retry.backoff.ms";

  /** What {@code retry.backoff.ms} does. */
  public static final String RETRY_BACKOFF_MS_DOC =
      "How long to wait before a failed request is tried again, in milliseconds; "
          + "doubled with each failure.";

  /** The default of {@code retry.backoff.ms}. */
  public static final Long DEFAULT_RETRY_BACKOFF_MS = 100L;

  /** Longest wait before a failed request is tried again, in milliseconds. */
  public static final String RETRY_BACKOFF_MAX_MS_CONFIG = "retry.backoff.max.ms";

  /** What {@code retry.backoff.max.ms} does. */
  public static final String RETRY_BACKOFF_MAX_MS_DOC =
      "Longest wait before a failed request is tried again, in milliseconds.";

  /** The default of {@code retry.backoff.max.ms}. */
  public static final Long DEFAULT_RETRY_BACKOFF_MAX_MS = 1000L;

  /** What each wait before an attempt is multiplied by. */
  public static final int RETRY_BACKOFF_EXP_BASE = 2;

  /** The share by which a wait is varied at random. */
  public static final double RETRY_BACKOFF_JITTER = 0.2;

  /** Whether the client pushes metrics to the cluster when the cluster asks for them (KIP-714). */
  public static final String ENABLE_METRICS_PUSH_CONFIG = "enable.metrics.push";

  /** What {@code enable.metrics.push} does. */
  public static final String ENABLE_METRICS_PUSH_DOC =
      "Whether the client pushes metrics to the cluster when the cluster asks for "
          + "them (KIP-714).";

  /** Length of a window of samples from which metrics are computed, in milliseconds. */
  public static final String METRICS_SAMPLE_WINDOW_MS_CONFIG = "metrics.sample.window.ms";

  /** What {@code metrics.sample.window.ms} does. */
  public static final String METRICS_SAMPLE_WINDOW_MS_DOC =
      "Length of a window of samples from which metrics are computed, in " + "milliseconds.";

  /** Number of windows from which metrics are computed. */
  public static final String METRICS_NUM_SAMPLES_CONFIG = "metrics.num.samples";

  /** What {@code metrics.num.samples} does. */
  public static final String METRICS_NUM_SAMPLES_DOC =
      "Number of windows from which metrics are computed.";

  /** How much is measured: INFO, DEBUG or TRACE. */
  public static final String METRICS_RECORDING_LEVEL_CONFIG = "metrics.recording.level";

  /** What {@code metrics.recording.level} does. */
  public static final String METRICS_RECORDING_LEVEL_DOC =
      "How much is measured: INFO, or more with DEBUG and TRACE. A producer then tells of each topic also"
          + " how many batches it got, how large they were and how long they waited.";

  /** Reporters of metrics: class names or instances. */
  public static final String METRIC_REPORTER_CLASSES_CONFIG = "metric.reporters";

  /** What {@code metric.reporters} does. */
  public static final String METRIC_REPORTER_CLASSES_DOC =
      "Reporters of metrics: class names or instances.";

  /** Keys that begin so are handed to reporters of metrics as labels. */
  public static final String METRICS_CONTEXT_PREFIX = "metrics.context.";

  /** How to talk to brokers: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL. */
  public static final String SECURITY_PROTOCOL_CONFIG = "security.protocol";

  /** What {@code security.protocol} does. */
  public static final String SECURITY_PROTOCOL_DOC =
      "How to talk to brokers: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.";

  /** The default of {@code security.protocol}. */
  public static final String DEFAULT_SECURITY_PROTOCOL = "PLAINTEXT";

  /**
   * How long connecting to a broker may take at first, in milliseconds; doubled with each failure.
   */
  public static final String SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG =
      "socket.connection.setup.timeout.ms";

  /** What {@code socket.connection.setup.timeout.ms} does. */
  public static final String SOCKET_CONNECTION_SETUP_TIMEOUT_MS_DOC =
      "How long connecting to a broker may take at first, in milliseconds; doubled "
          + "with each failure.";

  /** The default of {@code socket.connection.setup.timeout.ms}. */
  public static final Long DEFAULT_SOCKET_CONNECTION_SETUP_TIMEOUT_MS = 10000L;

  /** Longest time that connecting to a broker may take, in milliseconds. */
  public static final String SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG =
      "socket.connection.setup.timeout.max.ms";

  /** What {@code socket.connection.setup.timeout.max.ms} does. */
  public static final String SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_DOC =
      "Longest time that connecting to a broker may take, in milliseconds.";

  /** The default of {@code socket.connection.setup.timeout.max.ms}. */
  public static final Long DEFAULT_SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS = 30000L;

  /**
   * After how long a connection without requests is closed, in milliseconds. Negative for never.
   */
  public static final String CONNECTIONS_MAX_IDLE_MS_CONFIG = "connections.max.idle.ms";

  /** What {@code connections.max.idle.ms} does. */
  public static final String CONNECTIONS_MAX_IDLE_MS_DOC =
      "After how long a connection without requests is closed, in milliseconds. "
          + "Negative for never.";

  /** How long the client waits for the answer to a request, in milliseconds. */
  public static final String REQUEST_TIMEOUT_MS_CONFIG = "request.timeout.ms";

  /** What {@code request.timeout.ms} does. */
  public static final String REQUEST_TIMEOUT_MS_DOC =
      "How long the client waits for the answer to a request, in milliseconds.";

  /** Serde of the elements of keys that are lists. */
  public static final String DEFAULT_LIST_KEY_SERDE_INNER_CLASS = "default.list.key.serde.inner";

  /** What {@code default.list.key.serde.inner} does. */
  public static final String DEFAULT_LIST_KEY_SERDE_INNER_CLASS_DOC =
      "Serde of the elements of keys that are lists.";

  /** Serde of the elements of values that are lists. */
  public static final String DEFAULT_LIST_VALUE_SERDE_INNER_CLASS =
      "default.list.value.serde.inner";

  /** What {@code default.list.value.serde.inner} does. */
  public static final String DEFAULT_LIST_VALUE_SERDE_INNER_CLASS_DOC =
      "Serde of the elements of values that are lists.";

  /** Class of the list that keys become. */
  public static final String DEFAULT_LIST_KEY_SERDE_TYPE_CLASS = "default.list.key.serde.type";

  /** What {@code default.list.key.serde.type} does. */
  public static final String DEFAULT_LIST_KEY_SERDE_TYPE_CLASS_DOC =
      "Class of the list that keys become.";

  /** Class of the list that values become. */
  public static final String DEFAULT_LIST_VALUE_SERDE_TYPE_CLASS = "default.list.value.serde.type";

  /** What {@code default.list.value.serde.type} does. */
  public static final String DEFAULT_LIST_VALUE_SERDE_TYPE_CLASS_DOC =
      "Class of the list that values become.";

  /** Name of the group whose members share the partitions. Needed to subscribe and to commit. */
  public static final String GROUP_ID_CONFIG = "group.id";

  /** What {@code group.id} does. */
  public static final String GROUP_ID_DOC =
      "Name of the group whose members share the partitions. Needed to subscribe and "
          + "to commit.";

  /**
   * Name of a static member: it keeps its partitions over a restart shorter than
   * session.timeout.ms.
   */
  public static final String GROUP_INSTANCE_ID_CONFIG = "group.instance.id";

  /** What {@code group.instance.id} does. */
  public static final String GROUP_INSTANCE_ID_DOC =
      "Name of a static member: it keeps its partitions over a restart shorter than "
          + "session.timeout.ms.";

  /** Longest time between two polls before the member leaves the group, in milliseconds. */
  public static final String MAX_POLL_INTERVAL_MS_CONFIG = "max.poll.interval.ms";

  /** What {@code max.poll.interval.ms} does. */
  public static final String MAX_POLL_INTERVAL_MS_DOC =
      "Longest time between two polls before the member leaves the group, in " + "milliseconds.";

  /** How long members may take to join again in a rebalance, in milliseconds. */
  public static final String REBALANCE_TIMEOUT_MS_CONFIG = "rebalance.timeout.ms";

  /** What {@code rebalance.timeout.ms} does. */
  public static final String REBALANCE_TIMEOUT_MS_DOC =
      "How long members may take to join again in a rebalance, in milliseconds.";

  /**
   * After how long without a heartbeat the coordinator removes a member of a classic group, in
   * milliseconds.
   */
  public static final String SESSION_TIMEOUT_MS_CONFIG = "session.timeout.ms";

  /** What {@code session.timeout.ms} does. */
  public static final String SESSION_TIMEOUT_MS_DOC =
      "After how long without a heartbeat the coordinator removes a member of a "
          + "classic group, in milliseconds.";

  /**
   * Time between heartbeats of a member of a classic group, in milliseconds. Less than
   * session.timeout.ms, usually a third.
   */
  public static final String HEARTBEAT_INTERVAL_MS_CONFIG = "heartbeat.interval.ms";

  /** What {@code heartbeat.interval.ms} does. */
  public static final String HEARTBEAT_INTERVAL_MS_DOC =
      "Time between heartbeats of a member of a classic group, in milliseconds. Less "
          + "than session.timeout.ms, usually a third.";

  /** How long calls may take that are given no time limit, in milliseconds. */
  public static final String DEFAULT_API_TIMEOUT_MS_CONFIG = "default.api.timeout.ms";

  /** What {@code default.api.timeout.ms} does. */
  public static final String DEFAULT_API_TIMEOUT_MS_DOC =
      "How long calls may take that are given no time limit, in milliseconds.";

  /**
   * What to do when no known broker answers: rebootstrap begins again with bootstrap.servers, none
   * keeps trying the known ones.
   */
  public static final String METADATA_RECOVERY_STRATEGY_CONFIG = "metadata.recovery.strategy";

  /** What {@code metadata.recovery.strategy} does. */
  public static final String METADATA_RECOVERY_STRATEGY_DOC =
      "What to do when no known broker answers: rebootstrap begins again with "
          + "bootstrap.servers, none keeps trying the known ones.";

  /** The default of {@code metadata.recovery.strategy}. */
  public static final String DEFAULT_METADATA_RECOVERY_STRATEGY = "rebootstrap";

  /**
   * After how long without fresh metadata the client begins again with bootstrap.servers, in
   * milliseconds.
   */
  public static final String METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG =
      "metadata.recovery.rebootstrap.trigger.ms";

  /** What {@code metadata.recovery.rebootstrap.trigger.ms} does. */
  public static final String METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_DOC =
      "After how long without fresh metadata the client begins again with "
          + "bootstrap.servers, in milliseconds.";

  /** The default of {@code metadata.recovery.rebootstrap.trigger.ms}. */
  public static final long DEFAULT_METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS = 300000L;

  /** Whether the client checks that a broker belongs to the cluster and has the id it expected. */
  public static final String METADATA_CLUSTER_CHECK_ENABLE_CONFIG = "metadata.cluster.check.enable";

  /** What {@code metadata.cluster.check.enable} does. */
  public static final String METADATA_CLUSTER_CHECK_ENABLE_DOC =
      "Whether the client checks that a broker belongs to the cluster and has the id "
          + "it expected.";

  /** Holds constants only: an instance is of no use. */
  public CommonClientConfigs() {}
}

package io.millstream.clients.admin;

import io.millstream.common.config.AbstractConfig;
import io.millstream.common.config.ConfigDef;
import io.millstream.settings.SettingTables;
import java.util.Map;
import java.util.Set;

/** Keys of the settings of an admin client. */
public class AdminClientConfig extends AbstractConfig {

  /**
   * Brokers to begin with, as host:port separated by commas; an IPv6 address stands in brackets.
   * The client learns the others from them, so two or three are enough.
   */
  public static final String BOOTSTRAP_SERVERS_CONFIG = "bootstrap.servers";

  /**
   * Controllers to talk to directly, past the brokers, as host:port separated by commas (KIP-919).
   */
  public static final String BOOTSTRAP_CONTROLLERS_CONFIG = "bootstrap.controllers";

  /** What {@code bootstrap.controllers} does. */
  public static final String BOOTSTRAP_CONTROLLERS_DOC =
      "Controllers to talk to directly, past the brokers, as host:port separated by commas (KIP-919).";

  /**
   * How names are resolved: use_all_dns_ips tries all addresses of a name in turn;
   * resolve_canonical_bootstrap_servers_only replaces the names to begin with by the canonical
   * names of all their addresses.
   */
  public static final String CLIENT_DNS_LOOKUP_CONFIG = "client.dns.lookup";

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

  /** Name of the client in the broker's logs, metrics and quotas. */
  public static final String CLIENT_ID_CONFIG = "client.id";

  /** Age at which the client's view of the cluster is fetched anew, in milliseconds. */
  public static final String METADATA_MAX_AGE_CONFIG = "metadata.max.age.ms";

  /** Size of the socket's send buffer, in bytes. -1 leaves it to the operating system. */
  public static final String SEND_BUFFER_CONFIG = "send.buffer.bytes";

  /** Size of the socket's receive buffer, in bytes. -1 leaves it to the operating system. */
  public static final String RECEIVE_BUFFER_CONFIG = "receive.buffer.bytes";

  /** Reporters of metrics: class names or instances. */
  public static final String METRIC_REPORTER_CLASSES_CONFIG = "metric.reporters";

  /** Number of windows from which metrics are computed. */
  public static final String METRICS_NUM_SAMPLES_CONFIG = "metrics.num.samples";

  /** Length of a window of samples from which metrics are computed, in milliseconds. */
  public static final String METRICS_SAMPLE_WINDOW_MS_CONFIG = "metrics.sample.window.ms";

  /** How much is measured: INFO, DEBUG or TRACE. */
  public static final String METRICS_RECORDING_LEVEL_CONFIG = "metrics.recording.level";

  /** How to talk to brokers: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL. */
  public static final String SECURITY_PROTOCOL_CONFIG = "security.protocol";

  /** The default of {@code security.protocol}. */
  public static final String DEFAULT_SECURITY_PROTOCOL = "PLAINTEXT";

  /**
   * How often a request is sent again after an error that may go away. Usually left alone: the
   * time-out of the operation is the limit.
   */
  public static final String RETRIES_CONFIG = "retries";

  /** How long calls may take that are given no time limit, in milliseconds. */
  public static final String DEFAULT_API_TIMEOUT_MS_CONFIG = "default.api.timeout.ms";

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

  /** Classes that create security providers, separated by commas. */
  public static final String SECURITY_PROVIDERS_CONFIG = "security.providers";

  /**
   * Parses settings, as {@link ConfigDef#parse} does; then the rules among several keys count.
   *
   * @param props keys and values
   * @throws io.millstream.common.config.ConfigException if a value is missing or not allowed
   */
  public AdminClientConfig(Map<?, ?> props) {
    super(configDef(), props);
  }

  /**
   * Parses settings, as above.
   *
   * @param props keys and values
   * @param doLog whether the values are logged
   * @throws io.millstream.common.config.ConfigException if a value is missing or not allowed
   */
  protected AdminClientConfig(Map<?, ?> props, boolean doLog) {
    super(configDef(), props, doLog);
  }

  @Override
  protected Map<String, Object> postProcessParsedConfig(Map<String, Object> parsedValues) {
    return SettingTables.admin().derived(originals(), parsedValues);
  }

  /** {@return all keys, ordered} */
  public static Set<String> configNames() {
    return SettingTables.admin().keys();
  }

  /** {@return the definitions of all keys; a copy} */
  public static ConfigDef configDef() {
    return SettingTables.admin().definition();
  }

  /**
   * Prints all keys in HTML.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println(configDef().toHtml(4, key -> "adminclientconfigs_" + key));
  }
}

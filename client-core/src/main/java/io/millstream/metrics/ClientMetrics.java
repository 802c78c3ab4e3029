package io.millstream.metrics;

import io.millstream.common.MetricName;
import io.millstream.common.metrics.KafkaMetric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The metrics of one client by their names. Those of the network are there from the beginning; each
 * kind of client adds its own. Any thread may read; groups are added and removed by the thread that
 * builds the client and, later, by its event loop.
 */
public final class ClientMetrics {

  private static final double NANOS_PER_SECOND = 1e9;

  private static final String UNKNOWN = "unknown";

  private final String kind;
  private final String clientId;
  private final MetricsSettings settings;
  private final LongSupplier nanoTime;
  private final Windows windows;
  private final Map<MetricName, KafkaMetric> metrics = new ConcurrentHashMap<>();
  private Reporters reporters = Reporters.NONE;
  private final NetworkMetrics network;
  private long toldNanos;
  private boolean told;

  /**
   * Creates the metrics of a client.
   *
   * @param kind begins the names of the groups: {@code producer}, {@code consumer}, {@code
   *     admin-client}
   * @param clientId tags all of them
   * @param settings how rates and means are taken
   * @param nanoTime the clock; any thread may ask it
   */
  public ClientMetrics(
      String kind, String clientId, MetricsSettings settings, LongSupplier nanoTime) {
    this.kind = kind;
    this.clientId = clientId;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.windows = new Windows(settings, nanoTime);
    this.network = new NetworkMetrics(this);
    group("kafka-metrics-count", Map.of())
        .add("count", "Metrics of this client", () -> (double) metrics.size());
  }

  /** Returns the metrics of a client that does not show them. */
  public static ClientMetrics unread(String clientId, LongSupplier nanoTime) {
    return new ClientMetrics("client", clientId, MetricsSettings.DEFAULTS, nanoTime);
  }

  /**
   * Names which software the client is, and since when it runs.
   *
   * @param startMillis milliseconds since 1970
   */
  public void addApplication(long startMillis) {
    String version = ClientMetrics.class.getPackage().getImplementationVersion();
    MetricGroup group = group("app-info", Map.of());
    group.add("version", "Version of the client", () -> version == null ? UNKNOWN : version);
    group.add("commit-id", "Commit that the client was built from", () -> UNKNOWN);
    group.add("start-time-ms", "When the client was created", () -> startMillis);
  }

  /**
   * Has reporters told of the metrics that there are, and of what changes. By the thread that
   * builds the client, once.
   */
  public void tell(Reporters told) {
    told.begin(List.copyOf(metrics.values()));
    reporters = told;
  }

  /** Returns what the event loop and the connections count. */
  public NetworkMetrics network() {
    return network;
  }

  /** Returns the windows of what the event loop counts. */
  public Windows windows() {
    return windows;
  }

  /** Says whether what belongs to a level is measured. */
  public boolean measures(MetricsSettings.Level level) {
    return level.compareTo(settings.level()) <= 0;
  }

  /** Returns a new counter for threads of callers; it has no name yet. */
  public SharedCounter sharedCounter() {
    return new SharedCounter(settings, nanoTime);
  }

  /** Returns all metrics as they are at any time. Unmodifiable. */
  public Map<MetricName, KafkaMetric> all() {
    return Collections.unmodifiableMap(metrics);
  }

  /**
   * Begins a group {@code <kind>-<name>}.
   *
   * @param name ends the name of the group
   * @param tags besides the client id, in their order
   */
  public MetricGroup ownGroup(String name, Map<String, String> tags) {
    return group(kind + "-" + name, tags);
  }

  /**
   * Begins a group.
   *
   * @param name of the group
   * @param tags besides the client id, in their order
   */
  public MetricGroup group(String name, Map<String, String> tags) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("client-id", clientId);
    all.putAll(tags);
    return new MetricGroup(this, name, Collections.unmodifiableMap(all));
  }

  /** The cluster has told of itself. For the event loop. */
  public void clusterTold() {
    windows.begin();
    toldNanos = windows.nowNanos();
    told = true;
    windows.end();
  }

  /** Returns since when the cluster has not told of itself, in seconds; not a number if never. */
  public double metadataAgeSeconds() {
    return windows.read(now -> told ? (now - toldNanos) / NANOS_PER_SECOND : Double.NaN);
  }

  void add(KafkaMetric metric) {
    if (metrics.putIfAbsent(metric.metricName(), metric) != null) {
      throw new IllegalStateException("There are two of " + metric.metricName());
    }
    reporters.added(metric);
  }

  void remove(KafkaMetric metric) {
    metrics.remove(metric.metricName(), metric);
    reporters.removed(metric);
  }
}

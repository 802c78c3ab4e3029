package io.millstream.metrics;

import io.millstream.common.MetricName;
import io.millstream.common.metrics.KafkaMetric;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The metrics of one client by their names. Those of the network are there from the beginning; each
 * kind of client adds its own. Any thread may read; groups are shown and removed by the thread that
 * builds the client and, later, by its event loop, which never waits here.
 */
public final class ClientMetrics {

  /*
   * As long as nobody looks, groups queue up without names. From the first look on, whoever shows
   * or removes a group goes through the queue at once, unless somebody else is at it: then that
   * one finds it, since it looks at the queue once more after it has given up the lock.
   */

  private static final double NANOS_PER_SECOND = 1e9;

  private final String kind;
  private final String clientId;
  private final MetricsSettings settings;
  private final LongSupplier nanoTime;
  private final Windows windows;
  private final Map<MetricName, KafkaMetric> metrics = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<MetricGroup> changed = new ConcurrentLinkedQueue<>();
  private final ReentrantLock naming = new ReentrantLock();
  private volatile boolean looked;
  private volatile Reporters reporters = Reporters.NONE;
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
    showOwn("", Map.of(), network);
    show(
        "kafka-metrics-count",
        Map.of(),
        new Named() {
          @Override
          public void nameIn(MetricGroup group) {
            group.add("count", "Metrics of this client", () -> (double) metrics.size());
          }
        });
  }

  /** Returns the metrics of a client that does not show them. */
  public static ClientMetrics unread(String clientId, LongSupplier nanoTime) {
    return new ClientMetrics("client", clientId, MetricsSettings.DEFAULTS, nanoTime);
  }

  /** Returns what the event loop and the connections count. */
  public NetworkMetrics network() {
    return network;
  }

  /** Returns the windows of what the event loop counts. */
  public Windows windows() {
    return windows;
  }

  String clientId() {
    return clientId;
  }

  /** Says whether what belongs to a level is measured. */
  public boolean measures(MetricsSettings.Level level) {
    return level.compareTo(settings.level()) <= 0;
  }

  /** Returns a new counter for threads of callers. */
  public SharedCounter sharedCounter() {
    return new SharedCounter(settings, nanoTime);
  }

  /** Returns all metrics as they are at any time. Unmodifiable. */
  public Map<MetricName, KafkaMetric> all() {
    if (!looked) {
      look();
    }
    return Collections.unmodifiableMap(metrics);
  }

  /**
   * Shows a group {@code <kind>-metrics}, or {@code <kind>-<name>-metrics}.
   *
   * @param name empty for the former
   * @param tags besides the client id, in their order
   * @param named names its metrics, sooner or later
   */
  public MetricGroup showOwn(String name, Map<String, String> tags, Named named) {
    String whole =
        name.isEmpty()
            ? String.join("-", kind, "metrics")
            : String.join("-", kind, name, "metrics");
    return show(whole, tags, named);
  }

  /**
   * Shows a group.
   *
   * @param name of the group
   * @param tags besides the client id, in their order
   * @param named names its metrics, sooner or later
   */
  public MetricGroup show(String name, Map<String, String> tags, Named named) {
    MetricGroup group = new MetricGroup(this, name, tags, named);
    changed.add(group);
    settleIfLooked();
    return group;
  }

  void removed(MetricGroup group) {
    // What waits for its names needs none any more.
    if (!changed.remove(group)) {
      changed.add(group);
      settleIfLooked();
    }
  }

  /**
   * Has reporters told of the metrics that there are, and of what changes. By the thread that
   * builds the client, once.
   */
  public void tell(Reporters told) {
    if (told.anyAtOnce()) {
      look();
      told.begin(List.copyOf(metrics.values()));
    }
    reporters = told;
  }

  /** Has those reporters told, from now on, that take their time. May take a while. */
  public void tellTheSlow() {
    looked = true;
    naming.lock();
    try {
      settleAll();
      reporters.beginSlow(List.copyOf(metrics.values()));
    } finally {
      naming.unlock();
    }
    settleIfLooked();
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

  private void look() {
    looked = true;
    naming.lock();
    try {
      settleAll();
    } finally {
      naming.unlock();
    }
    settleIfLooked();
  }

  private void settleIfLooked() {
    while (looked && !changed.isEmpty() && naming.tryLock()) {
      try {
        settleAll();
      } finally {
        naming.unlock();
      }
    }
  }

  private void settleAll() {
    for (MetricGroup group = changed.poll(); group != null; group = changed.poll()) {
      group.settle();
    }
  }

  void add(KafkaMetric metric) {
    metrics.put(metric.metricName(), metric);
    reporters.added(metric);
  }

  void remove(KafkaMetric metric) {
    if (metrics.remove(metric.metricName(), metric)) {
      reporters.removed(metric);
    }
  }
}

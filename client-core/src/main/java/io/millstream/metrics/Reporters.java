package io.millstream.metrics;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.common.metrics.JmxReporter;
import io.millstream.common.metrics.KafkaMetric;
import io.millstream.common.metrics.KafkaMetricsContext;
import io.millstream.common.metrics.MetricsContext;
import io.millstream.common.metrics.MetricsReporter;
import io.millstream.settings.OwnedPlugins;
import io.millstream.settings.ParsedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an application's reporters what metrics there are. Used by the thread that builds the
 * client and, later, by its event loop. The reporters are closed as all plug-ins are.
 */
public final class Reporters {

  /** Nobody is told. */
  static final Reporters NONE = new Reporters("", List.of());

  private static final Logger LOG = LoggerFactory.getLogger(Reporters.class);

  private final String clientId;
  private final List<MetricsReporter> reporters;

  private Reporters(String clientId, List<MetricsReporter> reporters) {
    this.clientId = clientId;
    this.reporters = List.copyOf(reporters);
  }

  /**
   * Creates the reporters of a client.
   *
   * @param namespace names the kind of the client to them
   * @param settings of any kind of client
   * @param plugins has them closed
   * @param helpers where those are told that take their time
   * @throws io.millstream.common.config.ConfigException if one cannot be created
   */
  public static Reporters create(
      String namespace, ParsedSettings settings, OwnedPlugins plugins, Executor helpers) {
    MetricsContext context =
        new KafkaMetricsContext(
            namespace, settings.originalsBehind(CommonClientConfigs.METRICS_CONTEXT_PREFIX));
    List<MetricsReporter> reporters = new ArrayList<>();
    for (MetricsReporter reporter :
        plugins.takeAll(
            CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, MetricsReporter.class)) {
      reporter.contextChange(context);
      // The first MBean of a virtual machine takes as long as sending the first record.
      reporters.add(
          reporter instanceof JmxReporter ? new LaterReporter(reporter, helpers) : reporter);
    }
    return new Reporters(settings.clientId(), reporters);
  }

  /** Says whether some are to be told within the constructor of the client. */
  boolean anyAtOnce() {
    return reporters.stream().anyMatch(reporter -> !(reporter instanceof LaterReporter));
  }

  /** Tells those of all that there is that do not take their time. */
  void begin(List<KafkaMetric> metrics) {
    for (MetricsReporter reporter : reporters) {
      if (!(reporter instanceof LaterReporter)) {
        reporter.init(metrics);
      }
    }
  }

  /** Has the others told from now on, first of all that there is. */
  void beginSlow(List<KafkaMetric> metrics) {
    for (MetricsReporter reporter : reporters) {
      if (reporter instanceof LaterReporter later) {
        later.init(metrics);
      }
    }
  }

  void added(KafkaMetric metric) {
    tell(reporter -> reporter.metricChange(metric));
  }

  void removed(KafkaMetric metric) {
    tell(reporter -> reporter.metricRemoval(metric));
  }

  private void tell(Consumer<MetricsReporter> event) {
    for (MetricsReporter reporter : reporters) {
      try {
        event.accept(reporter);
      } catch (RuntimeException | LinkageError e) {
        LOG.warn(
            "{}: {} failed to take note of a metric", clientId, reporter.getClass().getName(), e);
      }
    }
  }
}

package io.millstream.common.metrics;

import io.millstream.common.Reconfigurable;
import io.millstream.common.config.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands the metrics of a client on, wherever an application wants them. It is told of each metric
 * once and reads the values when it likes, on threads of its own. Given by {@code metric.reporters}
 * as class name or instance. {@code configure} and {@code contextChange} come first, then {@code
 * init}; after that it is told on a thread of the client's own, or on one that looks at the
 * metrics, never on two at once, so none of these methods may wait. What they throw then is logged.
 */
public interface MetricsReporter extends Reconfigurable, AutoCloseable {

  /**
   * The client is being built.
   *
   * @param metrics those that it has
   */
  void init(List<KafkaMetric> metrics);

  /**
   * There is one metric more.
   *
   * @param metric the new one, or another one in place of one of the same name
   */
  void metricChange(KafkaMetric metric);

  /**
   * There is one metric less.
   *
   * @param metric the one that is gone
   */
  void metricRemoval(KafkaMetric metric);

  /** The client is closed. */
  @Override
  void close();

  @Override
  default Set<String> reconfigurableConfigs() {
    return Set.of();
  }

  @Override
  default void validateReconfiguration(Map<String, ?> configs) throws ConfigException {}

  @Override
  default void reconfigure(Map<String, ?> configs) {}

  /**
   * Tells of the client whose metrics these are.
   *
   * @param metricsContext labels to be added to what is reported
   */
  default void contextChange(MetricsContext metricsContext) {}
}

package io.millstream.common.metrics;

import io.millstream.common.Metric;
import io.millstream.common.MetricName;
import java.util.function.Supplier;

/** A metric of a client, or one of the application that a client pushes to the cluster. */
public final class KafkaMetric implements Metric {

  private final MetricName metricName;
  private final Supplier<?> value;

  private KafkaMetric(MetricName metricName, Supplier<?> value) {
    this.metricName = metricName;
    this.value = value;
  }

  /**
   * Makes a metric.
   *
   * @param metricName its name
   * @param value asked for each time it is read, perhaps by several threads at once
   * @return the metric
   */
  public static KafkaMetric of(MetricName metricName, Supplier<?> value) {
    return new KafkaMetric(metricName, value);
  }

  @Override
  public MetricName metricName() {
    return metricName;
  }

  @Override
  public Object metricValue() {
    return value.get();
  }

  @Override
  public String toString() {
    return "KafkaMetric [metricName=" + metricName + "]";
  }
}

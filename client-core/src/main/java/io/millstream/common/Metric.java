package io.millstream.common;

/** A figure that a client measures. */
public interface Metric {

  /** Returns the name. */
  MetricName metricName();

  /** Returns the value at this moment: a number for what is measured, else any object. */
  Object metricValue();
}

package io.millstream.metrics;

import io.millstream.common.MetricName;
import io.millstream.common.metrics.KafkaMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The metrics of one group with the same tags, which come and go together. */
public final class MetricGroup {

  private final ClientMetrics client;
  private final String group;
  private final Map<String, String> tags;
  private final List<KafkaMetric> metrics = new ArrayList<>();

  MetricGroup(ClientMetrics client, String group, Map<String, String> tags) {
    this.client = client;
    this.group = group;
    this.tags = tags;
  }

  /**
   * Adds {@code …-rate} and {@code …-total} of a new cell.
   *
   * @param name what stands before
   * @param what is counted, as a plural that begins a sentence
   */
  public Counter counter(String name, String what) {
    Counter counter = new Counter(client.windows());
    add(name + "-rate", what + " per second", counter::rate);
    add(name + "-total", what + ", in all", counter::total);
    return counter;
  }

  /**
   * Adds {@code …-avg} and {@code …-max} of a new cell.
   *
   * @param name what stands before
   * @param what is measured, to end a sentence
   */
  public Measured measured(String name, String what) {
    Measured measured = mean(name + "-avg", what);
    add(name + "-max", "Largest " + what, measured::largest);
    return measured;
  }

  /**
   * Adds the mean of a new cell.
   *
   * @param name the whole name
   * @param what is measured, to end a sentence
   */
  public Measured mean(String name, String what) {
    Measured measured = new Measured(client.windows());
    add(name, "Mean " + what, measured::mean);
    return measured;
  }

  /**
   * Adds a metric whose value is asked for when it is read.
   *
   * @param name the whole name
   * @param description a sentence without its end
   * @param value may be asked from any thread, at any time
   */
  public void add(String name, String description, Supplier<?> value) {
    KafkaMetric metric = KafkaMetric.of(new MetricName(name, group, description, tags), value);
    metrics.add(metric);
    client.add(metric);
  }

  /** Takes all of them back. */
  public void remove() {
    metrics.forEach(client::remove);
    metrics.clear();
  }
}

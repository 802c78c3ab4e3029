package io.millstream.metrics;

import io.millstream.common.MetricName;
import io.millstream.common.metrics.KafkaMetric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The metrics of one group with the same tags, which come and go together. They are named by one
 * thread at a time; {@link #remove} is for the owner of the cells.
 */
public final class MetricGroup {

  private final ClientMetrics client;
  private final String group;
  private final Map<String, String> moreTags;
  private final Named named;
  private final List<KafkaMetric> metrics = new ArrayList<>();
  private Map<String, String> tags = Map.of();
  private volatile boolean removed;

  MetricGroup(ClientMetrics client, String group, Map<String, String> moreTags, Named named) {
    this.client = client;
    this.group = group;
    this.moreTags = moreTags;
    this.named = named;
  }

  /**
   * Adds {@code …-rate} and {@code …-total}.
   *
   * @param name what stands before
   * @param what is counted, as a plural that begins a sentence
   * @param counter has it
   */
  public void counter(String name, String what, Counter counter) {
    add(name + "-rate", what + " per second", counter::rate);
    add(name + "-total", what + ", in all", counter::total);
  }

  /**
   * Adds {@code …-avg} and {@code …-max}.
   *
   * @param name what stands before
   * @param what is measured, to end a sentence
   * @param measured has it
   */
  public void measured(String name, String what, Measured measured) {
    mean(name + "-avg", what, measured);
    add(name + "-max", "Largest " + what, measured::largest);
  }

  /**
   * Adds a mean.
   *
   * @param name the whole name
   * @param what is measured, to end a sentence
   * @param measured has it
   */
  public void mean(String name, String what, Measured measured) {
    add(name, "Mean " + what, measured::mean);
  }

  /**
   * Adds a metric whose value is asked for when it is read.
   *
   * @param name the whole name
   * @param description a sentence without its end
   * @param value may be asked from any thread, at any time
   */
  public void add(String name, String description, Supplier<?> value) {
    metrics.add(KafkaMetric.of(new MetricName(name, group, description, tags), value));
  }

  /** Takes all of them back. */
  public void remove() {
    removed = true;
    client.removed(this);
  }

  /** Brings the metrics of the client up to date with this group; one thread at a time. */
  void settle() {
    if (removed) {
      metrics.forEach(client::remove);
      metrics.clear();
    } else if (metrics.isEmpty()) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("client-id", client.clientId());
      all.putAll(moreTags);
      tags = all;
      named.nameIn(this);
      metrics.forEach(client::add);
    }
  }
}

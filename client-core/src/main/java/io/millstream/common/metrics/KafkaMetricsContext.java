package io.millstream.common.metrics;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The labels of a client: its kind, and what its settings add by {@code metrics.context.…}. */
public class KafkaMetricsContext implements MetricsContext {

  private final Map<String, String> contextLabels = new HashMap<>();

  /**
   * Creates a context without further labels.
   *
   * @param namespace the kind of the client
   */
  public KafkaMetricsContext(String namespace) {
    this(namespace, Map.of());
  }

  /**
   * Creates a context.
   *
   * @param namespace the kind of the client
   * @param contextLabels further labels; values become texts, and null is left out
   */
  public KafkaMetricsContext(String namespace, Map<String, ?> contextLabels) {
    this.contextLabels.put(NAMESPACE, namespace);
    contextLabels.forEach(
        (label, value) -> {
          if (value != null) {
            this.contextLabels.put(label, value.toString());
          }
        });
  }

  @Override
  public Map<String, String> contextLabels() {
    return Collections.unmodifiableMap(contextLabels);
  }
}

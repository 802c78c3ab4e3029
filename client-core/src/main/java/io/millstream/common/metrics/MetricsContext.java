package io.millstream.common.metrics;

import java.util.Map;

/** What a client tells its reporters about itself, to be added to what they report (KIP-606). */
public interface MetricsContext {

  /** The label under which the kind of the client is found, such as {@code kafka.producer}. */
  String NAMESPACE = "_namespace";

  /** {@return all labels} */
  Map<String, String> contextLabels();
}

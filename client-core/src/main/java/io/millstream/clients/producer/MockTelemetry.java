package io.millstream.clients.producer;

import io.millstream.common.Uuid;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.metrics.KafkaMetric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a mock pushes of its metrics, which is nothing. Used under its lock. */
final class MockTelemetry {

  private final List<KafkaMetric> metrics = new ArrayList<>();
  private boolean disabled;
  private int timeouts;
  private @Nullable Uuid instanceId;

  void disable() {
    disabled = true;
  }

  void injectTimeouts(int count) {
    timeouts = count;
  }

  void setInstanceId(@Nullable Uuid id) {
    instanceId = id;
  }

  Uuid instanceId() {
    if (disabled) {
      throw new IllegalStateException("The test has disabled telemetry");
    }
    if (instanceId == null) {
      throw new UnsupportedOperationException("The test has not set the client instance id");
    }
    if (timeouts != 0) {
      timeouts = Math.max(timeouts - 1, -1);
      throw new TimeoutException("The test asked for a time-out");
    }
    return instanceId;
  }

  void add(KafkaMetric metric) {
    metrics.add(metric);
  }

  void remove(KafkaMetric metric) {
    metrics.remove(metric);
  }

  List<KafkaMetric> metrics() {
    return new ArrayList<>(metrics);
  }
}

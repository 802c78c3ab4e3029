package io.millstream.produce;

import io.millstream.metrics.ClientMetrics;
import io.millstream.metrics.Counter;
import io.millstream.metrics.Measured;
import io.millstream.metrics.MetricGroup;
import io.millstream.metrics.MetricsSettings;
import io.millstream.metrics.Named;
import io.millstream.metrics.Windows;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a producer counts of one topic, within changes. Owned by the event loop. */
final class TopicMetrics implements Named {

  private final Counter sends;
  private final Counter bytes;
  private final Counter retries;
  private final Counter errors;
  private final Measured compression;
  private final @Nullable BatchMetrics batches;
  private @Nullable MetricGroup group;

  TopicMetrics(ClientMetrics client) {
    Windows windows = client.windows();
    sends = new Counter(windows);
    bytes = new Counter(windows);
    retries = new Counter(windows);
    errors = new Counter(windows);
    compression = new Measured(windows);
    batches = client.measures(MetricsSettings.Level.DEBUG) ? BatchMetrics.of(windows) : null;
  }

  void showIn(ClientMetrics client, String topic) {
    group = client.showOwn("topic", Map.of("topic", topic), this);
  }

  @Override
  public void nameIn(MetricGroup named) {
    named.counter("record-send", "Records sent to the topic, those sent again included", sends);
    named.counter("byte", "Bytes of batches sent to the topic", bytes);
    named.counter("record-retry", "Records of the topic that came back to be sent again", retries);
    named.counter("record-error", "Records of the topic that failed", errors);
    named.mean("compression-rate", "size of a batch on the wire to before", compression);
    if (batches != null) {
      batches.nameIn(named);
    }
  }

  void sent(int records, int wireBytes, double ratio, double queueMillis) {
    sends.add(records);
    bytes.add(wireBytes);
    compression.add(ratio);
    if (batches != null) {
      batches.sent(wireBytes, queueMillis);
    }
  }

  void retried(int records) {
    retries.add(records);
  }

  void failed(int records) {
    errors.add(records);
  }

  void remove() {
    if (group != null) {
      group.remove();
    }
  }
}

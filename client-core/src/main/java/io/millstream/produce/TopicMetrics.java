package io.millstream.produce;

import io.millstream.metrics.ClientMetrics;
import io.millstream.metrics.Counter;
import io.millstream.metrics.Measured;
import io.millstream.metrics.MetricGroup;
import io.millstream.metrics.MetricsSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a producer counts of one topic, within changes. Owned by the event loop. */
final class TopicMetrics {

  private final MetricGroup group;
  private final Counter sends;
  private final Counter bytes;
  private final Counter retries;
  private final Counter errors;
  private final Measured compression;
  private final @Nullable BatchMetrics batches;

  TopicMetrics(ClientMetrics client, String topic) {
    group = client.ownGroup("topic-metrics", Map.of("topic", topic));
    sends = group.counter("record-send", "Records sent to the topic, those sent again included");
    bytes = group.counter("byte", "Bytes of batches sent to the topic");
    retries = group.counter("record-retry", "Records of the topic that came back to be sent again");
    errors = group.counter("record-error", "Records of the topic that failed");
    compression = group.mean("compression-rate", "size of a batch on the wire to before");
    batches = client.measures(MetricsSettings.Level.DEBUG) ? BatchMetrics.forTopic(group) : null;
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
    group.remove();
  }
}

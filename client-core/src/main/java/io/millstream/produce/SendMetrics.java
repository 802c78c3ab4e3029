package io.millstream.produce;

import io.millstream.cluster.ClusterView;
import io.millstream.metrics.ClientMetrics;
import io.millstream.metrics.Counter;
import io.millstream.metrics.Measured;
import io.millstream.metrics.MetricGroup;
import io.millstream.metrics.Named;
import io.millstream.metrics.NodeMetrics;
import io.millstream.metrics.Windows;
import io.millstream.network.BrokerAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a producer counts of its batches: once for each batch that leaves, comes back or fails, and
 * for each answer. Owned by the event loop.
 */
final class SendMetrics implements Named {

  private static final double NANOS_PER_MILLI = 1e6;

  private final ClientMetrics client;
  private final Windows windows;
  private final Counter sends;
  private final Counter retries;
  private final Counter splits;
  private final Counter errors;
  private final Measured batchBytes;
  private final Measured compression;
  private final Measured queueMillis;
  private final Measured recordBytes;
  private final Measured recordsPerRequest;
  private final Measured latencyMillis;
  private final Measured throttleMillis;
  private final Map<String, TopicMetrics> topics = new HashMap<>();

  SendMetrics(ClientMetrics client) {
    this.client = client;
    this.windows = client.windows();
    sends = new Counter(windows);
    retries = new Counter(windows);
    splits = new Counter(windows);
    errors = new Counter(windows);
    batchBytes = new Measured(windows);
    compression = new Measured(windows);
    queueMillis = new Measured(windows);
    recordBytes = new Measured(windows);
    recordsPerRequest = new Measured(windows);
    latencyMillis = new Measured(windows);
    throttleMillis = new Measured(windows);
    client.showOwn("", Map.of(), this);
  }

  @Override
  public void nameIn(MetricGroup group) {
    group.counter("record-send", "Records sent, those sent again included", sends);
    group.counter("record-retry", "Records that came back to be sent again", retries);
    group.counter("batch-split", "Batches that a broker found too large", splits);
    group.add(
        "metadata-age",
        "Age of what is known of the cluster, in seconds",
        client::metadataAgeSeconds);
    group.measured("batch-size", "size of a batch on the wire, in bytes", batchBytes);
    group.mean("compression-rate-avg", "size of a batch on the wire to before", compression);
    group.measured("record-queue-time", "age of a batch that leaves, in milliseconds", queueMillis);
    group.measured("record-size", "size of a record in its batch, in bytes", recordBytes);
    group.mean("records-per-request-avg", "number of records in a request", recordsPerRequest);
    group.measured(
        "request-latency",
        "time from a request with records to its answer, in milliseconds",
        latencyMillis);
    group.measured(
        "produce-throttle-time",
        "time for which a broker throttled, in milliseconds",
        throttleMillis);
  }

  /** Returns the records that failed after they were taken; it has no name of its own. */
  Counter errors() {
    return errors;
  }

  /** Batches leave together. */
  void sent(List<ProducerBatch> batches, long nowNanos) {
    // First what may take memory or tell others.
    batches.forEach(batch -> topic(batch.partition().topic()));
    long records = 0;
    windows.begin();
    for (ProducerBatch batch : batches) {
      int count = batch.recordCount();
      int bytes = batch.writer().wireBytes();
      double ratio = (double) bytes / batch.writer().rawBytes();
      records += count;
      batchBytes.add(bytes);
      compression.add(ratio);
      double queued = (nowNanos - batch.createdNanos()) / NANOS_PER_MILLI;
      queueMillis.add(queued);
      recordBytes.add(batch.bytesOfRecords(), count, batch.largestRecord());
      topic(batch.partition().topic()).sent(count, bytes, ratio, queued);
    }
    sends.add(records);
    recordsPerRequest.add(records);
    windows.end();
  }

  /** A request with records was answered. */
  void answered(BrokerAddress broker, long sentNanos, int throttledMillis) {
    double latency = (windows.nowNanos() - sentNanos) / NANOS_PER_MILLI;
    NodeMetrics node = client.network().node(broker.id());
    windows.begin();
    latencyMillis.add(Math.max(0, latency));
    throttleMillis.add(throttledMillis);
    if (node != null) {
      node.latency(Math.max(0, latency));
    }
    windows.end();
  }

  /** A batch came back, to be sent again. */
  void retried(ProducerBatch batch) {
    TopicMetrics topic = topics.get(batch.partition().topic());
    int count = batch.recordCount();
    windows.begin();
    retries.add(count);
    if (topic != null) {
      topic.retried(count);
    }
    windows.end();
  }

  /** A batch was found too large. */
  void split() {
    windows.begin();
    splits.add(1);
    windows.end();
  }

  /** Records that were taken have failed. */
  void failed(String topicName, int count) {
    TopicMetrics topic = topics.get(topicName);
    windows.begin();
    errors.add(count);
    if (topic != null) {
      topic.failed(count);
    }
    windows.end();
  }

  private TopicMetrics topic(String name) {
    @Nullable TopicMetrics topic = topics.get(name);
    if (topic == null) {
      topic = new TopicMetrics(client);
      topics.put(name, topic);
      topic.showIn(client, name);
    }
    return topic;
  }

  /** Drops the topics that a view does not have. */
  void keepTopicsOf(ClusterView view) {
    topics
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = view.topic(entry.getKey()) == null;
              if (gone) {
                entry.getValue().remove();
              }
              return gone;
            });
  }
}

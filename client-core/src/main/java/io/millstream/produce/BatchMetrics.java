package io.millstream.produce;

import io.millstream.metrics.Counter;
import io.millstream.metrics.Measured;
import io.millstream.metrics.MetricGroup;
import io.millstream.metrics.Windows;

/**
 * What is counted of batches for a topic on request, besides what Kafka's own client counts. Owned
 * by the event loop.
 *
 * @param sends how many left
 * @param bytes how large they were
 * @param queueMillis how old they were
 */
record BatchMetrics(Counter sends, Measured bytes, Measured queueMillis) {

  static BatchMetrics of(Windows windows) {
    return new BatchMetrics(new Counter(windows), new Measured(windows), new Measured(windows));
  }

  void nameIn(MetricGroup group) {
    group.counter("batch-send", "Batches sent to the topic, those sent again included", sends);
    group.measured("batch-size", "size of a batch of the topic on the wire, in bytes", bytes);
    group.measured(
        "record-queue-time",
        "age of a batch of the topic that leaves, in milliseconds",
        queueMillis);
  }

  void sent(int wireBytes, double millis) {
    sends.add(1);
    bytes.add(wireBytes);
    queueMillis.add(millis);
  }
}

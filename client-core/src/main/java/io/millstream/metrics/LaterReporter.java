package io.millstream.metrics;

import io.millstream.common.metrics.KafkaMetric;
import io.millstream.common.metrics.MetricsContext;
import io.millstream.common.metrics.MetricsReporter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before a reporter that takes its time: from {@link #init} on it is told on helper threads,
 * one event after the other and in order; before, nothing reaches it. Whoever closes it closes the
 * reporter itself, which then takes no notice of what comes later. Any thread may use it.
 */
final class LaterReporter implements MetricsReporter {

  private static final Logger LOG = LoggerFactory.getLogger(LaterReporter.class);

  private final MetricsReporter reporter;
  private final Executor helpers;
  private final ConcurrentLinkedQueue<Runnable> events = new ConcurrentLinkedQueue<>();
  private final ReentrantLock telling = new ReentrantLock();
  private volatile boolean begun;

  LaterReporter(MetricsReporter reporter, Executor helpers) {
    this.reporter = reporter;
    this.helpers = helpers;
  }

  private void note(Runnable event) {
    if (begun) {
      events.add(event);
      tellSoon();
    }
  }

  private void tellSoon() {
    try {
      helpers.execute(this::tell);
    } catch (RejectedExecutionException ended) {
      LOG.debug("The client has ended, and its metrics with it");
    }
  }

  private void tell() {
    telling.lock();
    try {
      for (Runnable event = events.poll(); event != null; event = events.poll()) {
        guarded(event);
      }
    } finally {
      telling.unlock();
    }
  }

  private void guarded(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("{} failed to take note of metrics", reporter.getClass().getName(), e);
    }
  }

  @Override
  public void configure(Map<String, ?> configs) {
    reporter.configure(configs);
  }

  @Override
  public void contextChange(MetricsContext metricsContext) {
    reporter.contextChange(metricsContext);
  }

  @Override
  public void init(List<KafkaMetric> metrics) {
    begun = true;
    note(() -> reporter.init(metrics));
  }

  @Override
  public void metricChange(KafkaMetric metric) {
    note(() -> reporter.metricChange(metric));
  }

  @Override
  public void metricRemoval(KafkaMetric metric) {
    note(() -> reporter.metricRemoval(metric));
  }

  @Override
  public void close() {
    reporter.close();
  }
}

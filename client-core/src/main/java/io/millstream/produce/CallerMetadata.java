package io.millstream.produce;

import io.millstream.cluster.ClusterView;
import io.millstream.cluster.Deadline;
import io.millstream.cluster.Metadata;
import io.millstream.cluster.PublicCluster;
import io.millstream.cluster.TopicListener;
import io.millstream.cluster.TopicView;
import io.millstream.common.Cluster;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The cluster as callers see it: they wait here for topics. Any thread may use it. */
public final class CallerMetadata {

  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop loop;
  private final Metadata metadata;
  private final CallerMetrics metrics;
  private volatile @Nullable Translated translated;

  /** A view in the types of the public API. */
  private record Translated(ClusterView view, Cluster cluster) {}

  private static final class Lookup implements TopicListener {
    private final Gate gate;
    private @Nullable RuntimeException exception;
    private volatile boolean done;

    private Lookup(Gate gate) {
      this.gate = gate;
    }

    @Override
    public void known(TopicView topic) {
      done = true;
      gate.open();
    }

    @Override
    public void unavailable(RuntimeException cause) {
      exception = cause;
      done = true;
      gate.open();
    }
  }

  CallerMetadata(EventLoop loop, Metadata metadata, CallerMetrics metrics) {
    this.loop = loop;
    this.metrics = metrics;
    this.metadata = metadata;
  }

  /**
   * Returns a cluster that has the partitions of a topic; waits for them where they are not known.
   *
   * @param topic its name
   * @param deadlineNanos when to give up waiting, {@link RecordProducer#NO_WAIT} for at once
   * @throws TimeoutException if they did not become known in time; inside a callback, where nothing
   *     waits, at once
   * @throws io.millstream.common.errors.ApiException if the cluster refuses the topic
   * @throws InterruptedException if the caller gets interrupted
   */
  public Cluster clusterWith(String topic, long deadlineNanos) throws InterruptedException {
    if (!known(topic)) {
      await(topic, deadlineNanos);
    }
    ClusterView view = metadata.view();
    Translated last = translated;
    if (last == null || last.view != view) {
      last = new Translated(view, PublicCluster.of(view));
      translated = last;
    }
    return last.cluster;
  }

  private boolean known(String topic) {
    TopicView view = metadata.view().topic(topic);
    return view != null && !view.partitions().isEmpty();
  }

  private void await(String topic, long deadlineNanos) throws InterruptedException {
    if (deadlineNanos == RecordProducer.NO_WAIT) {
      askFor(topic);
      throw new TimeoutException(
          "The partitions of topic %s are not known yet, and trySend() does not wait; they are asked for"
              .formatted(topic));
    }
    if (loop.inLoop()) {
      throw new TimeoutException(
          "The partitions of topic %s are not known yet, and inside a callback nothing waits"
              .formatted(topic));
    }
    metrics.during(CallerTime.METADATA, () -> lookUp(topic, deadlineNanos));
  }

  private void askFor(String topic) {
    try {
      loop.execute(
          () -> {
            metadata.want(topic);
            metadata.requestRefresh("trySend() needs topic " + topic);
          });
    } catch (RejectedExecutionException e) {
      throw new KafkaException("The client " + loop.name() + " has ended", e);
    }
  }

  private void lookUp(String topic, long deadlineNanos) throws InterruptedException {
    Lookup lookup = new Lookup(loop.environment().waiting().gate());
    try {
      loop.execute(() -> metadata.await(topic, new Deadline(deadlineNanos), lookup));
    } catch (RejectedExecutionException e) {
      throw new KafkaException("The client " + loop.name() + " has ended", e);
    }
    if (!lookup.gate.await(() -> lookup.done, deadlineNanos + GRACE_NANOS)) {
      throw new TimeoutException("The partitions of topic " + topic + " did not become known");
    }
    if (lookup.exception != null) {
      throw lookup.exception;
    }
  }
}

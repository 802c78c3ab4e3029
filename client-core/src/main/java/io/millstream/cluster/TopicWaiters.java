package io.millstream.cluster;

import io.millstream.common.errors.TimeoutException;
import io.millstream.network.EventLoop;
import io.millstream.network.Timer;
import io.millstream.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Those who wait for the partitions of topics. Owned by the event loop. */
final class TopicWaiters {

  private final EventLoop loop;
  private final UnaryOperator<String> difficulty;
  private final List<Waiter> waiters = new ArrayList<>();

  private static final class Waiter {
    private final String topic;
    private final TopicListener listener;
    private final long sinceNanos;
    private @Nullable Timer timer;

    private Waiter(String topic, TopicListener listener, long sinceNanos) {
      this.topic = topic;
      this.listener = listener;
      this.sinceNanos = sinceNanos;
    }
  }

  TopicWaiters(EventLoop loop, UnaryOperator<String> difficulty) {
    this.loop = loop;
    this.difficulty = difficulty;
  }

  boolean isEmpty() {
    return waiters.isEmpty();
  }

  void add(String topic, Deadline deadline, TopicListener listener) {
    Waiter waiter = new Waiter(topic, listener, loop.nanoTime());
    waiters.add(waiter);
    waiter.timer = loop.schedule(deadline.remainingNanos(loop.nanoTime()), () -> timedOut(waiter));
  }

  /** Answers those whose topic is known, or will not be. */
  void look(ClusterView view) {
    for (Waiter waiter : List.copyOf(waiters)) {
      TopicView topic = view.topic(waiter.topic);
      ErrorCode error = view.error(waiter.topic);
      if (topic != null && !topic.partitions().isEmpty()) {
        finish(waiter);
        waiter.listener.known(topic);
      } else if (error != ErrorCode.NONE && !error.retriable()) {
        finish(waiter);
        waiter.listener.unavailable(view.refusal(waiter.topic));
      }
    }
  }

  void failAll(RuntimeException exception) {
    for (Waiter waiter : List.copyOf(waiters)) {
      finish(waiter);
      waiter.listener.unavailable(exception);
    }
  }

  private void timedOut(Waiter waiter) {
    finish(waiter);
    long waitedMillis = (loop.nanoTime() - waiter.sinceNanos) / 1_000_000;
    waiter.listener.unavailable(
        new TimeoutException(
            "No metadata of topic %s after %d ms: %s"
                .formatted(waiter.topic, waitedMillis, difficulty.apply(waiter.topic))));
  }

  private void finish(Waiter waiter) {
    waiters.remove(waiter);
    if (waiter.timer != null) {
      waiter.timer.cancel();
    }
  }
}

package io.millstream.group;

import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.network.EventLoop;
import io.millstream.network.RepeatedLog;
import io.millstream.network.Timer;
import io.millstream.settings.ParsedSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits on a timer, before a rebalance and on closing what polls before the current one returned,
 * and nothing newer: a crash in the middle of a batch skips no record. Owned by the event loop.
 */
public final class AutoCommit {

  private static final Logger LOG = LoggerFactory.getLogger(AutoCommit.class);

  /** Of a group without members, offsets expire that are not committed for long. */
  private static final long RENEWAL_NANOS = TimeUnit.MINUTES.toNanos(10);

  /**
   * Whether and how often.
   *
   * @param enabled {@code enable.auto.commit}
   * @param intervalNanos {@code auto.commit.interval.ms}
   */
  public record Settings(boolean enabled, long intervalNanos) {

    /**
     * Takes it from a consumer's settings.
     *
     * @param settings of a consumer; without a {@code group.id} auto commit is off in them
     */
    public static Settings from(ParsedSettings settings) {
      return new Settings(
          settings.flag(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG),
          settings.nanos(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG));
    }
  }

  private final EventLoop loop;
  private final OffsetCommits commits;
  private final GroupSettings groupSettings;
  private final Settings settings;
  private final Supplier<Map<TopicPartition, OffsetAndMetadata>> snapshot;
  private final RepeatedLog log;
  private final Supplier<Generation> generation;

  /** What the group has, as far as nobody else can have committed since. */
  private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

  /** The generation and the number of commits to which {@link #committed} belongs. */
  private Generation committedIn = Generation.NONE;

  private long committedAs;
  private long committedNanos;
  private @Nullable Timer timer;
  private boolean underWay;

  AutoCommit(
      EventLoop loop,
      OffsetCommits commits,
      GroupSettings groupSettings,
      Settings settings,
      Supplier<Map<TopicPartition, OffsetAndMetadata>> snapshot,
      Supplier<Generation> generation) {
    this.loop = loop;
    this.commits = commits;
    this.groupSettings = groupSettings;
    this.settings = settings;
    this.snapshot = snapshot;
    this.generation = generation;
    this.log = new RepeatedLog(loop.environment().clock(), LOG);
  }

  /** Begins to commit on the timer; without effect where it has begun or auto commit is off. */
  void start() {
    loop.assertInLoop();
    if (settings.enabled && timer == null) {
      scheduleNext();
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void scheduleNext() {
    timer = loop.schedule(settings.intervalNanos, this::onTimer);
  }

  private void onTimer() {
    scheduleNext();
    if (!underWay) {
      underWay = true;
      long deadlineNanos = loop.nanoTime() + groupSettings.requestTimeoutNanos();
      commit(deadlineNanos, "on the timer", () -> underWay = false);
    }
  }

  /**
   * Commits before partitions are given up; {@code done} runs once, whether it succeeded or not.
   */
  void beforeRebalance(long deadlineNanos, Runnable done) {
    commitIfEnabled(deadlineNanos, "before a rebalance", done);
  }

  private void commitIfEnabled(long deadlineNanos, String when, Runnable done) {
    if (settings.enabled) {
      commit(deadlineNanos, when, done);
    } else {
      done.run();
    }
  }

  /**
   * Commits for the last time, and no more on the timer.
   *
   * @param deadlineNanos when to give up, on the loop's clock
   * @param done runs once, on the loop, whether it succeeded or not
   */
  public void onClose(long deadlineNanos, Runnable done) {
    loop.assertInLoop();
    stop();
    commitIfEnabled(deadlineNanos, "on closing", done);
  }

  /**
   * Commits what is about to be taken away without a rebalance, and does not wait for it.
   *
   * @param offsets what may be committed of it
   */
  void leaving(Map<TopicPartition, OffsetAndMetadata> offsets) {
    loop.assertInLoop();
    if (settings.enabled) {
      long deadlineNanos = loop.nanoTime() + groupSettings.requestTimeoutNanos();
      commit(offsets, deadlineNanos, "of partitions that are no longer read", () -> {});
    }
  }

  /** Others may have read, and committed, what the consumer reads from now on. */
  void forget() {
    loop.assertInLoop();
    committed.clear();
    committedAs = -1;
  }

  private void commit(long deadlineNanos, String when, Runnable done) {
    commit(snapshot.get(), deadlineNanos, when, done);
  }

  private void commit(
      Map<TopicPartition, OffsetAndMetadata> offsets,
      long deadlineNanos,
      String when,
      Runnable done) {
    Generation now = generation.get();
    boolean expiring = !now.isValid() && loop.nanoTime() - committedNanos >= RENEWAL_NANOS;
    if (commits.asked() != committedAs || !now.equals(committedIn) || expiring) {
      forget();
    }
    if (committed.entrySet().containsAll(offsets.entrySet())) {
      done.run();
      return;
    }
    long number = commits.asked() + 1;
    committedIn = now;
    committedAs = number;
    committedNanos = loop.nanoTime();
    commits.commit(
        offsets,
        deadlineNanos,
        failure -> {
          if (failure == null) {
            if (committedAs == number) {
              committed.putAll(offsets);
            }
            log.reset();
          } else {
            log.warn(
                "%s: auto commit %s of %s failed: %s"
                    .formatted(
                        groupSettings.identity().logName(), when, offsets, failure.getMessage()));
          }
          done.run();
        });
  }
}

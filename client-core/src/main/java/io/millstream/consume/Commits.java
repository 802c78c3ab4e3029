package io.millstream.consume;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.clients.consumer.OffsetCommitCallback;
import io.millstream.clients.consumer.RetriableCommitFailedException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.RetriableException;
import io.millstream.group.ConsumerGroup;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits that the user asks for, and what is committed. Any thread. */
public final class Commits {

  private static final Logger LOG = LoggerFactory.getLogger(Commits.class);

  private final PollPermit permit;
  private final CallerWait waits;
  private final Positions positions;
  private final PollQueue queue;
  private final ConsumerGroup group;

  Commits(
      PollPermit permit,
      CallerWait waits,
      Positions positions,
      PollQueue queue,
      ConsumerGroup group) {
    this.permit = permit;
    this.waits = waits;
    this.positions = positions;
    this.queue = queue;
    this.group = group;
  }

  /**
   * Commits and waits; runs callbacks of commits before.
   *
   * @param given null for the positions of all assigned partitions
   */
  public void sync(@Nullable Map<TopicPartition, OffsetAndMetadata> given, Duration timeout) {
    CallerWait.throwIfInterrupted("commitSync");
    group.metadata();
    long deadlineNanos = waits.deadlineNanos(timeout);
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(given, deadlineNanos);
    if (!offsets.isEmpty()) {
      Answer<Boolean> answer = new Answer<>(waits.gate());
      waits.onLoop(
          "commitSync",
          () ->
              group
                  .commits()
                  .commit(
                      offsets,
                      deadlineNanos,
                      failure -> {
                        if (failure == null) {
                          answer.complete(true);
                        } else {
                          answer.fail(failure);
                        }
                      }));
      waits.answer("commitSync", answer);
    }
    // A poll that runs in another thread runs them itself, and may be in a listener that waits for
    // this thread.
    permit.runIfFree(queue::runCallbacks);
  }

  /**
   * Commits without waiting.
   *
   * @param given null for the positions of all assigned partitions
   * @param callback null for none
   * @param timeout how long to try
   */
  public void async(
      @Nullable Map<TopicPartition, OffsetAndMetadata> given,
      @Nullable OffsetCommitCallback callback,
      Duration timeout) {
    group.metadata();
    permit.runIfFree(queue::runCallbacks);
    long deadlineNanos = waits.deadlineNanos(timeout);
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(given, deadlineNanos);
    if (offsets.isEmpty()) {
      finished(offsets, callback, null);
      return;
    }
    waits.onLoop(
        "commitAsync",
        () ->
            group
                .commits()
                .commit(offsets, deadlineNanos, failure -> finished(offsets, callback, failure)));
  }

  private void finished(
      Map<TopicPartition, OffsetAndMetadata> offsets,
      @Nullable OffsetCommitCallback callback,
      @Nullable RuntimeException failure) {
    if (callback == null) {
      if (failure != null) {
        LOG.warn(
            "{}: the asynchronous commit of {} failed: {}",
            waits.loop().name(),
            offsets,
            failure.getMessage());
      }
      return;
    }
    RuntimeException told =
        failure instanceof RetriableException
            ? new RetriableCommitFailedException(failure.getMessage(), failure)
            : failure;
    queue.callback(() -> callback.onComplete(offsets, told));
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(
      @Nullable Map<TopicPartition, OffsetAndMetadata> given, long deadlineNanos) {
    return given == null ? positions.toCommit(deadlineNanos) : new LinkedHashMap<>(given);
  }

  /** Asks for what the group has committed. */
  public Map<TopicPartition, @Nullable OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    CallerWait.throwIfInterrupted("committed");
    group.metadata();
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Set<TopicPartition> copy = new LinkedHashSet<>(partitions);
    long deadlineNanos = waits.deadlineNanos(timeout);
    Answer<Map<TopicPartition, @Nullable OffsetAndMetadata>> answer = new Answer<>(waits.gate());
    waits.onLoop(
        "committed",
        () ->
            group
                .commits()
                .committed(
                    copy,
                    deadlineNanos,
                    (offsets, failure) -> {
                      if (offsets != null) {
                        answer.complete(offsets);
                      } else if (failure != null) {
                        answer.fail(failure);
                      }
                    }));
    return waits.answer("committed", answer);
  }
}

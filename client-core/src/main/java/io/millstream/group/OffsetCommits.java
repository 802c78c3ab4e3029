package io.millstream.group;

import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.Purpose;
import io.millstream.network.Timer;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.OffsetCommitResponse;
import io.millstream.protocol.Reaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Commits of one group, in order, and its committed offsets. Owned by the event loop.
 *
 * <p>One request is under way at a time, so that an attempt that is made again never overtakes a
 * later commit; commits that wait meanwhile go together into the next one.
 */
public final class OffsetCommits {

  private final CoordinatorCalls calls;
  private final GroupSettings settings;
  private final GroupTopics topics;
  private final Membership membership;
  private final OffsetFetch offsetFetch;
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private final List<Pending> underWay = new ArrayList<>();
  private final List<Settlement> settlements = new ArrayList<>();
  private long asked;
  private CoordinatorCalls.Ongoing call = CoordinatorCalls.Ongoing.NONE;

  /** Somebody who waits until nothing is left to be committed. */
  private record Settlement(Runnable task, Timer deadline) {}

  private final class Pending {
    private final Map<TopicPartition, OffsetAndMetadata> offsets;
    private final Generation generation;
    private final Consumer<@Nullable RuntimeException> result;
    private final long startedNanos = calls.loop().nanoTime();
    private final Timer deadline;
    private boolean done;

    Pending(
        Map<TopicPartition, OffsetAndMetadata> offsets,
        Generation generation,
        long deadlineNanos,
        Consumer<@Nullable RuntimeException> result) {
      this.offsets = offsets;
      this.generation = generation;
      this.result = result;
      this.deadline =
          calls.loop().schedule(Math.max(0, deadlineNanos - startedNanos), () -> expired(this));
    }

    void finish(@Nullable RuntimeException failure) {
      if (!done) {
        done = true;
        deadline.cancel();
        result.accept(failure);
      }
    }
  }

  OffsetCommits(
      CoordinatorCalls calls, GroupSettings settings, GroupTopics topics, Membership membership) {
    this.calls = calls;
    this.settings = settings;
    this.topics = topics;
    this.membership = membership;
    this.offsetFetch = new OffsetFetch(calls, settings, topics);
    calls.loop().onEnd(cause -> clientEnded());
  }

  /**
   * Commits offsets, after all commits that were asked for before. What can be tried again is,
   * until the deadline.
   *
   * @param offsets by partition; the map is copied
   * @param deadlineNanos on the loop's clock
   * @param result gets null once all are committed, else why one is not; once, on the loop, perhaps
   *     within this call
   */
  public void commit(
      Map<TopicPartition, OffsetAndMetadata> offsets,
      long deadlineNanos,
      Consumer<@Nullable RuntimeException> result) {
    calls.loop().assertInLoop();
    asked++;
    Generation generation;
    try {
      generation = membership.generationToCommit();
    } catch (RuntimeException e) {
      // The membership says why in the exception that the caller is to see.
      result.accept(e);
      return;
    }
    waiting.add(new Pending(new LinkedHashMap<>(offsets), generation, deadlineNanos, result));
    sendNext();
  }

  /** Returns how many commits were asked for so far. */
  long asked() {
    return asked;
  }

  /**
   * Runs a task when no commit waits for an answer, or when the time is over.
   *
   * @param deadlineNanos on the loop's clock
   * @param task runs once, on the loop, perhaps within this call
   */
  void whenSettled(long deadlineNanos, Runnable task) {
    if (underWay.isEmpty() && waiting.isEmpty()) {
      task.run();
      return;
    }
    Timer deadline =
        calls
            .loop()
            .schedule(
                Math.max(0, deadlineNanos - calls.loop().nanoTime()),
                () -> {
                  settlements.removeIf(one -> one.task == task);
                  task.run();
                });
    settlements.add(new Settlement(task, deadline));
  }

  private void settle() {
    if (underWay.isEmpty() && waiting.isEmpty()) {
      List<Settlement> settled = List.copyOf(settlements);
      settlements.clear();
      settled.forEach(
          one -> {
            one.deadline.cancel();
            one.task.run();
          });
    }
  }

  /** Nothing is sent any more, but who asked is told. */
  private void clientEnded() {
    List<Pending> left = new ArrayList<>(underWay);
    left.addAll(waiting);
    call.cancel();
    underWay.clear();
    waiting.clear();
    left.forEach(
        pending ->
            pending.finish(
                new KafkaException(
                    "The consumer was closed before the commit of %s in group %s was answered; whether it took effect is not known"
                        .formatted(pending.offsets, settings.identity().groupId()))));
  }

  /**
   * Asks for committed offsets.
   *
   * @param partitions of any topics
   * @param deadlineNanos on the loop's clock
   * @param result gets the offsets, null where a partition has none, and no exception; or null and
   *     why not; once, on the loop
   */
  public void committed(
      Set<TopicPartition> partitions,
      long deadlineNanos,
      BiConsumer<
              @Nullable Map<TopicPartition, @Nullable OffsetAndMetadata>,
              @Nullable RuntimeException>
          result) {
    calls.loop().assertInLoop();
    offsetFetch.fetch(partitions, deadlineNanos, result);
  }

  private void sendNext() {
    if (!underWay.isEmpty() || waiting.isEmpty()) {
      return;
    }
    Generation generation = waiting.element().generation;
    CommitBatch batch = new CommitBatch(settings.identity(), generation, topics);
    while (!waiting.isEmpty() && waiting.element().generation.equals(generation)) {
      Pending pending = waiting.remove();
      batch.add(pending.offsets);
      underWay.add(pending);
    }
    call =
        calls.start(
            new CoordinatorCalls.Plan<>(
                Purpose.COORDINATOR,
                batch::request,
                (OffsetCommitResponse response) -> judge(batch, response),
                settings.requestTimeoutNanos(),
                CoordinatorCalls.NEVER),
            new CoordinatorCalls.Outcome<>() {
              @Override
              public void answered(OffsetCommitResponse response, ErrorCode error) {
                settled(batch, error);
              }

              @Override
              public void failed(RuntimeException cause) {
                finish(pending -> cause);
              }
            });
  }

  private ErrorCode judge(CommitBatch batch, OffsetCommitResponse response) {
    ErrorCode error = batch.judge(response);
    if (error.reactions().contains(Reaction.REFRESH_METADATA)) {
      topics.refresh("a commit was answered with " + error);
    }
    return error;
  }

  private void settled(CommitBatch batch, ErrorCode error) {
    if (error == ErrorCode.NONE) {
      finish(
          pending ->
              pending.offsets.keySet().stream()
                  .map(batch::failure)
                  .filter(failure -> failure != null)
                  .findFirst()
                  .orElse(null));
      return;
    }
    membership.commitRefused(batch.generation(), error);
    RuntimeException refusal = batch.refusal(error);
    finish(pending -> refusal);
  }

  private void finish(Function<Pending, @Nullable RuntimeException> outcome) {
    List<Pending> finished = List.copyOf(underWay);
    underWay.clear();
    call = CoordinatorCalls.Ongoing.NONE;
    sendNext();
    finished.forEach(pending -> pending.finish(outcome.apply(pending)));
    settle();
  }

  private void expired(Pending pending) {
    boolean queued = waiting.remove(pending);
    RuntimeException latest = call.latestFailure();
    pending.finish(
        new TimeoutException(
            "Committing %d offsets of group %s did not succeed within %d ms: %s"
                .formatted(
                    pending.offsets.size(),
                    settings.identity().groupId(),
                    TimeUnit.NANOSECONDS.toMillis(calls.loop().nanoTime() - pending.startedNanos),
                    latest != null
                        ? "the last attempt failed: " + latest.getMessage()
                        : queued ? "an earlier commit is still unanswered" : calls.obstacle()),
            latest));
    if (!underWay.isEmpty() && underWay.stream().allMatch(one -> one.done)) {
      call.cancel();
      underWay.clear();
      call = CoordinatorCalls.Ongoing.NONE;
      sendNext();
    }
    settle();
  }
}

package io.millstream.consume;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import io.millstream.clients.consumer.ConsumerRecords;
import io.millstream.cluster.ClusterClient;
import io.millstream.common.errors.InterruptException;
import io.millstream.common.errors.WakeupException;
import io.millstream.common.serialization.Deserializer;
import io.millstream.fetch.CommittedOffsets;
import io.millstream.fetch.FetchHandle;
import io.millstream.fetch.FetchedBatches;
import io.millstream.fetch.FetchedRecords;
import io.millstream.fetch.Fetcher;
import io.millstream.fetch.OffsetLookup;
import io.millstream.fetch.RecordTaker;
import io.millstream.group.ClassicGroup;
import io.millstream.group.ClusterTopics;
import io.millstream.group.ConsumerGroup;
import io.millstream.group.CoordinatorConnection;
import io.millstream.group.WithoutGroup;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A consumer: the parts put together, and poll. Any thread may call it; see {@link PollPermit} for
 * how calls meet.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class ConsumerEngine<K, V> {

  private final ConsumerSettings settings;
  private final EventLoop loop;
  private final CallerWait waits;
  private final PollPermit permit;
  private final PollQueue queue;
  private final Listening listening = new Listening();
  private final Assignment assignment;
  private final FetchedBatches buffer;
  private final FetchedRecords<K, V> records;
  private final RecordTaker<K, V> taker;
  private final ConsumerGroup group;
  private final RefusedTopics refused;
  private final Subscriptions subscriptions;
  private final Positions positions;
  private final Commits commits;
  private final Lookups lookups;
  private volatile boolean closing;

  /** The thread that was handed the latest records. Belongs to the holder of the permit. */
  private @Nullable Thread lastPoller;

  /**
   * Creates a consumer and starts its loop; nothing is connected before something is asked for.
   *
   * @param environment the world it lives in
   * @param settings what the configuration says
   * @param keys makes keys
   * @param values makes values
   */
  public ConsumerEngine(
      Environment environment,
      ConsumerSettings settings,
      Deserializer<K> keys,
      Deserializer<V> values) {
    this.settings = settings;
    ClusterClient client =
        ClusterClient.create(environment, settings.network(), settings.metadata());
    this.loop = client.loop();
    Gate gate = environment.waiting().gate();
    this.waits = new CallerWait(loop, gate);
    this.permit = new PollPermit(waits, Duration.ofNanos(settings.callNanos()));
    this.queue = new PollQueue(gate);
    this.buffer = new FetchedBatches(settings.fetch().sizes().maxBufferBytes(), gate);
    AssignmentLink link = new AssignmentLink();
    this.group = group(client, link);
    CommittedOffsets committed =
        settings.group() == null
            ? CommittedOffsets.NONE
            : (partitions, deadlineNanos, result) ->
                group.commits().committed(partitions, deadlineNanos, result);
    FetchHandle fetch =
        new FetchHandle(loop, new Fetcher(client, settings.fetch(), buffer, committed));
    this.assignment = new Assignment(fetch, buffer, listening);
    link.connect(assignment);
    this.taker = new RecordTaker<>(settings.fetch(), keys, values);
    this.records = new FetchedRecords<>(buffer, taker, assignment::find);
    GroupTopicChoice topics = new GroupTopicChoice(loop, client.metadata(), group);
    this.refused = new RefusedTopics(loop, client.metadata(), gate, topics::toBeRead);
    this.subscriptions = new Subscriptions(permit, waits, assignment, listening, queue, topics);
    this.positions =
        new Positions(
            permit,
            waits,
            assignment,
            new Positions.Source(fetch, buffer, records),
            refused,
            client.metadata()::difficulty);
    this.commits = new Commits(permit, waits, positions, queue, group);
    OffsetLookup lookup =
        new OffsetLookup(
            loop, client.connections(), client.metadata(), settings.fetch().isolation());
    this.lookups = new Lookups(waits, client, lookup);
    client.start();
  }

  private ConsumerGroup group(ClusterClient client, AssignmentLink link) {
    ConsumerSettings.Group wanted = settings.group();
    if (wanted == null) {
      return new WithoutGroup();
    }
    return new ClassicGroup(
        loop,
        new CoordinatorConnection(
            loop,
            client.router().coordinators(),
            client.connections(),
            wanted.settings().identity().groupId()),
        new ClusterTopics(loop, client.metadata()),
        wanted.settings(),
        wanted.autoCommit(),
        new ClassicGroup.Consumer(queue, link, wanted.assignors(), link::committable));
  }

  /** Returns what is subscribed to and assigned. */
  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Returns where the consumer stands. */
  public Positions positions() {
    return positions;
  }

  /** Returns commits. */
  public Commits commits() {
    return commits;
  }

  /** Returns questions about topics and offsets. */
  public Lookups lookups() {
    return lookups;
  }

  /** Returns what the consumer is in its group. */
  public ConsumerGroupMetadata groupMetadata() {
    return group.metadata();
  }

  /** Has the group divide its partitions anew in the next poll. */
  public void enforceRebalance(String reason) {
    group.metadata();
    waits.onLoop("enforceRebalance", () -> group.rejoin(reason));
  }

  /** Says whether the calling thread is within poll or close, as a listener is. */
  public boolean isWithinCall() {
    return permit.isHeldHere();
  }

  /** Ends the call that waits now, or the next one. */
  public void wakeup() {
    waits.wakeup();
  }

  /**
   * Returns the next records; see {@code Consumer.poll}.
   *
   * @param timeout how long to wait for them
   */
  public ConsumerRecords<K, V> poll(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("The time to poll is negative: " + timeout);
    }
    CallerWait.throwIfInterrupted("poll");
    long deadlineNanos = waits.deadlineNanos(timeout);
    permit.enterPoll();
    try {
      waits.throwIfWoken();
      subscriptions.requireAny();
      group.polling().working(loop.nanoTime());
      assignment.dealtWith();
      lastPoller = Thread.currentThread();
      return poll(deadlineNanos);
    } finally {
      group.polling().working(loop.nanoTime());
      permit.leavePoll();
    }
  }

  /** All stages of a poll, again and again until there is something or the time is over. */
  private ConsumerRecords<K, V> poll(long deadlineNanos) {
    while (true) {
      throwIfClosing();
      waits.throwIfEnded("poll");
      queue.runSteps();
      throwIfClosing();
      listening.throwFailure();
      queue.throwIfEnded();
      refused.throwUntold(subscriptions::toBeRead);
      queue.runCallbacks();
      throwIfClosing();
      permit.runHanded();
      if (!subscriptions.isAny()) {
        // A listener, a callback or another thread has unsubscribed: there is nothing to wait for.
        return ConsumerRecords.empty();
      }
      FetchedRecords.Poll<K, V> poll = records.take(settings.maxPollRecords());
      permit.runHanded();
      poll.withdraw(positions::go);
      if (!poll.isEmpty()) {
        return poll.records();
      }
      if (buffer.isStarving()) {
        positions.makeRoom();
      }
      group.polling().waiting();
      if (!waits.await("poll", this::somethingToDo, deadlineNanos)) {
        return ConsumerRecords.empty();
      }
      group.polling().working(loop.nanoTime());
    }
  }

  /** The consumer was closed by another thread, or by a listener or a callback within this poll. */
  private void throwIfClosing() {
    if (closing) {
      throw new WakeupException();
    }
  }

  private boolean somethingToDo() {
    return closing
        || buffer.hasArrived()
        || !queue.isEmpty()
        || refused.hasUntold()
        || permit.hasHanded()
        || (buffer.isStarving() && positions.canMakeRoom());
  }

  /**
   * Commits if auto commit is on, leaves the group, and ends everything. A poll that runs in
   * another thread, or that has called the listener which closes, ends with {@link
   * WakeupException}.
   *
   * @param timeout how long that may take
   * @throws InterruptException if the thread is interrupted; everything is ended all the same
   */
  public void close(Duration timeout) {
    closing = true;
    waits.wakeup();
    new Closing(waits, permit, timeout).run(this::leave, this::finish);
  }

  private void leave(Closing close) {
    Thread poller = lastPoller;
    // A thread that polled and lives on may be in the middle of its records while another closes.
    if (poller == null || poller == Thread.currentThread() || !poller.isAlive()) {
      assignment.dealtWith();
    } else {
      positions.besidePoller();
    }
    close.stage(group::commitOnClose);
    subscriptions.close();
    close.stage(group::close);
    close.part(queue::runAllCallbacks);
    close.part(listening::throwFailure);
  }

  private void finish() {
    taker.close();
    // The end of the loop has settled the commits that were not answered in time.
    queue.runAllCallbacks();
  }
}

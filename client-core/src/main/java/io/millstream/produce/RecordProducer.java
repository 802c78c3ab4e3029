package io.millstream.produce;

import io.millstream.clients.producer.Callback;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.cluster.ClusterClient;
import io.millstream.common.KafkaException;
import io.millstream.common.header.Header;
import io.millstream.compression.Compression;
import io.millstream.metrics.Application;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.transaction.BatchScope;
import io.millstream.transaction.Identities;
import io.millstream.transaction.IdentitySource;
import io.millstream.transaction.TransactionHandle;
import io.millstream.transaction.TransactionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a producer: takes serialized records from any thread, and has the event loop
 * deliver them. Built by the thread that creates the client.
 */
public final class RecordProducer {

  /**
   * In place of a deadline: {@code max.block.ms} after the first wait begins, so that the clock is
   * read only by who waits.
   */
  public static final long FROM_FIRST_WAIT = RecordAccumulator.FROM_FIRST_WAIT;

  /** In place of a deadline: what would have to wait fails. */
  public static final long NO_WAIT = RecordAccumulator.NO_WAIT;

  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final EventLoop loop;
  private final ProduceSettings settings;
  private final Compression compression;
  private final BufferMemory memory;
  private final BatchCompressor compressor;
  private final Announcements announcements;
  private final RecordAccumulator accumulator;
  private final TopicArrivals arrivals;
  private final Sender sender;
  private final BatchOutcomes outcomes;
  private final QueueWeights weights;
  private final CallerMetrics callerMetrics;
  private final CallerMetadata callerMetadata;
  private final @Nullable TransactionHandle transactions;
  private final BatchScope scope;
  private final List<Flush> flushes = new ArrayList<>();
  private boolean closing;
  private boolean abandoned;

  /**
   * Builds the engine around a client that is not started yet.
   *
   * @param client loop, connections and metadata
   * @param settings how to gather and deliver
   */
  public RecordProducer(ClusterClient client, ProduceSettings settings) {
    this(client, settings, null);
  }

  /**
   * Builds the engine around a client that is not started yet.
   *
   * @param client loop, connections and metadata
   * @param settings how to gather and deliver
   * @param transactionSettings how transactions run, null for none
   */
  public RecordProducer(
      ClusterClient client,
      ProduceSettings settings,
      @Nullable TransactionSettings transactionSettings) {
    this.loop = client.loop();
    this.settings = settings;
    this.compression = Compression.of(settings.codec(), settings.compressionLevel());
    this.memory =
        new BufferMemory(settings.buffering().memoryBytes(), loop.environment().waiting());
    this.compressor =
        new BatchCompressor(
            loop.name(), compression, memory.beyondLimit(), loop.environment().helpers());
    this.announcements = new Announcements(loop, this::look);
    ProduceLink link = new ClusterLink(client, settings.patience().requestNanos());
    LargeBatches largeBatches =
        new LargeBatches(
            loop, memory.beyondLimit(), BatchSizes.of(settings), compressor, announcements::nudge);
    this.transactions =
        transactionSettings == null
            ? null
            : new TransactionHandle(client, transactionSettings, this::lookAtAll);
    this.scope = transactions == null ? BatchScope.NONE : transactions.scope();
    this.outcomes =
        new BatchOutcomes(loop, settings, link, largeBatches, announcements::nudge, scope);
    new Application(loop.environment().clock().wallMillis()).showIn(loop.metrics());
    SendMetrics metrics = outcomes.callbacks().metrics();
    this.callerMetrics =
        new CallerMetrics(loop.metrics(), loop.environment().clock(), metrics.errors(), memory);
    this.accumulator =
        new RecordAccumulator(loop, settings, memory, compressor, announcements, callerMetrics);
    Identities identities = identities(client);
    this.sender = new Sender(loop, settings, link, identities, compressor, outcomes);
    RecordPlacing placing =
        new RecordPlacing(
            settings.choosing().ignoreKeys(), memory, compressor, outcomes.callbacks(), scope);
    this.arrivals =
        new TopicArrivals(
            loop, client.metadata(), accumulator, placing, outcomes, settings.choosing().rack());
    this.weights = new QueueWeights(loop, settings, link, accumulator, sender, announcements);
    this.callerMetadata = new CallerMetadata(loop, client.metadata(), callerMetrics);
    client
        .metadata()
        .onChange(
            (previous, next) -> {
              metrics.keepTopicsOf(next);
              sender.leadersMayHaveMoved();
              weights.lookSoon();
              announcements.nudge();
            });
    loop.onEnd(this::ended);
  }

  private Identities identities(ClusterClient client) {
    if (transactions != null) {
      return transactions.identities();
    }
    return settings.delivery().idempotent()
        ? new IdentitySource(loop, client.router(), this::lookAtAll, this::refused)
        : Identities.NONE;
  }

  /** Returns the transactions, null for a producer without {@code transactional.id}. */
  public @Nullable TransactionHandle transactions() {
    return transactions;
  }

  /** Returns the cluster as callers see it. */
  public CallerMetadata metadata() {
    return callerMetadata;
  }

  /** Returns what is counted on the threads of callers. */
  public CallerMetrics metrics() {
    return callerMetrics;
  }

  /** Returns when a call that begins now gives up waiting. */
  public long deadlineNanos() {
    return loop.nanoTime() + settings.buffering().maxBlockNanos();
  }

  /**
   * Refuses callers of a closed producer.
   *
   * @throws IllegalStateException if it is closed
   */
  public void requireOpen() {
    announcements.requireOpen();
  }

  /**
   * Takes a record over; waits for memory where there is none, but not inside a callback.
   *
   * @param topic its topic
   * @param partition its partition; negative to have it chosen
   * @param timestampMillis its timestamp
   * @param key its key, or null
   * @param value its value, or null
   * @param headers its headers
   * @param callback told of the end on the loop, null for none
   * @param deadlineNanos when to give up waiting, {@link #FROM_FIRST_WAIT} or {@link #NO_WAIT}
   * @return ends when the record was sent or failed
   * @throws io.millstream.common.errors.ApiException if the record cannot be taken
   * @throws IllegalStateException if the producer is closed
   * @throws InterruptedException if the caller gets interrupted
   */
  public Future<RecordMetadata> send(
      String topic,
      int partition,
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Header[] headers,
      @Nullable Callback callback,
      long deadlineNanos)
      throws InterruptedException {
    return accumulator.append(
        topic, partition, timestampMillis, key, value, headers, callback, deadlineNanos);
  }

  /**
   * Waits until all is sent or failed that was taken over before.
   *
   * @throws IllegalStateException inside a callback, or if the producer is closed
   * @throws InterruptedException if the caller gets interrupted; what waits is sent all the same
   */
  public void flush() throws InterruptedException {
    if (loop.inLoop()) {
      throw new IllegalStateException(
          "flush() inside a callback would wait for itself: callbacks run on the thread that sends."
              + " Call it from another thread");
    }
    announcements.requireOpen();
    Flush flush = new Flush(loop.environment().waiting().gate());
    try {
      loop.execute(() -> begin(flush));
    } catch (RejectedExecutionException ended) {
      // All that was pending has ended with the loop.
      return;
    }
    callerMetrics.during(CallerTime.FLUSH, () -> flush.await(Gate.NEVER));
  }

  private void begin(Flush flush) {
    takeAnnounced();
    sender.active().forEach(lane -> lane.all().forEach(batch -> batch.addFlush(flush)));
    accumulator.topics().forEach(topic -> topic.addFlush(flush));
    flushes.add(flush);
    flush.oneIsDone();
    look();
  }

  /**
   * Closes the producer: takes nothing more, sends what waits, ends the loop. Inside a callback it
   * does not wait.
   *
   * @param timeoutNanos how long to go on sending; zero gives up at once
   * @return whether the loop has ended
   * @throws InterruptedException if the caller gets interrupted; all that waits is given up then
   */
  public boolean close(long timeoutNanos) throws InterruptedException {
    long begin = loop.nanoTime();
    announcements.close("The producer " + loop.name() + " is closed");
    memory.close();
    try {
      loop.execute(() -> beginClose(timeoutNanos));
    } catch (RejectedExecutionException ended) {
      return true;
    }
    if (loop.inLoop()) {
      return false;
    }
    try {
      long patience = Math.min(timeoutNanos, Long.MAX_VALUE / 4) + GRACE_NANOS;
      return loop.awaitEnd(begin + patience);
    } catch (InterruptedException e) {
      try {
        loop.execute(
            () -> abandon(new KafkaException("the closing of the producer was interrupted")));
      } catch (RejectedExecutionException ended) {
        // It has ended meanwhile.
      }
      throw e;
    }
  }

  private void beginClose(long timeoutNanos) {
    closing = true;
    takeLast();
    KafkaException reason =
        new KafkaException(
            timeoutNanos <= 0
                ? "the producer was closed without waiting for what was not sent"
                : "the producer was closed, and the time-out of close() was over");
    if (timeoutNanos <= 0) {
      abandon(reason);
    } else {
      loop.schedule(timeoutNanos, () -> abandon(reason));
      if (transactions != null) {
        transactions.close();
      }
      look();
    }
  }

  /** Says whether the caller is a callback of this producer, which must not wait. */
  public boolean inCallback() {
    return loop.inLoop();
  }

  private void look() {
    if (abandoned) {
      return;
    }
    takeAnnounced();
    flushes.removeIf(Flush::done);
    RuntimeException ending = scope.ending();
    if (ending != null) {
      arrivals.abandon(ending);
      sender.refuse(ending);
    }
    sender.look(closing || !flushes.isEmpty() || memory.awaited() || scope.isEnding());
    weights.look();
    boolean nothingLeft = sender.isEmpty() && arrivals.isEmpty();
    scope.looked(nothingLeft);
    if (closing && nothingLeft && (transactions == null || transactions.isSettled())) {
      finish();
    }
  }

  private void takeAnnounced() {
    TopicQueue topic = announcements.nextTopic();
    while (topic != null) {
      arrivals.take(topic);
      topic = announcements.nextTopic();
    }
    PartitionQueue queue = announcements.nextPartition();
    while (queue != null) {
      sender.take(queue);
      queue = announcements.nextPartition();
    }
  }

  private void lookAtAll() {
    sender.lookAtAllLanes();
    announcements.nudge();
  }

  /** Fails all that is not in flight; the producer goes on. */
  private void refused(RuntimeException exception) {
    takeAnnounced();
    sender.refuse(exception);
    announcements.nudge();
  }

  /**
   * Takes over what callers have appended to the end. Who appends under a lock that is taken here
   * comes first; those after are refused, since the producer is closed before.
   */
  private void takeLast() {
    for (TopicQueue topic : accumulator.topics()) {
      topic.lowerIfEmpty();
      KnownPartitions known = topic.known();
      if (known != null) {
        for (PartitionQueue queue : known.queues()) {
          queue.sealOpen();
          compressor.compressSealed(queue);
        }
      }
    }
    takeAnnounced();
  }

  private void abandon(RuntimeException reason) {
    if (abandoned) {
      return;
    }
    takeLast();
    abandoned = true;
    failAll(reason);
    finish();
  }

  private void failAll(RuntimeException reason) {
    for (PartitionLane lane : List.copyOf(sender.active())) {
      for (ProducerBatch batch : lane.all()) {
        KafkaException exception =
            new KafkaException(
                outcomes.texts().abandoned(batch, String.valueOf(reason.getMessage())));
        batch.fail(index -> exception, outcomes.callbacks());
      }
    }
    arrivals.abandon(reason);
  }

  private void finish() {
    abandoned = true;
    flushes.forEach(Flush::finish);
    compression.close();
    loop.shutdown();
  }

  private void ended(@Nullable Throwable cause) {
    if (cause != null) {
      outcomes.callbacks().loopDies();
      announcements.close(
          "The producer %s is unusable, since its event loop died of %s; create another one"
              .formatted(loop.name(), cause));
      memory.close();
      KafkaException reason =
          new KafkaException("the event loop of the producer died of " + cause, cause);
      if (abandoned) {
        // It died of a callback while it failed what waited.
        failAll(reason);
        finish();
      } else {
        abandon(reason);
      }
    }
  }
}

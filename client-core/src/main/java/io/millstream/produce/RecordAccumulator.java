package io.millstream.produce;

import io.millstream.clients.producer.BufferExhaustedException;
import io.millstream.clients.producer.Callback;
import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.network.Durations;
import io.millstream.network.EventLoop;
import io.millstream.record.RecordBatchWriter;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Where callers of {@code send} leave their records: finds the partition, waits for memory where
 * none is free, and compresses the batch that was filled. Any thread may append.
 */
final class RecordAccumulator {

  /** In place of a deadline, so that the clock is read only by who waits. */
  static final long FROM_FIRST_WAIT = Long.MIN_VALUE;

  /** In place of a deadline: what would have to wait fails. */
  static final long NO_WAIT = Long.MIN_VALUE + 1;

  private final EventLoop loop;
  private final ProduceSettings settings;
  private final BufferMemory memory;
  private final BatchSizes sizes;
  private final BatchCompressor compressor;
  private final Announcements announcements;
  private final CallerMetrics metrics;
  private final RecordLimits limits;
  private final ConcurrentHashMap<String, TopicQueue> topics = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<TopicQueue> topicsInOrder = new ConcurrentLinkedQueue<>();

  RecordAccumulator(
      EventLoop loop,
      ProduceSettings settings,
      BufferMemory memory,
      BatchCompressor compressor,
      Announcements announcements,
      CallerMetrics metrics) {
    this.loop = loop;
    this.settings = settings;
    this.memory = memory;
    this.sizes = BatchSizes.of(settings);
    this.compressor = compressor;
    this.announcements = announcements;
    this.metrics = metrics;
    this.limits =
        new RecordLimits(settings.delivery().maxRequestBytes(), settings.buffering().memoryBytes());
  }

  /** Returns all topics that were sent to, in that order. */
  Iterable<TopicQueue> topics() {
    return topicsInOrder;
  }

  PartitionQueue newQueue(TopicQueue topic, int partition) {
    return new PartitionQueue(
        new TopicPartition(topic.topic(), partition),
        new PartitionQueue.Shared(loop, memory, sizes, announcements),
        topic.ratio());
  }

  private TopicQueue topic(String name) {
    TopicQueue known = topics.get(name);
    return known == null ? topics.computeIfAbsent(name, this::newTopic) : known;
  }

  private TopicQueue newTopic(String name) {
    TopicQueue created =
        new TopicQueue(name, announcements, Math.max(1, settings.buffering().batchBytes()));
    topicsInOrder.add(created);
    return created;
  }

  /**
   * Appends a record; waits for memory if it has to, and never on the event loop.
   *
   * @param topicName its topic
   * @param partition its partition, {@link WaitingRecord#CHOOSE} to have it chosen by key or chance
   * @param timestampMillis its timestamp
   * @param key its key, or null
   * @param value its value, or null
   * @param headers its headers
   * @param callback told of the end, null for none
   * @param deadlineNanos when to give up waiting, {@link #FROM_FIRST_WAIT} for {@code max.block.ms}
   *     after the first wait begins, {@link #NO_WAIT} to fail instead
   * @throws io.millstream.common.errors.RecordTooLargeException if it can never be sent
   * @throws BufferExhaustedException if there was no memory in time
   * @throws IllegalStateException if the producer is closed
   * @throws InterruptedException if the caller gets interrupted
   */
  SendFuture append(
      String topicName,
      int partition,
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Header[] headers,
      @Nullable Callback callback,
      long deadlineNanos)
      throws InterruptedException {
    long deadline = deadlineNanos;
    int recordBytes = RecordBatchWriter.sizeOfRecord(key, value, headers);
    long neededBytes =
        Math.max(sizes.memoryFor(recordBytes), WaitingRecord.memoryBytes(recordBytes));
    limits.check(topicName, recordBytes, neededBytes);
    TopicQueue topic = topic(topicName);
    BufferMemory.Grant grant = null;
    WaitingRecord.Content content = null;
    boolean movesOn = true;
    try {
      while (true) {
        KnownPartitions known = topic.known();
        SendFuture future;
        if (known == null || partition >= known.count()) {
          if (content == null) {
            content =
                new WaitingRecord.Content(timestampMillis, key, value, headers, recordBytes).copy();
          }
          deadline = started(deadline);
          future = await(topic, partition, content, callback, grant, deadline);
          if (future == null && topic.covers(partition)) {
            continue;
          }
        } else if (partition >= 0 || (key != null && !settings.choosing().ignoreKeys())) {
          int chosen =
              partition >= 0 || key == null ? partition : KeyHash.partition(key, known.count());
          PartitionQueue queue = known.queue(chosen);
          future =
              tryAppend(
                  queue, timestampMillis, key, value, headers, callback, recordBytes, grant, false);
        } else {
          StickyPartition.Stay stay = topic.sticky().current(known);
          PartitionQueue queue = known.queue(stay.partition());
          movesOn &= known.hasChoice();
          future =
              tryAppend(
                  queue,
                  timestampMillis,
                  key,
                  value,
                  headers,
                  callback,
                  recordBytes,
                  grant,
                  movesOn);
          if (future != null) {
            topic.sticky().appended(stay, recordBytes, known);
          } else if (movesOn && !queue.takesMore()) {
            topic.sticky().leave(stay, known);
            movesOn = false;
            continue;
          }
        }
        if (future != null) {
          return future;
        }
        if (grant != null) {
          // Spent in part on a batch that could not grow: what is left may never suffice.
          memory.release(grant);
          grant = null;
        }
        deadline = started(deadline);
        long wanted = sizes.promiseBytes(neededBytes, memory.limitBytes());
        grant =
            deadlineNanos == NO_WAIT || loop.inLoop()
                ? memoryNow(topicName, wanted)
                : awaitMemory(topicName, wanted, deadline);
      }
    } finally {
      if (grant != null) {
        memory.release(grant);
      }
    }
  }

  private @Nullable SendFuture tryAppend(
      PartitionQueue queue,
      long timestampMillis,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Header[] headers,
      @Nullable Callback callback,
      int recordBytes,
      BufferMemory.@Nullable Grant grant,
      boolean movesOn) {
    SendFuture future = null;
    try {
      future =
          queue.tryAppend(
              timestampMillis, key, value, headers, callback, recordBytes, grant, movesOn);
      return future;
    } finally {
      // Also where a header of the application's own throws: the batch before may be sealed by
      // then.
      if (sizes.compressed() && (future == null || future.first())) {
        compressor.compressFilled(queue);
      }
    }
  }

  private @Nullable SendFuture await(
      TopicQueue topic,
      int partition,
      WaitingRecord.Content content,
      @Nullable Callback callback,
      BufferMemory.@Nullable Grant grant,
      long deadlineNanos) {
    long bytes = WaitingRecord.memoryBytes(content.recordBytes());
    boolean counted = grant == null ? memory.tryReserve(bytes) : memory.spend(grant, bytes);
    if (!counted) {
      return null;
    }
    boolean waits = false;
    try {
      WaitingRecord record =
          new WaitingRecord(
              loop,
              new TopicPartition(topic.topic(), partition),
              content,
              callback,
              span(deadlineNanos));
      waits = topic.await(record);
      return waits ? new SendFuture(record, 0) : null;
    } finally {
      if (!waits && grant != null) {
        memory.unspend(grant, bytes);
      } else if (!waits) {
        memory.release(bytes);
      }
    }
  }

  private long started(long deadlineNanos) {
    return deadlineNanos == FROM_FIRST_WAIT || deadlineNanos == NO_WAIT
        ? loop.nanoTime() + settings.buffering().maxBlockNanos()
        : deadlineNanos;
  }

  private WaitingRecord.Span span(long deadlineNanos) {
    long blockNanos = settings.buffering().maxBlockNanos();
    long since = deadlineNanos - blockNanos;
    return new WaitingRecord.Span(
        since, since + Math.min(blockNanos, settings.patience().deliveryNanos()));
  }

  private BufferMemory.Grant awaitMemory(String topic, long bytes, long deadlineNanos)
      throws InterruptedException {
    announcements.requireOpen();
    long begin = loop.nanoTime();
    BufferMemory.Grant grant;
    try {
      grant = memory.await(bytes, deadlineNanos, announcements::nudge);
    } finally {
      metrics.waitedSince(begin);
    }
    if (grant != null) {
      return grant;
    }
    announcements.requireOpen();
    throw exhausted(
        topic,
        bytes,
        "none came free within max.block.ms=%s. Raise buffer.memory, or send slower"
            .formatted(Durations.text(settings.buffering().maxBlockNanos())));
  }

  private BufferMemory.Grant memoryNow(String topic, long bytes) {
    announcements.requireOpen();
    BufferMemory.Grant grant = memory.tryGrant(bytes);
    if (grant != null) {
      return grant;
    }
    throw exhausted(
        topic,
        bytes,
        loop.inLoop() ? "inside a callback send() does not wait" : "trySend() does not wait");
  }

  private BufferExhaustedException exhausted(String topic, long bytes, String why) {
    return new BufferExhaustedException(
        "No memory for a record of topic %s: it needs %d bytes, and %d of buffer.memory=%d are taken by records that wait to be sent; %s"
            .formatted(topic, bytes, memory.takenBytes(), memory.limitBytes(), why));
  }
}

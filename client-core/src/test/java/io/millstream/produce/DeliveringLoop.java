package io.millstream.produce;

import io.millstream.clients.producer.Callback;
import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import io.millstream.network.Backoff;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.network.SystemEnvironment;
import io.millstream.transaction.BatchScope;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A loop that delivers at once what it is told of, and looks at nothing else; what it finds out of
 * order it notes. Callers append numbered records from several threads.
 */
final class DeliveringLoop implements AutoCloseable {

  private static final int PARTITIONS = 3;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final Header[] NO_HEADERS = {};

  final SystemEnvironment environment = new SystemEnvironment("test");
  final Gate gate = environment.waiting().gate();
  final AtomicInteger told = new AtomicInteger();
  final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
  final Announcements announcements;
  final BufferMemory memory;
  private final EventLoop loop = new EventLoop(environment, "test");
  private final CallbackRunner callbacks =
      new CallbackRunner("producer", environment.clock(), new SendMetrics(loop.metrics()));
  private final BatchCompressor compressor;
  private final RecordAccumulator accumulator;
  private final RecordPlacing placing;
  private final int[][] lastTold;
  private final long[] nextRecord = new long[PARTITIONS];
  private final int largestValueBytes;
  private int looksUntilKnown;

  /**
   * Starts a loop.
   *
   * @param largestValueBytes of the records that are appended; batches have room for a few
   * @param looksUntilKnown how often it lets records wait for their topic
   */
  DeliveringLoop(
      int threads, long memoryBytes, Codec codec, int largestValueBytes, int looksUntilKnown) {
    this.largestValueBytes = largestValueBytes;
    this.lastTold = new int[threads][PARTITIONS];
    this.looksUntilKnown = looksUntilKnown;
    ProduceSettings settings =
        new ProduceSettings(
            new ProduceSettings.Buffering(
                memoryBytes, 3 * largestValueBytes, new Linger(0, false), PATIENCE_NANOS),
            new ProduceSettings.Delivery((short) -1, true, 5, 1 << 20),
            new ProduceSettings.Patience(
                PATIENCE_NANOS, PATIENCE_NANOS, 1, new Backoff(1_000_000, 1_000_000)),
            codec,
            codec.defaultLevel(),
            ProduceSettings.Choosing.EVENLY);
    announcements = new Announcements(loop, this::look);
    memory = new BufferMemory(memoryBytes, environment.waiting());
    compressor =
        new BatchCompressor(
            "producer", Compression.of(codec), memory.beyondLimit(), environment.helpers());
    CallerMetrics metrics =
        new CallerMetrics(
            loop.metrics(), environment.clock(), callbacks.metrics().errors(), memory);
    accumulator = new RecordAccumulator(loop, settings, memory, compressor, announcements, metrics);
    placing = new RecordPlacing(false, memory, compressor, callbacks, BatchScope.NONE);
    loop.start();
  }

  long deadlineNanos() {
    return environment.clock().nanoTime() + PATIENCE_NANOS;
  }

  @Override
  public void close() {
    loop.shutdown();
  }

  private void look() {
    TopicQueue topic = announcements.nextTopic();
    while (topic != null) {
      take(topic);
      topic = announcements.nextTopic();
    }
    PartitionQueue queue = announcements.nextPartition();
    while (queue != null) {
      take(queue);
      queue = announcements.nextPartition();
    }
    gate.open();
  }

  /** Lets records wait for a while, then publishes the partitions. */
  private void take(TopicQueue topic) {
    if (looksUntilKnown-- > 0) {
      loop.schedule(100_000, () -> take(topic));
      return;
    }
    publish(topic);
    if (!topic.lowerIfEmpty()) {
      wrong.add("records wait for a topic that is known");
    }
  }

  /** Lets callers know the partitions. */
  void publish(TopicQueue topic) {
    PartitionQueue[] queues =
        IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> accumulator.newQueue(topic, partition))
            .toArray(PartitionQueue[]::new);
    placing.publish(topic, known(queues, PARTITIONS, 0, 1, 2));
  }

  private static KnownPartitions known(PartitionQueue[] queues, int count, int... available) {
    return new KnownPartitions(queues, count, available, available);
  }

  /** Returns the topic, once a record was appended. */
  TopicQueue topic() {
    return accumulator.topics().iterator().next();
  }

  void execute(Runnable task) {
    loop.execute(task);
  }

  private void take(PartitionQueue queue) {
    queue.lowerAnnouncement();
    queue.sealOpen();
    compressor.compressSealed(queue);
    ProducerBatch head = queue.head();
    while (head != null && head.state() == ProducerBatch.State.READY) {
      if (queue.removeHead() != head) {
        wrong.add("another head");
      }
      int partition = head.partition().partition();
      if (head.firstRecord() != nextRecord[partition]) {
        wrong.add("record %d comes after %d".formatted(head.firstRecord(), nextRecord[partition]));
      }
      nextRecord[partition] += head.recordCount();
      head.transition(ProducerBatch.State.IN_FLIGHT);
      head.succeed(0, -1, callbacks);
      head.writer().release();
      head = queue.head();
    }
  }

  private Callback callback(int thread, int number) {
    return (metadata, exception) -> {
      int last = lastTold[thread][metadata.partition()];
      if (exception != null || last >= number) {
        wrong.add("%d of thread %d after %d: %s".formatted(number, thread, last, exception));
      }
      lastTold[thread][metadata.partition()] = number;
      told.incrementAndGet();
    };
  }

  SendFuture append(int thread, int number) throws InterruptedException {
    byte[] value = "x".repeat(number % largestValueBytes).getBytes(StandardCharsets.US_ASCII);
    return accumulator.append(
        "topic",
        number % PARTITIONS,
        number,
        null,
        value,
        NO_HEADERS,
        callback(thread, number),
        deadlineNanos());
  }
}

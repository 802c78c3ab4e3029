package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import io.millstream.transaction.BatchScope;
import io.millstream.wire.ChunkSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecordPlacingTest {

  private static final String TOPIC = "topic";
  private static final Header[] NO_HEADERS = {};

  private final SystemEnvironment environment = new SystemEnvironment("test");
  private final EventLoop loop = new EventLoop(environment, "test");
  private final BufferMemory memory = new BufferMemory(1 << 20, environment.waiting());
  private final Announcements announcements = new Announcements(loop, () -> {});
  private final TopicQueue topic = new TopicQueue(TOPIC, announcements, 1_000);
  private final CallbackRunner callbacks =
      new CallbackRunner("producer", environment.clock(), new SendMetrics(loop.metrics()));
  private final BatchCompressor compressor =
      new BatchCompressor(
          "producer", Compression.of(Codec.LZ4), memory.beyondLimit(), Runnable::run);
  private final BatchScope scope = mock(BatchScope.class);
  private final RecordPlacing placing =
      new RecordPlacing(false, memory, compressor, callbacks, scope);
  private long sinceNanos = loop.nanoTime();
  private final Flush flush = new Flush(environment.waiting().gate());
  private final List<String> told = new ArrayList<>();
  private final PartitionQueue queue =
      new PartitionQueue(
          new TopicPartition(TOPIC, 0),
          new PartitionQueue.Shared(
              loop, memory, new BatchSizes(300, 300, 1_024, 1_024, 4_096, true), announcements),
          new CompressionRatio());

  /** A header of an application's own, whose value cannot be had. */
  private record Unreadable(Throwable thrown) implements Header {
    @Override
    public String key() {
      return "key";
    }

    @Override
    public byte[] value() {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    }
  }

  private SendFuture wait(String name, Header... headers) {
    return wait(0, name, headers);
  }

  private SendFuture wait(int partition, String name, Header... headers) {
    int recordBytes = 150;
    WaitingRecord record =
        new WaitingRecord(
            loop,
            new TopicPartition(TOPIC, partition),
            new WaitingRecord.Content(0, null, new byte[100], headers, recordBytes),
            (metadata, exception) ->
                told.add(exception == null ? name : name + " failed: " + exception.getMessage()),
            new WaitingRecord.Span(sinceNanos, Long.MAX_VALUE));
    assertThat(memory.tryReserve(WaitingRecord.memoryBytes(recordBytes))).isTrue();
    assertThat(topic.await(record)).isTrue();
    return new SendFuture(record, 0);
  }

  private void publish() {
    publish(0);
  }

  private void publish(int available) {
    topic.addFlush(flush);
    flush.oneIsDone();
    placing.publish(topic, known(new PartitionQueue[] {queue}, 1, available));
  }

  private static KnownPartitions known(PartitionQueue[] queues, int count, int... available) {
    return new KnownPartitions(queues, count, available, available);
  }

  private void deliver() {
    queue.sealOpen();
    compressor.compressSealed(queue);
    while (!queue.isEmpty()) {
      ProducerBatch batch = queue.removeHead();
      batch.transition(ProducerBatch.State.IN_FLIGHT);
      batch.succeed(0, -1, callbacks);
      batch.writer().release();
    }
  }

  @Test
  void recordThatCannotBeWrittenFailsAndThoseAroundItGoOn() {
    SendFuture first = wait("first", NO_HEADERS);
    SendFuture second = wait("second", new Unreadable(new IllegalStateException("unreadable")));
    SendFuture third = wait("third", NO_HEADERS);
    SendFuture fourth = wait("fourth", new Unreadable(new AssertionError("unreadable")));
    publish();
    assertThat(topic.known()).isNotNull();
    assertThat(second.isDone()).isTrue();
    assertThatThrownBy(second::get).hasMessageContaining("unreadable");
    assertThat(fourth.isDone()).isTrue();
    assertThat(first.isDone() || third.isDone() || flush.done()).isFalse();
    deliver();
    assertThat(told).hasSize(4);
    verify(scope, times(2).description("the transaction fails"))
        .failed(any(KafkaException.class), eq(false));
    assertThat(told.get(0)).startsWith("second failed").contains(TOPIC);
    assertThat(told.get(1)).startsWith("fourth failed");
    assertThat(told.subList(2, 4)).containsExactly("first", "third");
    assertThat(first.isDone() && third.isDone() && flush.done()).isTrue();
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void whereTheCodecCannotBeLoadedRecordsAreToldOnceAndSentUncompressed() {
    ChunkSource broken = mock(ChunkSource.class);
    when(broken.take(anyInt())).thenThrow(new UnsatisfiedLinkError("no native library"));
    RecordPlacing withoutCodec =
        new RecordPlacing(
            false,
            memory,
            new BatchCompressor("producer", Compression.of(Codec.LZ4), broken, Runnable::run),
            callbacks,
            scope);
    wait("first", NO_HEADERS);
    wait("second", NO_HEADERS);
    wait("third", NO_HEADERS);

    withoutCodec.publish(topic, known(new PartitionQueue[] {queue}, 1, 0));
    deliver();

    assertThat(told).containsExactly("first", "second", "third");
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void recordForWhichThereIsNoPartitionFailsAndThoseBehindItGoOn() {
    SendFuture first = wait(-1, "first", NO_HEADERS);
    SendFuture second = wait("second", NO_HEADERS);
    publish(7);
    assertThatThrownBy(first::get).hasMessageContaining(TOPIC);
    deliver();
    assertThat(second.isDone() && flush.done()).isTrue();
    assertThat(memory.takenBytes()).isZero();
  }

  @Test
  void recordsThatWaitBehindAFatalErrorAreStillThereToBeFailed() {
    SendFuture first = wait("first", NO_HEADERS);
    SendFuture second = wait("second", new Unreadable(new InternalError("fatal")));
    wait("third", NO_HEADERS);
    assertThatThrownBy(this::publish).isInstanceOf(InternalError.class);
    assertThat(second.isDone()).isFalse();
    placing.failUnplaced();
    assertThat(second.isDone()).isTrue();
    assertThat(told).hasSize(1);
    assertThat(topic.waitingRecords()).isEqualTo(1);
    deliver();
    assertThat(first.isDone()).isTrue();
    assertThat(told).hasSize(2);
  }

  @Test
  void ageOfABatchCountsFromTheSendOfItsOldestRecord() {
    long now = loop.nanoTime();
    sinceNanos = now - 2_000;
    wait("first", NO_HEADERS);
    sinceNanos = now - 1_000;
    wait("second", NO_HEADERS);
    publish();
    assertThat(queue.openSinceNanos()).isEqualTo(sinceNanos);
    assertThat(Objects.requireNonNull(queue.head()).createdNanos()).isEqualTo(now - 2_000);
  }

  @Test
  void batchThatIsSealedForARecordThatCannotBeWrittenGetsReady() {
    wait("first", NO_HEADERS);
    wait("second", NO_HEADERS);
    wait("third", new Unreadable(new IllegalStateException("unreadable")));
    publish();
    ProducerBatch head = Objects.requireNonNull(queue.head());
    assertThat(head.state()).isEqualTo(ProducerBatch.State.READY);
    assertThat(queue.claim()).isNull();
    deliver();
    assertThat(memory.takenBytes()).isZero();
  }
}

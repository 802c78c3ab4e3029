package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import org.junit.jupiter.api.Test;

/** Where the machine is out of memory for a moment, a record is taken over wholly or not at all. */
class ScarceMemoryTest {

  private static final TopicPartition PARTITION = new TopicPartition("topic", 0);
  private static final int RECORD_BYTES = 150;

  private final SystemEnvironment environment = new SystemEnvironment("test");
  private final EventLoop loop = new EventLoop(environment, "test");
  private final BufferMemory memory = new BufferMemory(1 << 20, environment.waiting());
  private final Announcements announcements = spy(new Announcements(loop, () -> {}));
  private final TopicQueue topic = new TopicQueue("topic", announcements, 1_000);
  private final PartitionQueue queue =
      new PartitionQueue(
          PARTITION,
          new PartitionQueue.Shared(
              loop, memory, new BatchSizes(300, 300, 1_024, 1_024, 4_096, false), announcements),
          new CompressionRatio());

  private void append() {
    queue.tryAppend(0, null, new byte[100], new Header[0], null, RECORD_BYTES, null, false);
  }

  private void await() {
    topic.await(
        new WaitingRecord(
            loop,
            PARTITION,
            new WaitingRecord.Content(0, null, null, new Header[0], RECORD_BYTES),
            null,
            new WaitingRecord.Span(0, 0)));
  }

  private void failToAnnounceOnce() {
    OutOfMemoryError error = new OutOfMemoryError("made by the test");
    doThrow(error).doCallRealMethod().when(announcements).announce(any(PartitionQueue.class));
    doThrow(error).doCallRealMethod().when(announcements).announce(any(TopicQueue.class));
  }

  @Test
  void recordThatCannotBeAnnouncedIsNotThere() {
    failToAnnounceOnce();
    assertThatThrownBy(this::append).isInstanceOf(OutOfMemoryError.class);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(memory.takenBytes()).isZero();
    append();
    assertThat(announcements.nextPartition()).isSameAs(queue);
  }

  @Test
  void batchThatCannotBeAnnouncedStaysOpenUntilTheNextRecord() {
    append();
    assertThat(announcements.nextPartition()).isSameAs(queue);
    queue.lowerAnnouncement();
    failToAnnounceOnce();
    assertThatThrownBy(this::append).isInstanceOf(OutOfMemoryError.class);
    assertThat(queue.head()).isNull();
    append();
    assertThat(queue.head()).isNotNull();
    assertThat(announcements.nextPartition()).isSameAs(queue);
  }

  @Test
  void recordOfAnUnknownTopicThatCannotBeAnnouncedIsNotThere() {
    failToAnnounceOnce();
    assertThatThrownBy(this::await).isInstanceOf(OutOfMemoryError.class);
    assertThat(topic.waitingRecords()).isZero();
    await();
    assertThat(announcements.nextTopic()).isSameAs(topic);
  }
}

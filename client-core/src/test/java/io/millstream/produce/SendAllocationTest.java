package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A send allocates the future that it returns, and nothing else but its place in the batch. */
class SendAllocationTest {

  private static final int RECORDS = 10_000;

  /** The future, and timestamp and sizes in arrays of the batch. */
  private static final int FUTURE_BYTES = 24;

  private static final int PLACE_BYTES = 16;

  /** The batch itself and what measuring takes. */
  private static final int ONCE_BYTES = 5_000;

  private static final Header[] NO_HEADERS = {};

  @Test
  void anAppendedRecordTakesItsFutureAndItsPlace() {
    SystemEnvironment environment = new SystemEnvironment("test");
    // Never started: the test is the loop.
    EventLoop loop = new EventLoop(environment, "test");
    BufferMemory memory = new BufferMemory(64 << 20, environment.waiting());
    Announcements announcements = new Announcements(loop, () -> {});
    BatchSizes sizes = new BatchSizes(16 << 20, 16 << 20, 2_048, 2_048, 65_536, false);
    PartitionQueue queue =
        new PartitionQueue(
            new TopicPartition("topic", 0),
            new PartitionQueue.Shared(loop, memory, sizes, announcements),
            new CompressionRatio());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] key = new byte[10];
    byte[] value = new byte[100];
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RECORDS; i++) {
        if (queue.tryAppend(i, key, value, NO_HEADERS, null, 140, null, false) == null) {
          throw new AssertionError("no memory");
        }
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      // As many records are expected of the next batch, so that its arrays need not grow.
      queue.sealOpen();
      queue.removeHead().writer().release();
    }
    long arrays = (RECORDS + RECORDS / 8) * (long) PLACE_BYTES;
    assertThat(least).isLessThan((long) RECORDS * FUTURE_BYTES + arrays + ONCE_BYTES);
  }
}

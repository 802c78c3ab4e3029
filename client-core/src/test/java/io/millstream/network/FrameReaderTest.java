package io.millstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How frames are put together, and what memory that takes. */
class FrameReaderTest {

  private static final int MAX_FRAME_BYTES = 100 * 1024 * 1024;
  private static final int READ_BYTES = 64 * 1024;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final FrameReader reader = new FrameReader();

  @Test
  void aLargeFrameIsWholeAndTakesLittleMoreMemoryThanItHasBytes() {
    byte[] body = new byte[6_000_000];
    new Random(1).nextBytes(body);
    ByteBuffer stream = ByteBuffer.allocate(Integer.BYTES + body.length);
    stream.putInt(body.length).put(body).flip();
    ByteBuffer frame = null;
    long before = threads.getCurrentThreadAllocatedBytes();
    while (frame == null) {
      int end = stream.limit();
      stream.limit(Math.min(end, stream.position() + READ_BYTES));
      frame = reader.next(stream, MAX_FRAME_BYTES);
      stream.limit(end);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(frame).isEqualTo(ByteBuffer.wrap(body));
    assertThat(allocated).isLessThan(body.length + body.length / 4L);
  }

  @Test
  void aSizeThatIsOnlyAnnouncedTakesNoMemory() {
    ByteBuffer stream = ByteBuffer.allocate(READ_BYTES).putInt(0, MAX_FRAME_BYTES);
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThat(reader.next(stream, MAX_FRAME_BYTES)).isNull();
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2 * READ_BYTES);
  }
}

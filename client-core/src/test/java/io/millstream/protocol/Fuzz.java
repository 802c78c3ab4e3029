package io.millstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millstream.wire.MalformedFrameException;
import io.millstream.wire.WireReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Reads what may be bad, and measures what that costs. */
final class Fuzz {

  /**
   * Bytes of heap per byte of frame: the worst is an array of strings of one character, two bytes
   * on the wire, which become a String (24), its bytes (24) and two references while it is built.
   */
  private static final int HEAP_BYTES_PER_FRAME_BYTE = 64;

  /** For exceptions with their stack traces, and for what a thread allocates by and by. */
  private static final int HEAP_BYTES_BESIDE = 32 * 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Fuzz() {}

  /**
   * Returns whether a frame could be read; fails where anything but a {@link
   * MalformedFrameException} is raised, or too much was allocated.
   */
  static boolean tryRead(String what, byte[] frame, Consumer<WireReader> reader) {
    long allowed = (long) HEAP_BYTES_PER_FRAME_BYTE * frame.length + HEAP_BYTES_BESIDE;
    boolean read = false;
    long allocated = Long.MAX_VALUE;
    // Classes that are loaded on the way count too, but only once.
    for (int attempt = 0; attempt < 4 && allocated > allowed; attempt++) {
      WireReader in = new WireReader(ByteBuffer.wrap(frame));
      long before = THREADS.getCurrentThreadAllocatedBytes();
      try {
        reader.accept(in);
        read = true;
      } catch (MalformedFrameException e) {
        read = false;
      }
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    if (allocated > allowed) {
      assertThat(allocated)
          .as("%s, a frame of %d bytes", what, frame.length)
          .isLessThanOrEqualTo(allowed);
    }
    return read;
  }
}

package io.millstream.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * The requests of one connection that are still to be written, as few gathering writes as possible.
 * Owned by the event loop.
 */
final class FrameWriter {

  private static final int BUFFERS_PER_WRITE = 128;

  private final Written whenWritten;
  private final ArrayDeque<Frame> frames = new ArrayDeque<>();
  private final ByteBuffer[] gathered = new ByteBuffer[BUFFERS_PER_WRITE];

  /** Learns of what is written. */
  interface Written {

    /** A request is wholly written, with so many bytes. */
    void written(Call<?> call, long bytes);
  }

  /** The first buffer with something left is at {@code next}. */
  private static final class Frame {
    private final Call<?> call;
    private final ByteBuffer[] buffers;
    private final long bytes;
    private int next;
    private boolean offered;

    private Frame(Call<?> call, ByteBuffer[] buffers) {
      this.call = call;
      this.buffers = buffers;
      long sum = 0;
      for (ByteBuffer buffer : buffers) {
        sum += buffer.remaining();
      }
      this.bytes = sum;
    }

    /** Skips what is written and says whether that is everything. */
    private boolean advance() {
      while (next < buffers.length && !buffers[next].hasRemaining()) {
        next++;
      }
      return next == buffers.length;
    }
  }

  /**
   * Creates a writer without requests.
   *
   * @param whenWritten is told of each request that is wholly written, in order
   */
  FrameWriter(Written whenWritten) {
    this.whenWritten = whenWritten;
  }

  void add(Call<?> call, ByteBuffer[] buffers) {
    frames.add(new Frame(call, buffers));
  }

  int pending() {
    return frames.size();
  }

  /**
   * Writes as much as the channel takes.
   *
   * @return whether everything is written
   * @throws IOException if the connection is broken
   */
  boolean write(TransportChannel channel) throws IOException {
    while (!frames.isEmpty()) {
      int count = 0;
      long bytes = 0;
      for (Frame frame : frames) {
        if (count == BUFFERS_PER_WRITE) {
          break;
        }
        // Even if nothing is taken: after a failed write nobody knows what the broker got.
        frame.offered = true;
        for (int i = frame.next; i < frame.buffers.length && count < BUFFERS_PER_WRITE; i++) {
          gathered[count++] = frame.buffers[i];
          bytes += frame.buffers[i].remaining();
        }
      }
      long written;
      try {
        written = channel.write(gathered, 0, count);
      } finally {
        Arrays.fill(gathered, 0, count, null);
      }
      while (!frames.isEmpty() && frames.element().advance()) {
        Frame whole = frames.removeFirst();
        whenWritten.written(whole.call, whole.bytes);
      }
      if (written < bytes) {
        return false;
      }
    }
    return true;
  }

  /**
   * Gives up what is not written.
   *
   * @param offered gets the requests of which the broker may have got something
   * @param untouched gets the others
   */
  void abandon(List<Call<?>> offered, List<Call<?>> untouched) {
    for (Frame frame : frames) {
      (frame.offered ? offered : untouched).add(frame.call);
    }
    frames.clear();
  }
}

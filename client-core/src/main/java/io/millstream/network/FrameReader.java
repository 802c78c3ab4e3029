package io.millstream.network;

import io.millstream.wire.MalformedFrameException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of one connection into frames.
 *
 * <pre>
 *   int32   size of what follows
 *   size bytes
 * </pre>
 *
 * Memory for a frame grows with the bytes that have arrived, whatever its size field says: to at
 * most 128 times as many. Owned by the event loop.
 */
final class FrameReader {

  private static final int FIRST_BUFFER_BYTES = 64 * 1024;

  /** Doubling would take, and copy, twice the bytes of a large frame. */
  private static final long GROWTH = 128;

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final ByteBuffer sizeBytes = ByteBuffer.allocate(Integer.BYTES);
  private int size;
  private ByteBuffer body = NONE;
  private boolean first = true;

  /**
   * Takes bytes until a frame is whole.
   *
   * @param input what has arrived; taken up to the end of the frame
   * @param maxFrameBytes the largest size that is accepted
   * @return the frame without its size, in a heap buffer of its own; null if more bytes are needed
   * @throws MalformedFrameException if the size is not acceptable; the message begins in the middle
   *     of a sentence whose subject is the broker
   */
  @Nullable ByteBuffer next(ByteBuffer input, int maxFrameBytes) {
    if (sizeBytes.hasRemaining()) {
      transfer(input, sizeBytes);
      if (sizeBytes.hasRemaining()) {
        return null;
      }
      size = acceptable(sizeBytes.getInt(0), maxFrameBytes);
      body = ByteBuffer.allocate(Math.min(size, Math.max(input.remaining(), FIRST_BUFFER_BYTES)));
    }
    while (true) {
      transfer(input, body);
      if (body.position() == size) {
        ByteBuffer frame = body.flip();
        body = NONE;
        sizeBytes.clear();
        first = false;
        return frame;
      }
      if (body.hasRemaining()) {
        return null;
      }
      int larger = (int) Math.min(size, GROWTH * body.capacity());
      body = ByteBuffer.allocate(larger).put(body.flip());
    }
  }

  /** Says whether not even the size of the first frame has arrived. */
  boolean nothingYet() {
    return first && sizeBytes.hasRemaining();
  }

  private int acceptable(int claimed, int maxFrameBytes) {
    if (first) {
      String otherProtocol = FirstBytes.diagnose(claimed);
      if (otherProtocol != null) {
        throw new MalformedFrameException(otherProtocol);
      }
    }
    if (claimed < 0 || claimed > maxFrameBytes) {
      throw new MalformedFrameException(
          "announced an answer of %d bytes, where 0 to %d are accepted%s"
              .formatted(
                  claimed,
                  maxFrameBytes,
                  first
                      ? FirstBytes.PROBABLY
                      : "; a larger fetch.max.bytes raises what a consumer accepts"));
    }
    return claimed;
  }

  private static void transfer(ByteBuffer from, ByteBuffer to) {
    int length = Math.min(from.remaining(), to.remaining());
    to.put(to.position(), from, from.position(), length);
    to.position(to.position() + length);
    from.position(from.position() + length);
  }
}

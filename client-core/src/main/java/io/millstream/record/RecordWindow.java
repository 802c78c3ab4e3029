package io.millstream.record;

import io.millstream.compression.Codec;
import io.millstream.compression.DecompressedTooLargeException;
import io.millstream.compression.Decompression;
import io.millstream.wire.MalformedFrameException;
import java.nio.ByteBuffer;

/**
 * The bytes of a batch's records, as they are or decompressed bit by bit. What lies between
 * position and limit of its buffer comes next; the rest follows on demand. The buffer of
 * decompressed bytes is used again for each batch, doubles only when it is full, and becomes no
 * larger than a batch may.
 */
final class RecordWindow implements AutoCloseable {

  /** Leaves room for a block of lz4 behind the rest of the block before. */
  private static final int START_BYTES = 128 * 1024;

  private static final int MOST_KEPT_BYTES = 1024 * 1024;

  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Decompression decompression;
  private final long mostBytes;
  private byte[] decompressed = new byte[0];
  private ByteBuffer decompressedBuffer = ByteBuffer.wrap(decompressed);
  private ByteBuffer buffer = decompressedBuffer;
  private boolean more;

  RecordWindow(long maxDecompressedBytes) {
    decompression = new Decompression(maxDecompressedBytes);
    // One more, by which a batch is found to be too large.
    mostBytes = Math.min(LARGEST_ARRAY, Math.max(START_BYTES, maxDecompressedBytes) + 1);
  }

  /** Begins with bytes that are not compressed, between position and limit. */
  void open(ByteBuffer plain) {
    buffer = plain;
    more = false;
  }

  /** Begins with compressed bytes, between position and limit. */
  void open(Codec codec, ByteBuffer compressed, boolean magic0) {
    if (decompressed.length == 0 || decompressed.length > MOST_KEPT_BYTES) {
      replace(new byte[START_BYTES]);
    }
    buffer = decompressedBuffer;
    buffer.position(0).limit(0);
    more = true;
    if (magic0) {
      decompression.startOfMagic0(codec, compressed);
    } else {
      decompression.start(codec, compressed);
    }
  }

  private void replace(byte[] array) {
    decompressed = array;
    decompressedBuffer = ByteBuffer.wrap(array);
  }

  ByteBuffer buffer() {
    return buffer;
  }

  /**
   * Tries to have so many bytes between position and limit, which may move what lies there within
   * the buffer, or bring another buffer; says whether it could.
   */
  boolean has(int bytes) {
    return buffer.remaining() >= bytes || (more && fetch(bytes));
  }

  /**
   * The same of bytes that the batch claims to have next.
   *
   * @throws DecompressedTooLargeException if there may not be so many; no memory is taken then
   */
  boolean hasClaimed(int bytes) {
    int missing = bytes - buffer.remaining();
    if (missing > 0 && more) {
      decompression.checkBound(missing);
    }
    return has(bytes);
  }

  private boolean fetch(int bytes) {
    if (buffer.position() > 0) {
      buffer.compact().flip();
    }
    while (buffer.remaining() < bytes) {
      int filled = buffer.limit();
      if (filled == decompressed.length) {
        grow(filled);
      }
      int count = decompression.read(decompressed, filled, decompressed.length - filled);
      if (count < 0) {
        more = false;
        return false;
      }
      buffer.limit(filled + count);
    }
    return true;
  }

  private void grow(int filled) {
    int doubled = (int) Math.min(mostBytes, 2L * filled);
    if (doubled <= filled) {
      throw new MalformedFrameException("a record of more than " + filled + " bytes");
    }
    byte[] larger = new byte[doubled];
    System.arraycopy(decompressed, 0, larger, 0, filled);
    replace(larger);
    buffer = decompressedBuffer.limit(filled);
  }

  /** Has everything that is left between position and limit. */
  void takeAll() {
    while (has(buffer.remaining() + 1)) {
      // goes on until nothing more comes
    }
  }

  @Override
  public void close() {
    more = false;
    decompression.close();
  }
}

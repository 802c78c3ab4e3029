package io.millstream.compression;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses one input after the other, of any codec, and keeps what it needs for that. To be
 * used by one thread at a time. The memory it takes follows the bytes that are there, and never a
 * size that the input claims.
 */
public final class Decompression implements AutoCloseable {

  private final long maxOutputBytes;
  private final @Nullable Decompressor[] kept = new @Nullable Decompressor[Codec.values().length];
  private final @Nullable OutputBound[] bounds = new @Nullable OutputBound[Codec.values().length];
  private @Nullable Decompressor current;
  private @Nullable OutputBound currentBound;

  /**
   * Creates it; memory is taken when a codec is first met.
   *
   * @param maxOutputBytes how many bytes may come out of one input
   */
  public Decompression(long maxOutputBytes) {
    if (maxOutputBytes < 0) {
      throw new IllegalArgumentException("a bound of " + maxOutputBytes + " bytes");
    }
    this.maxOutputBytes = maxOutputBytes;
  }

  /**
   * Begins with new input; what is left of the last one is forgotten.
   *
   * @param codec how it is compressed
   * @param input what lies between position and limit; its position and order change, and nobody
   *     else may touch them until the next start
   * @throws CorruptCompressedDataException if the input begins wrongly
   */
  public void start(Codec codec, ByteBuffer input) {
    start(codec, input, false);
  }

  /**
   * Begins with new input that stood in a message set of magic 0, where lz4 frames have a header
   * checksum that is wrong; it is not looked at.
   *
   * @param codec how it is compressed
   * @param input as in {@link #start}
   * @throws CorruptCompressedDataException if the input begins wrongly
   */
  public void startOfMagic0(Codec codec, ByteBuffer input) {
    start(codec, input, true);
  }

  private void start(Codec codec, ByteBuffer input, boolean headerChecksumWrong) {
    current = null;
    int index = codec.id();
    Decompressor decompressor = kept[index];
    OutputBound bound = bounds[index];
    if (decompressor == null || bound == null) {
      decompressor = create(codec);
      bound = new OutputBound(codec, maxOutputBytes);
      kept[index] = decompressor;
      bounds[index] = bound;
    }
    bound.restart();
    if (decompressor instanceof Lz4Decompressor lz4) {
      lz4.ignoreHeaderChecksum(headerChecksumWrong);
    }
    decompressor.start(input, bound);
    current = decompressor;
    currentBound = bound;
  }

  /**
   * Gives some of what comes next.
   *
   * @param target where to put it
   * @param offset the first index to put it at
   * @param length how many bytes to put at most, more than 0
   * @return how many bytes were put, at least one, or -1 at the end
   * @throws CorruptCompressedDataException if the input is wrong, or cut off
   * @throws DecompressedTooLargeException if more bytes come out than allowed
   */
  public int read(byte[] target, int offset, int length) {
    Decompressor decompressor = current;
    OutputBound bound = currentBound;
    if (decompressor == null || bound == null) {
      throw new IllegalStateException("nothing was started");
    }
    int count = decompressor.read(target, offset, length);
    if (count > 0) {
      bound.count(count);
    }
    return count;
  }

  /**
   * Refuses what is announced to come out, before anything is done for it.
   *
   * @param bytes how many bytes more
   * @throws DecompressedTooLargeException if that is more than allowed
   */
  public void checkBound(long bytes) {
    if (currentBound != null) {
      currentBound.check(bytes);
    }
  }

  private static Decompressor create(Codec codec) {
    return switch (codec) {
      case NONE -> new PlainDecompressor();
      case GZIP -> new GzipDecompressor();
      case SNAPPY -> new SnappyDecompressor();
      case LZ4 -> new Lz4Decompressor();
      case ZSTD -> new ZstdDecompressor();
    };
  }

  /** Frees everything; it can be used no more. */
  @Override
  public void close() {
    current = null;
    for (int i = 0; i < kept.length; i++) {
      Decompressor decompressor = kept[i];
      if (decompressor != null) {
        decompressor.close();
        kept[i] = null;
      }
    }
  }
}

package io.millstream.compression;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A codec with its level, and the contexts it needs, which are kept and used again. Any thread may
 * use it, several at a time. Nothing here blocks.
 */
public final class Compression implements AutoCloseable {

  /** How many idle contexts are kept; the work is bound by processors, not by callers. */
  private static final int MOST_IDLE = Math.max(2, Runtime.getRuntime().availableProcessors());

  private final Codec codec;
  private final int level;
  private final ConcurrentLinkedDeque<Compressor> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger idleCount = new AtomicInteger();
  private volatile boolean closed;

  private Compression(Codec codec, int level) {
    this.codec = codec;
    this.level = level;
  }

  /**
   * A codec with its default level.
   *
   * @param codec the codec
   * @return to be closed by the caller
   */
  public static Compression of(Codec codec) {
    return of(codec, codec.defaultLevel());
  }

  /**
   * A codec with a level.
   *
   * @param codec the codec
   * @param level the level
   * @return to be closed by the caller
   * @throws IllegalArgumentException if the codec does not allow the level
   */
  public static Compression of(Codec codec, int level) {
    if (!codec.allowsLevel(level)) {
      throw new IllegalArgumentException(codec.codecName() + " has no level " + level);
    }
    return new Compression(codec, level);
  }

  /**
   * The codec.
   *
   * @return never null
   */
  public Codec codec() {
    return codec;
  }

  /**
   * The level.
   *
   * @return the level; 0 where the codec has none
   */
  public int level() {
    return level;
  }

  /**
   * Compresses everything that some buffers hold, as one whole.
   *
   * @param input direct or array-backed buffers; their positions move to their limits, or, where
   *     memory ran out, anywhere
   * @param output where the compressed bytes go
   * @return false where the output ran out of memory; what was written until then is worthless
   */
  public boolean compress(List<ByteBuffer> input, CompressedOutput output) {
    Compressor compressor = take();
    boolean complete;
    try {
      complete = compressor.compress(input, new OutputCursor(output));
    } catch (RuntimeException | Error e) {
      compressor.close();
      throw e;
    }
    giveBack(compressor);
    return complete;
  }

  /** Frees the idle contexts; those in use are freed when their use ends. */
  @Override
  public void close() {
    closed = true;
    freeIdle();
  }

  private Compressor take() {
    @Nullable Compressor kept = idle.pollFirst();
    if (kept != null) {
      idleCount.decrementAndGet();
      return kept;
    }
    return switch (codec) {
      case NONE -> new PlainCompressor();
      case GZIP -> new GzipCompressor(level);
      case SNAPPY -> new SnappyCompressor();
      case LZ4 -> new Lz4Compressor(level);
      case ZSTD -> new ZstdCompressor(level);
    };
  }

  private void giveBack(Compressor compressor) {
    if (closed || idleCount.get() >= MOST_IDLE) {
      compressor.close();
      return;
    }
    idle.addFirst(compressor);
    idleCount.incrementAndGet();
    if (closed) {
      // close() may have looked before this one was put back
      freeIdle();
    }
  }

  private void freeIdle() {
    for (Compressor kept = idle.pollFirst(); kept != null; kept = idle.pollFirst()) {
      idleCount.decrementAndGet();
      kept.close();
    }
  }
}

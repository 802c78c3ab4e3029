package io.millstream.compression;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/**
 * Reads any number of frames, with or without content size. The library's own bound of 128 MiB
 * holds for the window of a frame; it is memory of the system that is taken only as it fills.
 */
final class ZstdDecompressor implements Decompressor {

  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private ByteBuffer input = ByteBuffer.allocate(0);
  private ByteBuffer target = ByteBuffer.allocate(0);
  private boolean frameEnded = true;

  @Override
  public void start(ByteBuffer input, OutputBound bound) {
    this.input = input.isDirect() || input.hasArray() ? input : copy(input);
    context.reset();
    frameEnded = true;
  }

  private static ByteBuffer copy(ByteBuffer input) {
    return ByteBuffer.allocate(input.remaining()).put(input).flip();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (target.array() != bytes) {
      target = ByteBuffer.wrap(bytes);
    }
    target.limit(offset + length).position(offset);
    while (true) {
      if (frameEnded && !input.hasRemaining()) {
        return -1;
      }
      int consumedBefore = input.position();
      try {
        frameEnded = context.decompressByteBufferStream(target, input);
      } catch (ZstdException e) {
        throw new CorruptCompressedDataException("corrupt zstd data: " + e.getMessage(), e);
      }
      int count = target.position() - offset;
      if (count > 0) {
        return count;
      }
      if (!frameEnded && input.position() == consumedBefore) {
        throw new CorruptCompressedDataException("zstd data is cut off within a frame");
      }
    }
  }

  @Override
  public void close() {
    context.close();
  }
}

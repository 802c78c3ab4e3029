package io.millstream.compression;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes one frame with its content size. */
final class ZstdCompressor implements Compressor {

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private final int level;

  ZstdCompressor(int level) {
    this.level = level;
  }

  @Override
  public boolean compress(List<ByteBuffer> input, OutputCursor output) {
    long size = 0;
    for (ByteBuffer part : input) {
      size += part.remaining();
    }
    context.reset();
    context.setLevel(level);
    // the size lets both sides choose smaller windows
    context.setPledgedSrcSize(size);
    for (ByteBuffer part : input) {
      while (part.hasRemaining()) {
        ByteBuffer room = output.room();
        if (room == null) {
          return false;
        }
        context.compressByteBufferStream(room, part, EndDirective.CONTINUE);
      }
    }
    boolean finished = false;
    while (!finished) {
      ByteBuffer room = output.room();
      if (room == null) {
        return false;
      }
      finished = context.compressByteBufferStream(room, NOTHING.duplicate(), EndDirective.END);
    }
    return true;
  }

  @Override
  public void close() {
    context.close();
  }
}

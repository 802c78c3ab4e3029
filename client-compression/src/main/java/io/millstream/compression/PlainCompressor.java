package io.millstream.compression;

import java.nio.ByteBuffer;
import java.util.List;

/** Copies. */
final class PlainCompressor implements Compressor {

  @Override
  public boolean compress(List<ByteBuffer> input, OutputCursor output) {
    for (ByteBuffer part : input) {
      while (part.hasRemaining()) {
        ByteBuffer room = output.room();
        if (room == null) {
          return false;
        }
        int count = Math.min(part.remaining(), room.remaining());
        room.put(room.position(), part, part.position(), count);
        room.position(room.position() + count);
        part.position(part.position() + count);
      }
    }
    return true;
  }

  @Override
  public void close() {}
}

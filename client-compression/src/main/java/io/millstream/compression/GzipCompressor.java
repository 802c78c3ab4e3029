package io.millstream.compression;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes one gzip member, as of RFC 1952, with neither name nor time. */
final class GzipCompressor implements Compressor {

  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Deflater deflater;
  private final CRC32 checksum = new CRC32();
  private final ByteBuffer trailer =
      ByteBuffer.allocate(2 * Integer.BYTES).order(java.nio.ByteOrder.LITTLE_ENDIAN);

  GzipCompressor(int level) {
    deflater = new Deflater(level, true);
  }

  @Override
  public boolean compress(List<ByteBuffer> input, OutputCursor output) {
    deflater.reset();
    checksum.reset();
    if (!output.write(HEADER, 0, HEADER.length)) {
      return false;
    }
    long size = 0;
    for (ByteBuffer part : input) {
      size += part.remaining();
      checksum.update(part.duplicate());
      deflater.setInput(part);
      while (!deflater.needsInput()) {
        if (!deflate(output)) {
          return false;
        }
      }
    }
    deflater.setInput(NOTHING);
    deflater.finish();
    while (!deflater.finished()) {
      if (!deflate(output)) {
        return false;
      }
    }
    trailer.putInt(0, (int) checksum.getValue()).putInt(Integer.BYTES, (int) size);
    return output.write(trailer.array(), 0, trailer.capacity());
  }

  private boolean deflate(OutputCursor output) {
    ByteBuffer room = output.room();
    if (room == null) {
      return false;
    }
    deflater.deflate(room);
    return true;
  }

  @Override
  public void close() {
    deflater.end();
  }
}

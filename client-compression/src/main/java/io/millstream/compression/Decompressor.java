package io.millstream.compression;

import java.nio.ByteBuffer;

/** The reusable state of one codec for decompressing; used by one thread at a time. */
interface Decompressor extends AutoCloseable {

  /**
   * Begins with new input; the buffer is this object's until the next start.
   *
   * @throws CorruptCompressedDataException if the input begins wrongly
   */
  void start(ByteBuffer input, OutputBound bound);

  /**
   * Gives some of what comes next.
   *
   * @return how many bytes were put, at least one, or -1 at the end
   * @throws CorruptCompressedDataException if the input is wrong, or cut off
   */
  int read(byte[] target, int offset, int length);

  @Override
  void close();
}

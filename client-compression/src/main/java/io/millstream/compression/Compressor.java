package io.millstream.compression;

import java.nio.ByteBuffer;
import java.util.List;

/** The reusable state of one codec for compressing; used by one thread at a time. */
interface Compressor extends AutoCloseable {

  /** Compresses everything the buffers hold; says whether the output had room for all. */
  boolean compress(List<ByteBuffer> input, OutputCursor output);

  @Override
  void close();
}

package io.millstream.testing.fake;

import io.millstream.common.header.Header;
import io.millstream.record.RecordBatchWriter;
import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Makes batches of one record each. */
final class SingleRecord implements ChunkSource {

  private static final SingleRecord HEAP = new SingleRecord();
  private static final Header[] NO_HEADERS = {};

  private SingleRecord() {}

  static ByteBuffer batch(long timestampMillis, byte @Nullable [] key, byte @Nullable [] value) {
    int size =
        RecordBatchWriter.HEADER_BYTES + RecordBatchWriter.sizeOfRecord(key, value, NO_HEADERS);
    RecordBatchWriter writer = new RecordBatchWriter(HEAP, size, size);
    if (!writer.tryAppend(timestampMillis, key, value, NO_HEADERS)) {
      throw new IllegalStateException("Chunks of the heap do not run out");
    }
    writer.seal(-1, (short) -1, -1, false);
    return writer.buffers()[0];
  }

  @Override
  public ByteBuffer take(int leastBytes) {
    return ByteBuffer.allocate(leastBytes);
  }

  @Override
  public void giveBack(ByteBuffer chunk) {
    // The garbage collector has it.
  }
}

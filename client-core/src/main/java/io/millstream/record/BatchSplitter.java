package io.millstream.record;

import io.millstream.common.header.Header;
import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes several smaller batches of one that a broker found too large. The records keep their order
 * and their timestamps; who seals the batches gives them their sequences.
 */
public final class BatchSplitter {

  private final ChunkSource source;
  private final int growthBytes;
  private final int mostRawBytes;

  /**
   * Creates a splitter.
   *
   * @param source where the chunks of the new batches come from
   * @param growthBytes what each chunk holds at least
   * @param mostRawBytes how many bytes a new batch has at most, before it is compressed; only a
   *     batch of a single record may have more
   */
  public BatchSplitter(ChunkSource source, int growthBytes, int mostRawBytes) {
    this.source = source;
    this.growthBytes = growthBytes;
    this.mostRawBytes = mostRawBytes;
  }

  /**
   * Splits a sealed batch, compressed or not, which itself is left as it is.
   *
   * @param whole the batch
   * @return the new batches, neither compressed nor sealed, in order; empty where memory ran out
   */
  public List<RecordBatchWriter> split(RecordBatchWriter whole) {
    List<RecordBatchWriter> parts = new ArrayList<>();
    boolean complete = false;
    try (RecordBatchReader reader = new RecordBatchReader(Integer.MAX_VALUE, false)) {
      reader.reset(gather(whole));
      reader.nextBatch();
      complete = copy(reader, parts);
    } finally {
      if (!complete) {
        parts.forEach(RecordBatchWriter::release);
      }
    }
    return complete ? parts : List.of();
  }

  private boolean copy(RecordBatchReader reader, List<RecordBatchWriter> parts) {
    @Nullable RecordBatchWriter part = null;
    while (reader.nextRecord()) {
      byte[] key = reader.key();
      byte[] value = reader.value();
      Header[] headers = reader.headers();
      long after =
          part == null
              ? Long.MAX_VALUE
              : part.rawBytes() + (long) RecordBatchWriter.sizeOfRecord(key, value, headers);
      if (part == null || after > mostRawBytes) {
        part = new RecordBatchWriter(source, growthBytes, growthBytes);
        parts.add(part);
      }
      if (!part.tryAppend(reader.timestampMillis(), key, value, headers)) {
        return false;
      }
    }
    return true;
  }

  private static ByteBuffer gather(RecordBatchWriter whole) {
    ByteBuffer all = ByteBuffer.allocate(whole.wireBytes());
    for (ByteBuffer chunk : whole.buffers()) {
      all.put(chunk);
    }
    return all.flip();
  }
}

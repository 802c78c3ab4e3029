package io.millstream.record;

import io.millstream.compression.CompressedOutput;
import io.millstream.wire.ChunkSource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Bytes written into a row of chunks, which this object owns until they are released. The position
 * of each chunk is where its bytes end. Not thread-safe.
 */
final class ChunkedBytes implements CompressedOutput {

  private final ChunkSource source;
  private final int growthBytes;
  private @Nullable ByteBuffer[] chunks = new @Nullable ByteBuffer[4];
  private int count;

  /** The chunk that is written to; those behind it are empty. */
  private int writing = -1;

  ChunkedBytes(ChunkSource source, int growthBytes) {
    this.source = source;
    this.growthBytes = growthBytes;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The chunk that is written to; there must be one. */
  ByteBuffer current() {
    return chunk(writing);
  }

  /** The place of that chunk in the row. */
  int currentIndex() {
    return writing;
  }

  /** Takes back what was written behind a position; the room stays reserved. */
  void cutBack(int chunkIndex, int position) {
    for (int i = chunkIndex + 1; i <= writing; i++) {
      chunk(i).position(0);
    }
    writing = chunkIndex;
    chunk(chunkIndex).position(position);
  }

  ByteBuffer first() {
    return chunk(0);
  }

  private ByteBuffer chunk(int index) {
    ByteBuffer chunk = chunks[index];
    if (chunk == null) {
      throw new IllegalStateException("no chunk " + index + " of " + count);
    }
    return chunk;
  }

  /** Makes room for bytes, or changes nothing and says false. */
  boolean reserve(int bytes, int leastOfFirst) {
    int before = count;
    long room = writing < 0 ? 0 : current().remaining();
    while (room < bytes) {
      int least = count == 0 ? leastOfFirst : growthBytes;
      ByteBuffer chunk = source.take(least);
      if (chunk == null) {
        dropFrom(before);
        return false;
      }
      add(chunk);
      room += chunk.remaining();
    }
    if (writing < 0) {
      writing = 0;
    }
    return true;
  }

  private void add(ByteBuffer chunk) {
    if (count == chunks.length) {
      chunks = Arrays.copyOf(chunks, count * 2);
    }
    chunks[count++] = chunk;
  }

  private void dropFrom(int index) {
    for (int i = index; i < count; i++) {
      source.giveBack(chunk(i));
      chunks[i] = null;
    }
    count = index;
  }

  /** Writes a byte into the room that was reserved. */
  void put(byte next) {
    ByteBuffer chunk = current();
    while (!chunk.hasRemaining()) {
      writing++;
      chunk = current();
    }
    chunk.put(next);
  }

  /** Writes bytes into the room that was reserved. */
  void put(byte[] bytes) {
    int from = 0;
    while (from < bytes.length) {
      ByteBuffer chunk = current();
      int part = Math.min(bytes.length - from, chunk.remaining());
      chunk.put(bytes, from, part);
      from += part;
      if (from < bytes.length) {
        writing++;
      }
    }
  }

  /** A further chunk for compressed bytes. */
  @Override
  public @Nullable ByteBuffer next() {
    if (writing >= 0 && current().hasRemaining()) {
      return current();
    }
    ByteBuffer chunk = source.take(growthBytes);
    if (chunk != null) {
      add(chunk);
      writing = count - 1;
    }
    return chunk;
  }

  /** The number of bytes that were written. */
  int size() {
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += chunk(i).position();
    }
    return size;
  }

  /** What was written from an index of the first chunk on, as duplicates. */
  List<ByteBuffer> written(int from) {
    List<ByteBuffer> parts = new ArrayList<>(count);
    for (int i = 0; i <= writing; i++) {
      parts.add(chunk(i).duplicate().flip().position(i == 0 ? from : 0));
    }
    return parts;
  }

  /** Adds what was written, from an index of the first chunk on, to a checksum. */
  void addTo(CRC32C checksum, int from) {
    for (int i = 0; i <= writing; i++) {
      ByteBuffer chunk = chunk(i);
      int end = chunk.position();
      int limit = chunk.limit();
      chunk.limit(end).position(i == 0 ? from : 0);
      checksum.update(chunk);
      chunk.limit(limit);
    }
  }

  /** Adds bytes of the first chunk to a checksum. */
  void addTo(CRC32C checksum, int from, int to) {
    ByteBuffer chunk = first();
    int end = chunk.position();
    int limit = chunk.limit();
    chunk.limit(to).position(from);
    checksum.update(chunk);
    chunk.limit(limit).position(end);
  }

  /** Gives all chunks back; what was written is gone. */
  void release() {
    dropFrom(0);
    writing = -1;
  }
}

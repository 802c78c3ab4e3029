package io.millstream.fetch;

import io.millstream.protocol.FetchResponse.PartitionData;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Makes what brokers answer to a fetch, with batches written by Apache's classes. */
final class FetchedData {

  private FetchedData() {}

  static ByteBuffer batch(long baseOffset, int records, int valueBytes) {
    SimpleRecord[] all =
        Stream.generate(() -> new SimpleRecord(new byte[valueBytes]))
            .limit(records)
            .toArray(SimpleRecord[]::new);
    return MemoryRecords.withRecords(baseOffset, Compression.NONE, all).buffer();
  }

  static ByteBuffer together(ByteBuffer... parts) {
    ByteBuffer all = ByteBuffer.allocate(Stream.of(parts).mapToInt(ByteBuffer::remaining).sum());
    for (ByteBuffer part : parts) {
      all.put(part);
    }
    return all.flip();
  }

  static PartitionData data(int partition, ByteBuffer records) {
    return PartitionData.defaults()
        .withPartitionIndex(partition)
        .withHighWatermark(500)
        .withRecords(records);
  }
}

package io.millstream.benchmarks.producer;

import com.github.luben.zstd.ZstdCompressCtx;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** What a codec itself costs, on batches as the producers make them: no client takes part. */
final class BareCodec {

  private static final int BATCHES = 16;
  private static final int ROUNDS_BEFORE = 20;
  private static final long MEASURED_NANOS = 1_000_000_000;
  private static final int RECORD_OVERHEAD_BYTES = 12;
  private static final int LZ4_BLOCK_BYTES = 64 * 1024;
  private static final int ZSTD_LEVEL = 3;

  private interface Codec {
    void compress(byte[] batch, byte[] into);
  }

  private BareCodec() {}

  static boolean knows(String codec) {
    return codec.equals("lz4") || codec.equals("zstd");
  }

  /** Measures how many nanoseconds of this thread's processor time one record takes. */
  static double nanosPerRecord(String name, Values values, int recordsInBatch) {
    List<byte[]> batches = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      batches.add(batch(values, (long) i * recordsInBatch, recordsInBatch));
    }
    byte[] into = new byte[2 * batches.get(0).length + LZ4_BLOCK_BYTES];
    Codec codec = name.equals("lz4") ? lz4() : zstd();
    for (int i = 0; i < ROUNDS_BEFORE; i++) {
      batches.forEach(batch -> codec.compress(batch, into));
    }
    var threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    long records = 0;
    long taken = 0;
    while (taken < MEASURED_NANOS) {
      batches.forEach(batch -> codec.compress(batch, into));
      records += (long) BATCHES * recordsInBatch;
      taken = threads.getCurrentThreadCpuTime() - begin;
    }
    return (double) taken / records;
  }

  private static Codec lz4() {
    LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
    return (batch, into) -> {
      for (int at = 0; at < batch.length; at += LZ4_BLOCK_BYTES) {
        int length = Math.min(LZ4_BLOCK_BYTES, batch.length - at);
        compressor.compress(batch, at, length, into, 0, into.length);
      }
    };
  }

  @SuppressWarnings("resource") // lives as long as this process
  private static Codec zstd() {
    ZstdCompressCtx context = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);
    return (batch, into) -> context.compressByteArray(into, 0, into.length, batch, 0, batch.length);
  }

  /** Lays records out as a batch has them. */
  private static byte[] batch(Values values, long first, int count) {
    ByteBuffer out =
        ByteBuffer.allocate(count * (values.get(0).length + RECORD_OVERHEAD_BYTES + 8));
    for (int i = 0; i < count; i++) {
      byte[] value = values.get(first + i);
      int deltaMillis = i / 500;
      int length =
          1
              + varintBytes(deltaMillis)
              + varintBytes(i)
              + 1
              + varintBytes(value.length)
              + value.length
              + 1;
      putVarint(out, length);
      out.put((byte) 0);
      putVarint(out, deltaMillis);
      putVarint(out, i);
      putVarint(out, -1);
      putVarint(out, value.length);
      out.put(value);
      putVarint(out, 0);
    }
    return java.util.Arrays.copyOf(out.array(), out.position());
  }

  private static void putVarint(ByteBuffer out, int value) {
    int rest = (value << 1) ^ (value >> 31);
    while ((rest & ~0x7f) != 0) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static int varintBytes(int value) {
    int rest = (value << 1) ^ (value >> 31);
    return rest == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(rest)) / 7;
  }
}

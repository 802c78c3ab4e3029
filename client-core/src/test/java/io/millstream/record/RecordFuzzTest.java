package io.millstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millstream.compression.Codec;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the bytes are, there is one kind of exception, and little memory taken. */
class RecordFuzzTest {

  private static final int BOUND = 100_000;

  /** The window and, of lz4, its largest block; and what codecs need to start. */
  private static final long MOST_ALLOCATED = 10L * 1024 * 1024;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Arguments> formats() {
    return IntStream.range(0, 3)
        .boxed()
        .flatMap(
            magic ->
                Stream.of(Codec.values())
                    .filter(codec -> magic == 2 || codec != Codec.ZSTD)
                    .map(codec -> Arguments.of(magic, codec)));
  }

  private static byte[] sample(int magic, Codec codec, Random random) {
    List<TestRecord> records = TestRecord.random(random, 1 + random.nextInt(20), 300);
    String type = magic == 0 ? "NoTimestampType" : "CreateTime";
    ByteBuffer buffer;
    if (magic == 2) {
      RecordBatchWriter writer = new RecordBatchWriter(HeapChunks.INSTANCE, 1, 100);
      for (TestRecord record : records) {
        assertThat(
                writer.tryAppend(
                    record.timestampMillis(), record.key(), record.value(), record.headers()))
            .isTrue();
      }
      try (var compression = io.millstream.compression.Compression.of(codec)) {
        assertThat(writer.compress(compression, HeapChunks.INSTANCE)).isTrue();
      }
      writer.seal(1, (short) 2, 3, false);
      buffer = TestRecord.gather(writer);
    } else {
      buffer = MessageSetTest.apache(magic, codec, type, 50, records);
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void read(RecordBatchReader reader, byte[] input) {
    ByteBuffer buffer = ByteBuffer.wrap(input);
    long before = threads.getCurrentThreadAllocatedBytes();
    reader.reset(buffer);
    try {
      while (reader.nextBatch()) {
        try {
          while (reader.nextRecord()) {
            reader.key();
            reader.value();
            reader.headers();
            reader.controlType();
          }
        } catch (CorruptBatchException e) {
          assertThat(e).hasMessageContaining("offset " + e.baseOffset());
        }
      }
    } catch (CorruptBatchException e) {
      assertThat(e.reason())
          .isIn(
              CorruptBatchException.Reason.WRONG_LENGTH,
              CorruptBatchException.Reason.UNKNOWN_FORMAT);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void changedBytesRaiseOnlyTheException(int magic, Codec codec) {
    try (RecordBatchReader checked = new RecordBatchReader(BOUND, true);
        RecordBatchReader unchecked = new RecordBatchReader(BOUND, false)) {
      for (int seed = 0; seed < 1000; seed++) {
        Random random = new Random(seed);
        byte[] input = sample(magic, codec, random);
        int reach = random.nextBoolean() ? Math.min(90, input.length) : input.length;
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          input[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
        }
        try {
          read(unchecked, input);
          read(checked, input);
        } catch (RuntimeException | Error e) {
          throw new AssertionError("seed " + seed, e);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void whatIsCutOffIsAPartialBatch(int magic, Codec codec) {
    byte[] whole = sample(magic, codec, new Random(77));
    try (RecordBatchReader reader = new RecordBatchReader(BOUND, true)) {
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = java.util.Arrays.copyOf(whole, length);
        read(reader, cut);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void recordsThatAreCutOffWithinASoundLengthRaiseOnlyTheException(int magic, Codec codec) {
    byte[] whole = sample(magic, codec, new Random(78));
    try (RecordBatchReader reader = new RecordBatchReader(BOUND, false)) {
      for (int length = 70; length < whole.length; length++) {
        byte[] cut = java.util.Arrays.copyOf(whole, length);
        ByteBuffer.wrap(cut).putInt(BatchLayout.LENGTH, length - BatchLayout.PREFIX_BYTES);
        read(reader, cut);
      }
    }
  }

  @Test
  void randomBytesRaiseOnlyTheException() {
    try (RecordBatchReader reader = new RecordBatchReader(BOUND, false)) {
      for (int seed = 0; seed < 50_000; seed++) {
        Random random = new Random(seed);
        byte[] input = new byte[random.nextInt(200)];
        random.nextBytes(input);
        if (input.length > 70) {
          // else almost none is a batch
          int length = input.length - random.nextInt(20) - BatchLayout.PREFIX_BYTES;
          ByteBuffer.wrap(input).putInt(BatchLayout.LENGTH, length);
          input[BatchLayout.MAGIC] = (byte) random.nextInt(3);
        }
        try {
          read(reader, input);
        } catch (RuntimeException | Error e) {
          throw new AssertionError("seed " + seed, e);
        }
      }
    }
  }
}

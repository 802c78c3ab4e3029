package io.millstream.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the input is, there is one kind of exception, and little memory taken. */
class CorruptInputTest {

  private static final int BOUND = 300_000;

  /** What the largest block of lz4 takes, and as much again. */
  private static final long MOST_ALLOCATED = 12L * 1024 * 1024;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static byte[] sample(Codec codec, Random random) throws IOException {
    byte[] content = new byte[random.nextInt(200_000)];
    int kinds = 1 + random.nextInt(256);
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) random.nextInt(kinds);
    }
    return Samples.apacheCompress(codec, Samples.MAGIC_2, content);
  }

  private void read(Decompression decompression, Codec codec, byte[] input, Random random) {
    ByteBuffer buffer =
        random.nextBoolean()
            ? ByteBuffer.wrap(input)
            : ByteBuffer.allocateDirect(input.length).put(input).flip();
    byte[] window = new byte[1 + random.nextInt(100_000)];
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      decompression.start(codec, buffer);
      long total = 0;
      for (int count = 0; count >= 0; count = decompression.read(window, 0, window.length)) {
        total += count;
      }
      assertThat(total).isLessThanOrEqualTo(BOUND);
    } catch (CorruptCompressedDataException e) {
      assertThat(e).hasMessageContaining(codec.codecName());
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void randomBytesRaiseOnlyTheException(Codec codec) {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      byte[] input = new byte[random.nextInt(500)];
      random.nextBytes(input);
      try (Decompression decompression = new Decompression(BOUND)) {
        read(decompression, codec, input, random);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void changedBytesRaiseOnlyTheException(Codec codec) throws IOException {
    try (Decompression decompression = new Decompression(BOUND)) {
      for (int seed = 0; seed < 1500; seed++) {
        Random random = new Random(seed);
        byte[] input = sample(codec, random);
        // most of what matters stands at the start
        int reach = random.nextBoolean() ? Math.min(40, input.length) : input.length;
        for (int flips = reach == 0 ? 0 : 1 + random.nextInt(4); flips > 0; flips--) {
          input[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
        }
        try {
          read(decompression, codec, input, random);
        } catch (RuntimeException | Error e) {
          throw new AssertionError("seed " + seed, e);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Codec.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void everyTruncationIsNoticed(Codec codec) throws IOException {
    byte[] content = new byte[70_000];
    new Random(5).nextBytes(content);
    Arrays.fill(content, 1000, 60_000, (byte) 3);
    byte[] input = Samples.apacheCompress(codec, Samples.MAGIC_2, content);
    try (Decompression decompression = new Decompression(BOUND)) {
      for (int length = 1; length < input.length; length += 1 + length / 50) {
        ByteBuffer cut = ByteBuffer.wrap(input, 0, length);
        if (codec == Codec.SNAPPY && endsAtBlock(input, length)) {
          // nothing in this framing says where it ends; the records say it
          continue;
        }
        assertThatThrownBy(() -> Samples.decompress(decompression, codec, cut, 1000))
            .as("%s of %s bytes", length, input.length)
            .isInstanceOf(CorruptCompressedDataException.class);
      }
    }
  }

  private static boolean endsAtBlock(byte[] framed, int length) {
    int at = SnappyFraming.HEADER_BYTES;
    while (at < length) {
      at += Integer.BYTES + ByteBuffer.wrap(framed).getInt(at);
    }
    return at == length;
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void theBoundIsNamedAndHeldToTheByte(Codec codec) throws IOException {
    byte[] content = new byte[100_000];
    byte[] compressed = Samples.apacheCompress(codec, Samples.MAGIC_2, content);
    try (Decompression enough = new Decompression(content.length);
        Decompression tooFew = new Decompression(content.length - 1)) {
      assertThat(Samples.decompress(enough, codec, ByteBuffer.wrap(compressed), 4096))
          .isEqualTo(content);
      assertThatThrownBy(() -> Samples.decompress(tooFew, codec, ByteBuffer.wrap(compressed), 4096))
          .isInstanceOf(DecompressedTooLargeException.class)
          .hasMessageContaining("99999");
    }
  }

  @ParameterizedTest
  @EnumSource(value = Codec.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aBombIsStoppedAtTheBoundWithLittleMemory(Codec codec) throws IOException {
    byte[] bomb = Samples.apacheCompress(codec, Samples.MAGIC_2, new byte[100_000_000]);
    byte[] window = new byte[64 * 1024];
    try (Decompression decompression = new Decompression(1_000_000)) {
      long before = threads.getCurrentThreadAllocatedBytes();
      assertThatThrownBy(
              () -> {
                decompression.start(codec, ByteBuffer.wrap(bomb));
                while (decompression.read(window, 0, window.length) >= 0) {
                  // reads on
                }
              })
          .isInstanceOf(DecompressedTooLargeException.class);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2_000_000);
    }
  }

  @Test
  void aRawSnappyBlockThatClaimsTooMuchTakesNoMemory() {
    // a length of 2^31 - 1, and one byte
    byte[] claim = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 0};
    try (Decompression decompression = new Decompression(Integer.MAX_VALUE)) {
      assertThatThrownBy(
              () -> Samples.decompress(decompression, Codec.SNAPPY, ByteBuffer.wrap(claim), 10))
          .isInstanceOf(CorruptCompressedDataException.class);
    }
  }

  @Test
  void nothingIsReadBeforeAStartOrAfterAFailedOne() {
    try (Decompression decompression = new Decompression(BOUND)) {
      byte[] window = new byte[10];
      assertThatThrownBy(() -> decompression.read(window, 0, 10))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> decompression.start(Codec.GZIP, ByteBuffer.wrap(window)))
          .isInstanceOf(CorruptCompressedDataException.class);
      assertThatThrownBy(() -> decompression.read(window, 0, 10))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}

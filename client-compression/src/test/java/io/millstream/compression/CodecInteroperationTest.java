package io.millstream.compression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;

/** Apache's classes and the libraries' own streams are the oracle, both ways. */
class CodecInteroperationTest {

  private static final long BOUND = 10_000_000;

  @ParameterizedTest
  @EnumSource(Codec.class)
  void apacheReadsWhatIsWritten(Codec codec) throws IOException {
    try (Compression compression = Compression.of(codec)) {
      for (byte[] content : Samples.contents()) {
        for (boolean direct : new boolean[] {true, false}) {
          byte[] compressed = Samples.compress(compression, content, 5000, 777, direct);
          assertThat(Samples.apacheDecompress(codec, Samples.MAGIC_2, compressed))
              .isEqualTo(content);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void whatApacheWroteIsRead(Codec codec) throws IOException {
    try (Decompression decompression = new Decompression(BOUND)) {
      for (byte[] content : Samples.contents()) {
        byte[] compressed = Samples.apacheCompress(codec, Samples.MAGIC_2, content);
        ByteBuffer heap = ByteBuffer.wrap(compressed);
        ByteBuffer direct = ByteBuffer.allocateDirect(compressed.length).put(compressed).flip();
        for (ByteBuffer input :
            List.of(heap, direct, heap.asReadOnlyBuffer(), direct.asReadOnlyBuffer())) {
          for (int piece : content.length < 2000 ? new int[] {1, 13} : new int[] {999, 131_072}) {
            assertThat(Samples.decompress(decompression, codec, input.duplicate(), piece))
                .isEqualTo(content);
          }
        }
      }
    }
  }

  private static IntStream levels(Codec codec) {
    return switch (codec) {
      case GZIP -> IntStream.of(-1, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      case LZ4 -> IntStream.rangeClosed(1, 17);
      case ZSTD -> IntStream.of(-131072, -1000, -5, -1, 0, 1, 2, 3, 4, 9, 15, 19, 22);
      case NONE, SNAPPY -> IntStream.of(0);
    };
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void apacheReadsWhatIsWrittenAtEachLevel(Codec codec) throws IOException {
    byte[] content = Samples.contents().get(40);
    assertThat(content).hasSizeGreaterThan(100_000);
    for (int level : levels(codec).toArray()) {
      try (Compression compression = Compression.of(codec, level)) {
        byte[] compressed = Samples.compress(compression, content, 50_000, 16_384, true);
        assertThat(Samples.apacheDecompress(codec, Samples.MAGIC_2, compressed))
            .as("level %s", level)
            .isEqualTo(content);
      }
    }
  }

  /**
   * Above all 9, Kafka's default, which is not the high compressor of that level but the fast one.
   */
  @Test
  void eachLevelOfLz4HasTheBytesOfApache() throws IOException {
    byte[] content = Samples.contents().get(40);
    for (int level : levels(Codec.LZ4).toArray()) {
      try (Compression compression = Compression.of(Codec.LZ4, level)) {
        var apache = org.apache.kafka.common.compress.Compression.lz4().level(level).build();
        byte[] compressed = Samples.compress(compression, content, 50_000, 16_384, true);
        assertThat(compressed)
            .as("level %s", level)
            .isEqualTo(Samples.apacheCompress(apache, Samples.MAGIC_2, content));
      }
    }
  }

  @Test
  void levelsHaveKafkasRangesAndDefaults() {
    Map<Codec, CompressionType> types = new EnumMap<>(Codec.class);
    for (Codec codec : Codec.values()) {
      CompressionType type = CompressionType.forId(codec.id());
      types.put(codec, type);
      assertThat(codec.codecName()).isEqualTo(type.name);
      assertThat(Codec.of(codec.id())).isEqualTo(codec);
      assertThat(Codec.of(type.name)).isEqualTo(codec);
    }
    assertThat(types).hasSize(CompressionType.values().length);
    for (Codec codec : List.of(Codec.GZIP, Codec.LZ4, Codec.ZSTD)) {
      CompressionType type = CompressionType.forId(codec.id());
      assertThat(codec.lowestLevel()).isEqualTo(type.minLevel());
      assertThat(codec.highestLevel()).isEqualTo(type.maxLevel());
      assertThat(codec.defaultLevel()).isEqualTo(type.defaultLevel());
      assertThat(codec.allowsLevel(codec.highestLevel() + 1)).isFalse();
      assertThat(codec.allowsLevel(codec.lowestLevel() - 1)).isEqualTo(false);
      assertThatThrownBy(() -> Compression.of(codec, codec.highestLevel() + 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(codec.codecName());
    }
    assertThat(Codec.of(5)).isNull();
    assertThat(Codec.of(-1)).isNull();
    assertThat(Codec.of("brotli")).isNull();
  }

  @Test
  void lz4OfMagic0IsReadThoughItsHeaderChecksumIsWrong() throws IOException {
    byte[] content = Samples.contents().get(13);
    byte[] compressed = Samples.apacheCompress(Codec.LZ4, Samples.MAGIC_0, content);
    try (Decompression decompression = new Decompression(BOUND)) {
      decompression.startOfMagic0(Codec.LZ4, ByteBuffer.wrap(compressed));
      assertThat(Samples.readAll(decompression, 1000)).isEqualTo(content);
      assertThatThrownBy(() -> decompression.start(Codec.LZ4, ByteBuffer.wrap(compressed)))
          .isInstanceOf(CorruptCompressedDataException.class)
          .hasMessageContaining("checksum");
    }
  }

  @Test
  void lz4WithEveryChecksumAndContentSizeIsRead() throws IOException {
    try (Decompression decompression = new Decompression(BOUND)) {
      for (byte[] content : Samples.contents()) {
        for (BLOCKSIZE size : BLOCKSIZE.values()) {
          byte[] compressed = lz4(content, size);
          assertThat(
                  Samples.decompress(decompression, Codec.LZ4, ByteBuffer.wrap(compressed), 70_000))
              .isEqualTo(content);
          // the last four bytes are the content's checksum
          compressed[compressed.length - 1] ^= 1;
          assertThatThrownBy(
                  () ->
                      Samples.decompress(
                          decompression, Codec.LZ4, ByteBuffer.wrap(compressed), 70_000))
              .isInstanceOf(CorruptCompressedDataException.class);
        }
      }
    }
  }

  private static byte[] lz4(byte[] content, BLOCKSIZE size) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LZ4FrameOutputStream frame =
        new LZ4FrameOutputStream(
            out,
            size,
            content.length,
            FLG.Bits.BLOCK_INDEPENDENCE,
            FLG.Bits.BLOCK_CHECKSUM,
            FLG.Bits.CONTENT_CHECKSUM,
            FLG.Bits.CONTENT_SIZE)) {
      frame.write(content);
    }
    return out.toByteArray();
  }

  @Test
  void rawSnappyAndConcatenatedStreamsAreRead() throws IOException {
    try (Decompression decompression = new Decompression(BOUND)) {
      for (byte[] content : Samples.contents()) {
        byte[] raw = Snappy.compress(content);
        assertThat(Samples.decompress(decompression, Codec.SNAPPY, ByteBuffer.wrap(raw), 5000))
            .isEqualTo(content);
        byte[] framed = Samples.apacheCompress(Codec.SNAPPY, Samples.MAGIC_2, content);
        assertTwice(decompression, Codec.SNAPPY, framed, framed, content);
      }
    }
  }

  @Test
  void severalFramesOfZstdAreReadWithAndWithoutContentSize() throws IOException {
    try (Decompression decompression = new Decompression(BOUND)) {
      for (byte[] content : Samples.contents()) {
        ByteArrayOutputStream unsized = new ByteArrayOutputStream();
        try (ZstdOutputStreamNoFinalizer out = new ZstdOutputStreamNoFinalizer(unsized)) {
          out.write(content);
        }
        byte[] sized = Zstd.compress(content);
        assertTwice(decompression, Codec.ZSTD, unsized.toByteArray(), sized, content);
        assertTwice(decompression, Codec.ZSTD, sized, unsized.toByteArray(), content);
      }
    }
  }

  @Test
  void severalMembersOfGzipAreReadAndWhatFollowsIsNot() throws IOException {
    try (Decompression decompression = new Decompression(BOUND)) {
      for (byte[] content : Samples.contents()) {
        byte[] member = Samples.apacheCompress(Codec.GZIP, Samples.MAGIC_2, content);
        assertTwice(decompression, Codec.GZIP, member, member, content);
        ByteBuffer padded = ByteBuffer.allocate(member.length + 5).put(member).rewind();
        assertThat(Samples.decompress(decompression, Codec.GZIP, padded, 5000)).isEqualTo(content);
      }
    }
  }

  @Test
  void gzipWithEveryFieldInItsHeaderIsRead() throws IOException {
    byte[] content = Samples.contents().get(13);
    byte[] plain = Samples.apacheCompress(Codec.GZIP, Samples.MAGIC_2, content);
    byte[] header = {
      0x1f, (byte) 0x8b, 8, 0x1e, 1, 2, 3, 4, 0, 3, 2, 0, 9, 9, 'n', 'a', 0, 'c', 0, 0, 0
    };
    java.util.zip.CRC32 checksum = new java.util.zip.CRC32();
    checksum.update(header, 0, header.length - 2);
    header[header.length - 2] = (byte) checksum.getValue();
    header[header.length - 1] = (byte) (checksum.getValue() >>> 8);
    ByteBuffer all =
        ByteBuffer.allocate(plain.length + header.length)
            .put(header)
            .put(plain, 10, plain.length - 10)
            .flip();
    try (Decompression decompression = new Decompression(BOUND)) {
      assertThat(Samples.decompress(decompression, Codec.GZIP, all, 100)).isEqualTo(content);
      all.rewind().put(5, (byte) 77);
      assertThatThrownBy(() -> decompression.start(Codec.GZIP, all))
          .isInstanceOf(CorruptCompressedDataException.class);
    }
  }

  private static void assertTwice(
      Decompression decompression, Codec codec, byte[] first, byte[] second, byte[] content) {
    ByteBuffer both = ByteBuffer.allocate(first.length + second.length).put(first).put(second);
    byte[] read = Samples.decompress(decompression, codec, both.flip(), 4000);
    assertThat(read).hasSize(2 * content.length);
    assertThat(ByteBuffer.wrap(read, 0, content.length)).isEqualTo(ByteBuffer.wrap(content));
    assertThat(ByteBuffer.wrap(read, content.length, content.length))
        .isEqualTo(ByteBuffer.wrap(content));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void saysSoWhereTheOutputRunsOutOfMemoryAndWorksAgainAfterThat(Codec codec) throws IOException {
    byte[] content = Samples.contents().get(39);
    try (Compression compression = Compression.of(codec)) {
      for (int chunks = 0; chunks < 4; chunks++) {
        int[] left = {chunks};
        boolean complete =
            compression.compress(
                List.of(ByteBuffer.wrap(content)),
                () -> left[0]-- > 0 ? ByteBuffer.allocate(100) : null);
        assertThat(complete).isFalse();
      }
      byte[] compressed = Samples.compress(compression, content, 5000, 777, true);
      assertThat(Samples.apacheDecompress(codec, Samples.MAGIC_2, compressed)).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void severalThreadsShareOneCompression(Codec codec) {
    List<byte[]> contents = Samples.contents();
    try (Compression compression = Compression.of(codec)) {
      IntStream.range(0, 200)
          .parallel()
          .forEach(
              i -> {
                byte[] content = contents.get(i % 30);
                byte[] compressed = Samples.compress(compression, content, 900, 5000, true);
                try (Decompression decompression = new Decompression(BOUND)) {
                  assertThat(
                          Samples.decompress(
                              decompression, codec, ByteBuffer.wrap(compressed), 5000))
                      .isEqualTo(content);
                }
              });
    }
  }
}

package io.millstream.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.internals.BufferSupplier;
import org.apache.kafka.common.utils.internals.ByteBufferOutputStream;

/** Content of all kinds, and both sides' ways to compress and decompress it. */
final class Samples {

  static final byte MAGIC_0 = 0;
  static final byte MAGIC_2 = 2;

  private Samples() {}

  static List<byte[]> contents() {
    Random random = new Random(42);
    List<byte[]> contents = new ArrayList<>();
    int[] sizes = {
      0, 1, 2, 7, 100, 1023, 16_384, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537, 131_072,
      200_001, 1_000_000
    };
    for (int size : sizes) {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      contents.add(noise);
      byte[] text = new byte[size];
      for (int i = 0; i < size; i++) {
        text[i] = (byte) ('a' + random.nextInt(3));
      }
      contents.add(text);
      contents.add(new byte[size]);
    }
    return contents;
  }

  /** Compresses content that is cut into pieces, into buffers of some size. */
  static byte[] compress(
      Compression compression, byte[] content, int pieceBytes, int chunkBytes, boolean direct) {
    List<ByteBuffer> input = new ArrayList<>();
    for (int from = 0; from < content.length; from += pieceBytes) {
      int length = Math.min(pieceBytes, content.length - from);
      input.add(
          direct
              ? ByteBuffer.allocateDirect(length).put(content, from, length).flip()
              : ByteBuffer.wrap(content, from, length));
    }
    List<ByteBuffer> output = new ArrayList<>();
    boolean complete =
        compression.compress(
            input,
            () -> {
              output.add(
                  direct
                      ? ByteBuffer.allocateDirect(chunkBytes)
                      : ByteBuffer.allocate(chunkBytes + 3).position(3));
              return output.get(output.size() - 1);
            });
    assertThat(complete).isTrue();
    assertThat(input).noneMatch(ByteBuffer::hasRemaining);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer chunk : output) {
      int from = direct ? 0 : 3;
      byte[] bytes = new byte[chunk.position() - from];
      chunk.get(from, bytes);
      all.writeBytes(bytes);
    }
    return all.toByteArray();
  }

  static byte[] decompress(
      Decompression decompression, Codec codec, ByteBuffer compressed, int pieceBytes) {
    decompression.start(codec, compressed);
    return readAll(decompression, pieceBytes);
  }

  static byte[] readAll(Decompression decompression, int pieceBytes) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] piece = new byte[pieceBytes + 2];
    while (true) {
      int count = decompression.read(piece, 1, pieceBytes);
      if (count < 0) {
        assertThat(decompression.read(piece, 1, pieceBytes)).isEqualTo(-1);
        return all.toByteArray();
      }
      assertThat(count).isBetween(1, pieceBytes);
      all.write(piece, 1, count);
    }
  }

  static org.apache.kafka.common.compress.Compression apache(Codec codec) {
    return org.apache.kafka.common.compress.Compression.of(codec.codecName()).build();
  }

  static byte[] apacheCompress(Codec codec, byte magic, byte[] content) throws IOException {
    return apacheCompress(apache(codec), magic, content);
  }

  static byte[] apacheCompress(
      org.apache.kafka.common.compress.Compression compression, byte magic, byte[] content)
      throws IOException {
    ByteBufferOutputStream buffer = new ByteBufferOutputStream(64);
    try (OutputStream out = compression.wrapForOutput(buffer, magic)) {
      out.write(content);
    }
    ByteBuffer written = buffer.buffer().flip();
    byte[] bytes = new byte[written.remaining()];
    written.get(bytes);
    return bytes;
  }

  static byte[] apacheDecompress(Codec codec, byte magic, byte[] compressed) throws IOException {
    try (InputStream in =
        apache(codec).wrapForInput(ByteBuffer.wrap(compressed), magic, BufferSupplier.create())) {
      return in.readAllBytes();
    }
  }
}

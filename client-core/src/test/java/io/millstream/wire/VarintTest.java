package io.millstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.junit.jupiter.api.Test;

class VarintTest {

  private static final Random RANDOM = new Random(20261124);

  @Test
  void integersHaveTheBytesOfApache() {
    for (int i = 0; i < 20_000; i++) {
      int value = i < 40 ? edge(i) : RANDOM.nextInt() >> RANDOM.nextInt(32);
      ByteBuffer expected = ByteBuffer.allocate(10);
      new ByteBufferAccessor(expected).writeVarint(value);
      ByteBuffer actual = ByteBuffer.allocate(10);
      Varint.put(value, actual);
      assertThat(actual.flip()).isEqualTo(expected.flip());
      assertThat(Varint.sizeOf(value)).isEqualTo(actual.remaining());
      assertThat(Varint.getInt(actual)).isEqualTo(value);
      assertThat(actual.hasRemaining()).isFalse();
    }
  }

  @Test
  void unsignedIntegersHaveTheBytesOfApache() {
    for (int i = 0; i < 20_000; i++) {
      int value = i < 40 ? edge(i) : RANDOM.nextInt() >>> RANDOM.nextInt(32);
      ByteBuffer expected = ByteBuffer.allocate(10);
      new ByteBufferAccessor(expected).writeUnsignedVarint(value);
      ByteBuffer actual = ByteBuffer.allocate(10);
      Varint.putUnsigned(value, actual);
      assertThat(actual.flip()).isEqualTo(expected.flip());
      assertThat(Varint.sizeOfUnsigned(value)).isEqualTo(actual.remaining());
      assertThat(Varint.getUnsigned(actual)).isEqualTo(value);
      assertThat(actual.hasRemaining()).isFalse();
    }
  }

  @Test
  void longsHaveTheBytesOfApache() {
    for (int i = 0; i < 20_000; i++) {
      long value = i < 40 ? edge(i) * 0x1_0000_0001L : RANDOM.nextLong() >> RANDOM.nextInt(64);
      ByteBuffer expected = ByteBuffer.allocate(10);
      new ByteBufferAccessor(expected).writeVarlong(value);
      ByteBuffer actual = ByteBuffer.allocate(10);
      Varint.put(value, actual);
      assertThat(actual.flip()).isEqualTo(expected.flip());
      assertThat(Varint.sizeOf(value)).isEqualTo(actual.remaining());
      assertThat(Varint.getLong(actual)).isEqualTo(value);
      assertThat(actual.hasRemaining()).isFalse();
    }
  }

  private static int edge(int index) {
    return index < 32 ? 1 << index : index < 36 ? Integer.MAX_VALUE - (index - 32) : 35 - index;
  }

  @Test
  void moreBitsThanTheTypeHoldsAreMalformed() {
    byte[] most = {-1, -1, -1, -1, 0x0f};
    assertThat(Varint.getUnsigned(ByteBuffer.wrap(most))).isEqualTo(-1);
    byte[] tooMany = {-1, -1, -1, -1, 0x1f};
    assertThatThrownBy(() -> Varint.getUnsigned(ByteBuffer.wrap(tooMany)))
        .isInstanceOf(MalformedFrameException.class);
    byte[] mostLong = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
    assertThat(Varint.getLong(ByteBuffer.wrap(mostLong))).isEqualTo(Long.MIN_VALUE);
    byte[] tooManyLong = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 2};
    assertThatThrownBy(() -> Varint.getLong(ByteBuffer.wrap(tooManyLong)))
        .isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void cutOffIntegersAreMalformed() {
    byte[] cutOff = {-1, -1};
    assertThatThrownBy(() -> Varint.getUnsigned(ByteBuffer.wrap(cutOff)))
        .isInstanceOf(MalformedFrameException.class);
    assertThatThrownBy(() -> Varint.getLong(ByteBuffer.wrap(cutOff)))
        .isInstanceOf(MalformedFrameException.class);
    assertThatThrownBy(() -> Varint.getInt(ByteBuffer.allocate(0)))
        .isInstanceOf(MalformedFrameException.class);
  }
}

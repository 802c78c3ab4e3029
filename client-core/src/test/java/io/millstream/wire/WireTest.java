package io.millstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.Uuid;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers and readers together; the bytes of whole messages are held against Apache elsewhere. */
class WireTest {

  @Test
  void primitivesHaveTheBytesOfApache() {
    WireWriter out = new WireWriter();
    ByteBufferAccessor apache = new ByteBufferAccessor(ByteBuffer.allocate(64));
    out.writeByte((byte) -7);
    apache.writeByte((byte) -7);
    out.writeShort((short) -300);
    apache.writeShort((short) -300);
    out.writeUnsignedShort(0xfedc);
    apache.writeUnsignedShort(0xfedc);
    out.writeInt(-70_000);
    apache.writeInt(-70_000);
    out.writeUnsignedInt(0xfedcba98L);
    apache.writeUnsignedInt(0xfedcba98L);
    out.writeLong(-1L << 40);
    apache.writeLong(-1L << 40);
    out.writeDouble(Math.PI);
    apache.writeDouble(Math.PI);
    out.writeVarint(-5);
    apache.writeVarint(-5);
    out.writeVarlong(1L << 50);
    apache.writeVarlong(1L << 50);
    out.writeUuid(new Uuid(1, 2));
    apache.writeUuid(new org.apache.kafka.common.Uuid(1, 2));
    assertThat(out.toContent()).isEqualTo(apache.buffer().flip());

    WireReader in = new WireReader(out.toContent());
    assertThat(in.readByte()).isEqualTo((byte) -7);
    assertThat(in.readShort()).isEqualTo((short) -300);
    assertThat(in.readUnsignedShort()).isEqualTo(0xfedc);
    assertThat(in.readInt()).isEqualTo(-70_000);
    assertThat(in.readUnsignedInt()).isEqualTo(0xfedcba98L);
    assertThat(in.readLong()).isEqualTo(-1L << 40);
    assertThat(in.readDouble()).isEqualTo(Math.PI);
    assertThat(in.readVarint()).isEqualTo(-5);
    assertThat(in.readVarlong()).isEqualTo(1L << 50);
    assertThat(in.readUuid()).isEqualTo(new Uuid(1, 2));
    in.expectEnd();
  }

  @Test
  void frameIsSizePrefixThenEverythingInOrderWithAttachmentsAsTheyAre() {
    Random random = new Random(1);
    ByteBuffer expected = ByteBuffer.allocate(1 << 20);
    WireWriter out = new WireWriter();
    ByteBuffer attached = ByteBuffer.allocateDirect(1000).putInt(0, 42);
    for (int i = 0; i < 3000; i++) {
      long number = random.nextLong();
      out.writeLong(number);
      expected.putLong(number);
      if (i % 1000 == 500) {
        out.attach(attached.duplicate());
        expected.put(attached.duplicate());
      }
      assertThat(out.size()).isEqualTo(expected.position());
    }
    expected.flip();

    ByteBuffer whole = ByteBuffer.allocate(4 + expected.remaining());
    ByteBuffer[] frame = out.toFrame();
    for (ByteBuffer part : frame) {
      whole.put(part);
    }
    assertThat(whole.flip().getInt()).isEqualTo(expected.remaining());
    assertThat(whole).isEqualTo(expected);
    assertThat(frame).filteredOn(ByteBuffer::isDirect).hasSize(3);
  }

  @Test
  void attachmentMayBeTheFirstThing() {
    WireWriter out = new WireWriter();
    out.attach(ByteBuffer.wrap(new byte[] {9}));
    ByteBuffer[] frame = out.toFrame();
    assertThat(frame[0].getInt()).isEqualTo(1);
    assertThat(frame[1].get()).isEqualTo((byte) 9);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void stringsComeBackFromHeapAndDirectFrames(boolean compact) {
    String large = "größer 😀".repeat(3000);
    WireWriter out = new WireWriter();
    out.writeString(null, compact);
    out.writeString("", compact);
    out.writeString(large.substring(0, 5000), compact);
    ByteBuffer heap = out.toContent();
    ByteBuffer direct = ByteBuffer.allocateDirect(heap.remaining()).put(heap.duplicate()).flip();
    for (ByteBuffer frame : new ByteBuffer[] {heap, direct, heap.asReadOnlyBuffer()}) {
      WireReader in = new WireReader(frame);
      assertThat(in.readNullableString(compact)).isNull();
      assertThat(in.readString(compact)).isEmpty();
      assertThat(in.readString(compact)).isEqualTo(large.substring(0, 5000));
      in.expectEnd();
      assertThat(frame.position()).isZero();
    }
  }

  @Test
  void stringLongerThanItsLengthFieldIsRefused() {
    String large = "x".repeat(Short.MAX_VALUE + 1);
    assertThatThrownBy(() -> new WireWriter().writeString(large, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32768");
    WireWriter out = new WireWriter();
    out.writeString(large, true);
    assertThat(new WireReader(out.toContent()).readString(true)).isEqualTo(large);
  }

  @Test
  void bytesAreCopiedAndRecordsAreSlices() {
    WireWriter out = new WireWriter();
    out.writeBytes(ByteBuffer.wrap(new byte[] {1, 2, 3}), true);
    out.writeRecords(ByteBuffer.wrap(new byte[] {1, 2, 3}), true);
    out.writeBytes(null, true);
    ByteBuffer frame = out.toContent();
    WireReader in = new WireReader(frame);
    ByteBuffer bytes = in.readBytes(true);
    ByteBuffer records = in.readRecords(true);
    assertThat(in.readNullableBytes(true)).isNull();
    frame.put(1, (byte) 9).put(5, (byte) 9);
    assertThat(bytes.get(0)).isEqualTo((byte) 1);
    assertThat(bytes.isReadOnly()).isTrue();
    assertThat(records.get(0)).isEqualTo((byte) 9);
  }

  @Test
  void nullWhereNoneIsAllowedIsMalformed() {
    WireReader in = new WireReader(ByteBuffer.allocate(1));
    assertThatThrownBy(() -> in.readString(true)).isInstanceOf(MalformedFrameException.class);
    WireReader bytes = new WireReader(ByteBuffer.allocate(1));
    assertThatThrownBy(() -> bytes.readBytes(true)).isInstanceOf(MalformedFrameException.class);
    WireReader array = new WireReader(ByteBuffer.allocate(1));
    assertThatThrownBy(() -> array.readNonNullArrayLength(true, 1))
        .isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void arrayThatCannotFitIsMalformedAndOneThatJustFitsIsNot() {
    ByteBuffer frame = ByteBuffer.allocate(4 + 12).putInt(0, 3);
    assertThat(new WireReader(frame).readArrayLength(false, 4)).isEqualTo(3);
    assertThatThrownBy(() -> new WireReader(frame).readArrayLength(false, 5))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("3 elements");
    assertThat(new WireReader(frame.putInt(0, -1)).readArrayLength(false, 5)).isEqualTo(-1);
    assertThatThrownBy(() -> new WireReader(frame.putInt(0, -2)).readArrayLength(false, 1))
        .isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void taggedFieldOfAnotherSizeThanItClaimsIsMalformed() {
    WireReader in = new WireReader(ByteBuffer.wrap(new byte[] {2, 7, 7, 7}));
    int end = in.readTaggedFieldEnd();
    in.readByte();
    assertThatThrownBy(() -> in.endTaggedField(end)).isInstanceOf(MalformedFrameException.class);
    in.readByte();
    in.endTaggedField(end);
  }
}

package io.millstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.wire.MalformedFrameException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Feeds bad bytes to every reader. It may raise {@link MalformedFrameException} and nothing else,
 * and what it allocates is bounded by the frame's size, whatever lengths the frame claims.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MessageFuzzTest {

  private static final int LARGE_FRAME_BYTES = 128 * 1024;

  static List<MessageCase> messages() {
    return MessageCase.all();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void truncatedFramesAreMalformed(MessageCase message) {
    for (short version : message.versions()) {
      byte[] whole = sample(message, version, 1);
      for (int length = 0; length < whole.length; length++) {
        boolean read = tryRead(message, version, Arrays.copyOf(whole, length));
        assertThat(read).as("version %d, %d bytes of %d", version, length, whole.length).isFalse();
      }
      assertThat(tryRead(message, version, whole)).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void flippedBitsAreReadOrMalformed(MessageCase message) {
    for (short version : message.versions()) {
      byte[] whole = sample(message, version, 2);
      for (int i = 0; i < Math.min(whole.length, 250); i++) {
        for (int bit = 0; bit < 8; bit++) {
          byte[] flipped = whole.clone();
          flipped[i] ^= (byte) (1 << bit);
          tryRead(message, version, flipped);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void hugeLengthsAnywhereCostNothing(MessageCase message) {
    List<byte[]> lengths =
        List.of(
            new byte[] {0x7f, -1, -1, -1},
            new byte[] {-128, 0, 0, 0},
            new byte[] {-1, -1, -1, -1, 0x07},
            new byte[] {-1, -1, -1, -1, 0x0f},
            new byte[] {-1, -1, -1, -1, -1, -1},
            new byte[] {0, 1, 0, 0},
            new byte[] {-128, -128, 0x04});
    for (short version : message.versions()) {
      byte[] whole = sample(message, version, 3);
      for (int i = 0; i < Math.min(whole.length, 250); i++) {
        for (byte[] length : lengths) {
          byte[] changed = whole.clone();
          System.arraycopy(length, 0, changed, i, Math.min(length.length, whole.length - i));
          tryRead(message, version, changed);
        }
      }
    }
  }

  /** Large frames, full of elements that are small on the wire or of lengths that nearly fit. */
  @ParameterizedTest
  @MethodSource("messages")
  void largeFramesCostASmallMultipleOfTheirSize(MessageCase message) {
    for (short version : message.versions()) {
      for (int fill = -2; fill < 6; fill++) {
        Random random = new Random(fill);
        byte[] frame = new byte[LARGE_FRAME_BYTES];
        if (fill < 0) {
          random.nextBytes(frame);
        } else {
          Arrays.fill(frame, (byte) fill);
        }
        tryRead(message, version, frame);
        byte[] start = sample(message, version, 4);
        for (int prefix = 0; prefix < Math.min(start.length, 16); prefix++) {
          System.arraycopy(start, 0, frame, 0, prefix);
          // A length that just fits, in both encodings, where the prefix ends.
          int length = frame.length / (1 + random.nextInt(40));
          ByteBuffer.wrap(frame).putInt(prefix, length);
          tryRead(message, version, frame);
          frame[prefix] = (byte) (0x80 | frame[prefix]);
          frame[prefix + 1] = (byte) (0x80 | random.nextInt(128));
          frame[prefix + 2] = (byte) random.nextInt(8);
          frame[prefix + 3] = (byte) Math.max(0, fill);
          tryRead(message, version, frame);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void randomFramesAreReadOrMalformed(MessageCase message) {
    Random random = new Random(5);
    for (short version : message.versions()) {
      for (int i = 0; i < 500; i++) {
        byte[] frame = new byte[random.nextInt(200)];
        random.nextBytes(frame);
        for (int j = 0; j < frame.length; j++) {
          frame[j] = random.nextInt(3) > 0 ? (byte) random.nextInt(4) : frame[j];
        }
        tryRead(message, version, frame);
      }
    }
  }

  private static byte[] sample(MessageCase message, short version, int seed) {
    var content = new ContentTree(new Random(seed), true).structure(message.schema(version));
    return message.writeOurs(ContentBuilder.ours(message.ours(), content), version);
  }

  /** Returns whether the frame could be read; fails where anything unexpected happens. */
  private static boolean tryRead(MessageCase message, short version, byte[] frame) {
    return Fuzz.tryRead(
        message.name() + " version " + version, frame, in -> message.readOurs(in, version));
  }
}

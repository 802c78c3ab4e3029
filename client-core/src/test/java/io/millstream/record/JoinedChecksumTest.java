package io.millstream.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class JoinedChecksumTest {

  private static int checksum(byte[] bytes, int from, int to) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, from, to - from);
    return (int) checksum.getValue();
  }

  @Test
  void isThatOfAllBytesWhereverTheyAreParted() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2_000; round++) {
      byte[] bytes = new byte[random.nextInt(round % 20 == 0 ? 300_000 : 600)];
      random.nextBytes(bytes);
      int at = random.nextInt(bytes.length + 1);
      int joined =
          JoinedChecksum.of(
              checksum(bytes, 0, at), checksum(bytes, at, bytes.length), bytes.length - at);
      assertThat(joined).isEqualTo(checksum(bytes, 0, bytes.length));
    }
  }

  @Test
  void countsLengthsOfFourBytes() {
    byte[] zeros = new byte[(1 << 24) + 3];
    byte[] head = {1, 2, 3};
    CRC32C whole = new CRC32C();
    whole.update(head);
    whole.update(zeros);
    assertThat(
            JoinedChecksum.of(checksum(head, 0, 3), checksum(zeros, 0, zeros.length), zeros.length))
        .isEqualTo((int) whole.getValue());
  }
}

package io.millstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** The table of errors beside Apache's. */
class ErrorCodeTest {

  @Test
  void everyErrorHasTheNameAndTheNumberThatApacheGivesIt() {
    assertThat(Arrays.stream(ErrorCode.values()).map(error -> error.code() + " " + error))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Errors.values()).map(error -> error.code() + " " + error).toList());
  }

  @Test
  void everyErrorBecomesTheExceptionThatApacheRaisesForIt() {
    for (Errors theirs : Errors.values()) {
      if (theirs != Errors.NONE) {
        RuntimeException ours = ErrorCode.of(theirs.code()).exception("what was tried");
        assertThat(ours.getClass().getSimpleName())
            .as(theirs.name())
            .isEqualTo(theirs.exception().getClass().getSimpleName());
        assertThat(ours).hasMessageContaining(theirs.name()).hasMessageContaining("what was tried");
      }
    }
  }
}

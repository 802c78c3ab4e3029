package io.millstream.clients.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedTxnStateTest {

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        "4711:3",
        "0:0",
        "-1:-1",
        "9223372036854775807:32767",
        "-1:0",
        "5:-1",
        "-2:3",
        "5:-2",
        "5",
        ":",
        "5:",
        ":3",
        "5:3:1",
        "five:3",
        "5:three",
        "5:32768",
        "9223372036854775808:1",
        " 5:3"
      })
  void readsAndRefusesWhatApachesReadsAndRefuses(String text) {
    assertThat(read(text, PreparedTxnStateTest::ours))
        .isEqualTo(read(text, PreparedTxnStateTest::apaches));
  }

  private static String ours(String text) {
    PreparedTxnState state = new PreparedTxnState(text);
    return state + " " + state.producerId() + " " + state.epoch() + " " + state.hasTransaction();
  }

  private static String apaches(String text) {
    var state = new org.apache.kafka.clients.producer.PreparedTxnState(text);
    return state + " " + state.producerId() + " " + state.epoch() + " " + state.hasTransaction();
  }

  private static String read(String text, Function<String, String> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      return "refused";
    }
  }
}

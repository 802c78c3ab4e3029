package io.millstream.clients.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.header.internals.RecordHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProducerRecordTest {

  private static final byte[] VALUE = {1};

  @Test
  void headersCanBeAddedUntilItIsSent() {
    ProducerRecord<String, String> record = new ProducerRecord<>("orders", "value");
    record.headers().add("first", VALUE);

    assertThat(record.sealHeaders()).extracting(header -> header.key()).containsExactly("first");
    assertThatThrownBy(() -> record.headers().add("late", VALUE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRecordThatWasSentWithoutHeadersTakesNone() {
    ProducerRecord<String, String> record = new ProducerRecord<>("orders", "value");

    assertThat(record.sealHeaders()).isEmpty();
    assertThat(record.headers()).isEmpty();
    assertThatThrownBy(() -> record.headers().add("late", VALUE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRecordThatIsSentAgainKeepsItsHeaders() {
    ProducerRecord<String, String> record =
        new ProducerRecord<>(
            "orders", null, "key", "value", List.of(new RecordHeader("first", VALUE)));
    record.sealHeaders();

    assertThat(record.sealHeaders()).extracting(header -> header.key()).containsExactly("first");
  }

  @Test
  void recordsWithoutHeadersAreEqualWhetherOrNotSomeoneAskedForThem() {
    ProducerRecord<String, String> asked = new ProducerRecord<>("orders", "value");
    asked.headers();
    ProducerRecord<String, String> fresh = new ProducerRecord<>("orders", "value");

    assertThat(fresh).isEqualTo(asked).hasSameHashCodeAs(asked).hasToString(asked.toString());
    fresh.headers().add("first", VALUE);
    assertThat(fresh).isNotEqualTo(asked);
  }
}

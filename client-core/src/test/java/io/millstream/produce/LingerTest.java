package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.ProducerConfig;
import io.millstream.protocol.ErrorCode;
import io.millstream.settings.SettingTables;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LingerTest {

  private static final long MILLI = 1_000_000;
  private static final Linger ADAPTIVE = new Linger(5 * MILLI, true);

  private static Linger configured(@Nullable Object lingerMillis) {
    Map<String, Object> configs =
        new HashMap<>(
            Map.of(
                "bootstrap.servers", "127.0.0.1:9092",
                "key.serializer", "io.millstream.common.serialization.StringSerializer",
                "value.serializer", "io.millstream.common.serialization.StringSerializer"));
    if (lingerMillis != null) {
      configs.put(ProducerConfig.LINGER_MS_CONFIG, lingerMillis);
    }
    return ProduceSettings.from(SettingTables.producer().parse(configs)).buffering().linger();
  }

  @Test
  void adaptsOnlyWhereNoneIsGiven() {
    assertThat(configured(null)).isEqualTo(ADAPTIVE);
    assertThat(configured(5)).isEqualTo(new Linger(5 * MILLI, false));
    assertThat(configured("0")).isEqualTo(new Linger(0, false));
  }

  @Test
  void firstRecordLeavesAtOnceAndTheNextAfterTheAnswerAndAPause() {
    SenderFixture fixture = new SenderFixture(1, ADAPTIVE);
    fixture.append(0, "first");
    fixture.look();
    assertThat(fixture.sent).hasSize(1);
    fixture.append(0, "second");
    fixture.pass(MILLI);
    assertThat(fixture.sent).as("the first is not answered").hasSize(1);
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.sent).as("the first left a millisecond ago").isEmpty();
    fixture.append(0, "third");
    fixture.pass(MILLI - 1);
    assertThat(fixture.sent).isEmpty();
    fixture.pass(1);
    assertThat(fixture.sent).hasSize(1);
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.told).containsExactly("first", "second", "third");
    fixture.pass(10 * MILLI);
    fixture.append(0, "fourth");
    fixture.look();
    assertThat(fixture.sent).as("nothing has left for a while").hasSize(1);
  }

  @Test
  void answerThatComesLateHasWhatWaitsLeaveAtOnce() {
    SenderFixture fixture = new SenderFixture(1, ADAPTIVE);
    fixture.append(0, "first");
    fixture.look();
    fixture.append(0, "second");
    fixture.pass(4 * MILLI);
    assertThat(fixture.sent).hasSize(1);
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.sent).hasSize(1);
  }

  @Test
  void nothingWaitsForAnAnswerForMoreThanTheMost() {
    SenderFixture fixture = new SenderFixture(4, ADAPTIVE);
    fixture.append(0, "first");
    fixture.look();
    fixture.append(2, "second");
    fixture.pass(5 * MILLI - 1);
    assertThat(fixture.sent).hasSize(1);
    fixture.pass(1);
    assertThat(fixture.sent).hasSize(2);
  }

  @Test
  void oneBrokerThatIsBusyKeepsNothingFromAnother() {
    SenderFixture fixture = new SenderFixture(4, ADAPTIVE);
    fixture.append(0, "even");
    fixture.look();
    fixture.append(1, "odd");
    fixture.look();
    assertThat(fixture.sent).hasSize(2);
  }

  @Test
  void givenTimeIsObeyedHoweverLittleTrafficThereIs() {
    SenderFixture fixture = new SenderFixture(1, new Linger(5 * MILLI, false));
    fixture.append(0, "first");
    fixture.pass(5 * MILLI - 1);
    assertThat(fixture.sent).isEmpty();
    fixture.pass(1);
    assertThat(fixture.sent).hasSize(1);
  }
}

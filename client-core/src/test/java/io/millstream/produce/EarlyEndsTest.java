package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.errors.ClusterAuthorizationException;
import io.millstream.compression.Codec;
import io.millstream.protocol.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyEndsTest {

  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final RuntimeException refusal = new ClusterAuthorizationException("made by the test");

  @Test
  void batchExpiresInTimeWhileACompressorHoldsItsBytes() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5, Codec.LZ4);
    fixture.appendLarge(0, "first");
    fixture.pass(MINUTE_NANOS);
    fixture.appendLarge(0, "second");
    fixture.pass(SenderFixture.HOUR_NANOS - MINUTE_NANOS - 1);
    assertThat(fixture.told).isEmpty();
    fixture.pass(1);
    assertThat(fixture.told).containsExactly("first TimeoutException");
    assertThat(fixture.messages.get(0)).contains("not compressed yet").contains("no attempt");
    assertThat(fixture.memory.takenBytes()).as("bytes that may be in use").isGreaterThan(20_000);
    fixture.helperTasks.remove().run();
    assertThat(fixture.memory.takenBytes()).as("the second batch").isBetween(10_000L, 20_000L);
    fixture.helperTasks.remove().run();
    fixture.look();
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.told).containsExactly("first TimeoutException", "second");
    assertThat(fixture.memory.takenBytes()).isZero();
  }

  @Test
  void batchThatExpiresBehindOneThatIsCompressedGivesItsMemoryBackAtOnce() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5, Codec.LZ4);
    fixture.appendLarge(0, "first");
    fixture.appendLarge(0, "second");
    fixture.helperTasks.removeLast().run();
    fixture.pass(SenderFixture.HOUR_NANOS);
    assertThat(fixture.told).containsExactly("first TimeoutException", "second TimeoutException");
    assertThat(fixture.memory.takenBytes()).as("the first batch").isBetween(10_000L, 20_000L);
    fixture.helperTasks.remove().run();
    assertThat(fixture.memory.takenBytes()).isZero();
  }

  @Test
  void openBatchThatCannotLeaveExpiresInTime() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5, Codec.LZ4);
    fixture.appendBatch(0, "first");
    fixture.seal(0);
    fixture.look();
    fixture.pass(MINUTE_NANOS);
    fixture.identity = null;
    fixture.append(0, "second");
    fixture.pass(SenderFixture.HOUR_NANOS - 1);
    assertThat(fixture.told).containsExactly("first TimeoutException");
    fixture.pass(1);
    assertThat(fixture.told).containsExactly("first TimeoutException", "second TimeoutException");
    assertThat(fixture.messages.get(1)).contains("queued").contains("no attempt");
  }

  @Test
  void batchExpiresInTimeWhileItIsSplit() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5);
    fixture.append(0, "first");
    fixture.append(0, "second");
    fixture.pass(SenderFixture.HOUR_NANOS / 2);
    fixture.seal(0);
    fixture.look();
    fixture.answer(ErrorCode.MESSAGE_TOO_LARGE);
    assertThat(fixture.helperTasks).hasSize(1);
    fixture.appendBatch(0, "third");
    fixture.pass(SenderFixture.HOUR_NANOS / 2);
    assertThat(fixture.told).containsExactly("first TimeoutException", "second TimeoutException");
    assertThat(fixture.messages.get(0)).contains("being split");
    assertThat(fixture.sent).as("the lane is closed").isEmpty();
    fixture.helperTasks.remove().run();
    fixture.inLoop(fixture::look);
    fixture.inLoop(() -> fixture.answer(ErrorCode.NONE));
    assertThat(fixture.told).endsWith("third");
    assertThat(fixture.memory.takenBytes()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "false, RecordTooLargeException, could not be split",
    "true, TimeoutException, being split"
  })
  void batchThatCannotBeSplitEndsOnceAndTheLaneGoesOn(
      boolean expires, String exception, String message) {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5);
    fixture.append(0, "first");
    fixture.append(0, "second");
    fixture.pass(SenderFixture.HOUR_NANOS / 2);
    fixture.seal(0);
    fixture.look();
    fixture.answer(ErrorCode.MESSAGE_TOO_LARGE);
    fixture.appendBatch(0, "third");
    if (expires) {
      fixture.pass(SenderFixture.HOUR_NANOS / 2);
    }
    fixture.machineIsFull = true;
    fixture.helperTasks.remove().run();
    fixture.inLoop(fixture::look);
    assertThat(fixture.told).containsExactly("first " + exception, "second " + exception);
    assertThat(fixture.messages).allSatisfy(told -> assertThat(told).contains(message));
    fixture.inLoop(() -> fixture.answer(ErrorCode.NONE));
    assertThat(fixture.told).endsWith("third").hasSize(3);
    assertThat(fixture.memory.takenBytes()).isZero();
  }

  @Test
  void refusedProducerIdFailsThePartitionsRecordsInOrder() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5);
    fixture.appendBatch(0, "zeroth");
    fixture.look();
    fixture.answer(ErrorCode.NONE);
    fixture.appendBatch(0, "first");
    fixture.appendBatch(0, "second");
    fixture.look();
    fixture.appendBatch(0, "third");
    fixture.append(0, "fourth");
    fixture.told.clear();
    assertThat(fixture.sent).hasSize(2);
    fixture.refuseIdentity(refusal);
    assertThat(fixture.told).as("the first is under way").isEmpty();
    fixture.append(0, "fifth");
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.told).containsExactly("first");
    fixture.answer(ErrorCode.NOT_ENOUGH_REPLICAS);
    assertThat(fixture.told)
        .containsExactly(
            "first",
            "second ClusterAuthorizationException",
            "third ClusterAuthorizationException",
            "fourth ClusterAuthorizationException");
    fixture.seal(0);
    fixture.look();
    fixture.answer(ErrorCode.NONE);
    assertThat(fixture.told).endsWith("fifth").hasSize(5);
    assertThat(fixture.memory.takenBytes()).isZero();
  }

  @Test
  void refusedProducerIdFailsWhatIsBeingCompressedInOrder() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5, Codec.LZ4);
    fixture.appendLarge(0, "first");
    fixture.appendLarge(0, "second");
    fixture.helperTasks.removeLast().run();
    fixture.refuseIdentity(refusal);
    assertThat(fixture.told)
        .containsExactly(
            "first ClusterAuthorizationException", "second ClusterAuthorizationException");
    fixture.helperTasks.remove().run();
    assertThat(fixture.memory.takenBytes()).isZero();
  }

  @Test
  void expiryNamesTheProducerIdWhereThatIsMissing() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 5);
    fixture.identity = null;
    fixture.appendBatch(0, "only");
    fixture.look();
    fixture.pass(SenderFixture.HOUR_NANOS);
    assertThat(fixture.told).containsExactly("only TimeoutException");
    assertThat(fixture.messages.get(0))
        .contains("the test gives no identity")
        .doesNotContain("behind others");
  }

  @Test
  void expiryTellsOfOthersWhereTheyAreInTheWay() {
    SenderFixture fixture = new SenderFixture(1, 1 << 20, 1);
    fixture.appendBatch(0, "first");
    fixture.look();
    fixture.appendBatch(0, "second");
    fixture.pass(SenderFixture.HOUR_NANOS);
    assertThat(fixture.messages.get(0)).contains("in flight after 1 attempt");
    assertThat(fixture.messages.get(1)).contains("behind others for broker 1");
  }
}

package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.network.SystemEnvironment;
import org.junit.jupiter.api.Test;

class CallbackRunnerTest {

  private static final RecordMetadata METADATA =
      new RecordMetadata(new TopicPartition("topic", 0), 0, 0, 0, 0, 0);

  private final CallbackRunner runner = new CallbackRunner(new SystemEnvironment("test").clock());

  private void run(Error thrown) {
    runner.run(
        (metadata, exception) -> {
          throw thrown;
        },
        METADATA,
        null);
  }

  @Test
  void callbackThatRecursesTooDeepIsOneThatThrows() {
    assertThatCode(() -> run(new StackOverflowError("made by the test")))
        .as("the loop goes on after it, so the other records have to be told of")
        .doesNotThrowAnyException();
  }

  @Test
  void onlyTheFirstFatalErrorGoesOn() {
    assertThatThrownBy(() -> run(new InternalError("the first"))).hasMessage("the first");
    assertThatCode(() -> run(new InternalError("the second"))).doesNotThrowAnyException();
  }
}

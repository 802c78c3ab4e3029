package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millstream.clients.producer.RecordMetadata;
import io.millstream.common.TopicPartition;
import io.millstream.network.SystemEnvironment;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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

  @Test
  void callbackThatThrowsForEveryRecordIsToldOfOnceInAWhile() {
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    Logger logger = (Logger) LoggerFactory.getLogger(CallbackRunner.class);
    logger.addAppender(said);
    try {
      for (int i = 0; i < 1_000; i++) {
        run(new AssertionError("made by the test"));
      }
    } finally {
      logger.detachAppender(said);
    }
    assertThat(said.list).hasSize(1);
    assertThat(said.list.get(0).getFormattedMessage()).contains("CallbackRunnerTest", "topic-0");
    assertThat(said.list.get(0).getThrowableProxy().getMessage()).isEqualTo("made by the test");
  }
}

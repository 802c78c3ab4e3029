package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.millstream.clients.producer.Callback;
import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.network.Clock;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CallbackRunnerTest {

  private final EventLoop loop = new EventLoop(new SystemEnvironment("test"), "test");
  private long nowNanos;
  private final CallbackRunner runner =
      new CallbackRunner(
          "producer",
          new Clock() {
            @Override
            public long nanoTime() {
              return nowNanos;
            }

            @Override
            public long wallMillis() {
              return 0;
            }
          },
          new SendMetrics(loop.metrics()));

  private void run(Callback callback) {
    WaitingRecord record =
        new WaitingRecord(
            loop,
            new TopicPartition("topic", 0),
            new WaitingRecord.Content(0, null, null, new Header[0], 0),
            callback,
            new WaitingRecord.Span(0, 0));
    runner.run(record, new Callback[] {callback}, 1);
  }

  private void run(Error thrown) {
    run(
        (metadata, exception) -> {
          throw thrown;
        });
  }

  private static List<ILoggingEvent> said(Runnable action) {
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    Logger logger = (Logger) LoggerFactory.getLogger(CallbackRunner.class);
    logger.addAppender(said);
    try {
      action.run();
    } finally {
      logger.detachAppender(said);
    }
    return said.list;
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
    List<ILoggingEvent> said =
        said(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                run(new AssertionError("made by the test"));
              }
            });
    assertThat(said).hasSize(1);
    assertThat(said.get(0).getFormattedMessage()).contains("CallbackRunnerTest", "topic-0");
    assertThat(said.get(0).getThrowableProxy().getMessage()).isEqualTo("made by the test");
  }

  @Test
  void slowCallbackIsNamed() {
    List<ILoggingEvent> said = said(() -> run((metadata, exception) -> nowNanos += 501_000_000));
    assertThat(said).hasSize(1);
    assertThat(said.get(0).getFormattedMessage())
        .contains("CallbackRunnerTest", "501 ms", "sending");
    assertThat(said(() -> run((metadata, exception) -> nowNanos += 499_000_000))).isEmpty();
  }

  @Test
  void callbackThatInterruptsItsThreadDoesNotInterruptTheLoop() {
    List<ILoggingEvent> said =
        said(() -> run((metadata, exception) -> Thread.currentThread().interrupt()));
    assertThat(Thread.interrupted()).isFalse();
    assertThat(said).hasSize(1);
    assertThat(said.get(0).getFormattedMessage()).contains("CallbackRunnerTest", "interrupted");
  }
}

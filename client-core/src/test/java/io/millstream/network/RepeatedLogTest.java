package io.millstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedLogTest {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long nowNanos;
  private final ListAppender<ILoggingEvent> said = new ListAppender<>();
  private final Logger logger = new LoggerContext().getLogger("test");
  private final RepeatedLog log =
      new RepeatedLog(
          new Clock() {
            @Override
            public long nanoTime() {
              return nowNanos;
            }

            @Override
            public long wallMillis() {
              throw new UnsupportedOperationException();
            }
          },
          logger);

  @BeforeEach
  void listen() {
    said.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(said);
  }

  private List<String> takeSaid() {
    List<String> lines =
        said.list.stream().map(line -> line.getLevel() + " " + line.getFormattedMessage()).toList();
    said.list.clear();
    return lines;
  }

  @Test
  void whatRepeatsIsSaidOncePerIntervalWithTheNumberOfThoseInBetween() {
    for (int second = 0; second < 60; second++) {
      log.warn("down");
      nowNanos += SECOND_NANOS;
    }

    assertThat(takeSaid())
        .containsExactly("WARN down", "WARN down (29 more like this since the last time)");
  }

  @Test
  void theEndOfWhatWasSaidIsSaidThoughRepetitionsWereHeldBack() {
    log.warn("down");
    log.warn("down");
    log.over("up");

    assertThat(takeSaid()).containsExactly("WARN down", "INFO up");
  }

  @Test
  void whatReturnsSoonIsSaidAtOnce() {
    log.warn("down");
    log.over("up");
    log.warn("down again");
    log.over("up again");

    assertThat(takeSaid())
        .containsExactly("WARN down", "INFO up", "WARN down again", "INFO up again");
  }

  @Test
  void whatComesAndGoesAllTheTimeIsHeldBackTogetherWithItsEnd() {
    for (int second = 0; second < 29; second++) {
      log.warn("down");
      log.over("up");
      nowNanos += SECOND_NANOS;
    }

    assertThat(takeSaid())
        .containsExactly("WARN down", "INFO up", "WARN down", "INFO up", "WARN down", "INFO up");

    nowNanos += 30 * SECOND_NANOS;
    log.warn("down");
    log.over("up");

    assertThat(takeSaid())
        .containsExactly("WARN down (26 more like this since the last time)", "INFO up");
  }

  @Test
  void anEndWithoutABeginningIsSaid() {
    log.over("up");
    log.over("up");

    assertThat(takeSaid()).containsExactly("INFO up", "INFO up");
  }
}

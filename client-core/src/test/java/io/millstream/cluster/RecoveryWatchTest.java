package io.millstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.spy;

import io.millstream.network.BrokerAddress;
import io.millstream.network.Clock;
import io.millstream.network.Connections;
import io.millstream.network.EventLoop;
import io.millstream.network.NetworkSettings;
import io.millstream.network.SystemEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is asked about the cluster when brokers do not answer. */
class RecoveryWatchTest {

  private static final BrokerAddress BOOTSTRAP = new BrokerAddress(-1, "bootstrap", 9092);
  private static final BrokerAddress FIRST = new BrokerAddress(1, "one", 9092);
  private static final BrokerAddress SECOND = new BrokerAddress(2, "two", 9092);
  private static final ClusterView VIEW =
      new ClusterView(
          new ClusterView.Identity(1, "cluster", 1),
          List.of(FIRST, SECOND),
          List.of(),
          List.of(),
          Map.of());

  private final ManualClock clock = new ManualClock();
  private final MetadataSettings settings = MetadataSettings.defaults(List.of(BOOTSTRAP));
  private final RecoveryWatch watch = watch();

  private static final class ManualClock implements Clock {
    private long nanos;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public long wallMillis() {
      return 0;
    }
  }

  private RecoveryWatch watch() {
    SystemEnvironment environment = spy(new SystemEnvironment("test"));
    doReturn(clock).when(environment).clock();
    EventLoop loop = new EventLoop(environment, "test");
    RecoveryWatch created =
        new RecoveryWatch(loop, new Connections(loop, NetworkSettings.defaults("test")), settings);
    created.succeeded();
    return created;
  }

  private void failsAfter(Duration pause, BrokerAddress broker) {
    clock.nanos += pause.toNanos();
    watch.failed(broker, VIEW);
  }

  @Test
  void bootstrapServersAreAskedWhenAllKnownBrokersHaveFailed() {
    failsAfter(Duration.ZERO, FIRST);
    assertThat(watch.candidates(VIEW)).containsExactly(FIRST, SECOND);
    failsAfter(Duration.ZERO, SECOND);
    assertThat(watch.candidates(VIEW)).containsExactly(BOOTSTRAP);
  }

  @Test
  void bootstrapServersAreAskedWhenThereIsNoAnswerForTooLong() {
    failsAfter(Duration.ZERO, FIRST);
    failsAfter(Duration.ofNanos(settings.recovery().triggerNanos() - 1), FIRST);
    assertThat(watch.candidates(VIEW)).containsExactly(FIRST, SECOND);
    failsAfter(Duration.ofNanos(1), FIRST);
    assertThat(watch.candidates(VIEW)).containsExactly(BOOTSTRAP);
  }

  @Test
  void failuresBeforeAnAnswerDoNotCount() {
    failsAfter(Duration.ZERO, FIRST);
    watch.succeeded();
    failsAfter(Duration.ofNanos(settings.recovery().triggerNanos()), SECOND);
    assertThat(watch.candidates(VIEW)).containsExactly(FIRST, SECOND);
  }

  @Test
  void whoHasFailedIsChosenLast() {
    failsAfter(Duration.ZERO, FIRST);
    for (int i = 0; i < 20; i++) {
      assertThat(watch.choose(VIEW)).isEqualTo(SECOND);
    }
  }
}

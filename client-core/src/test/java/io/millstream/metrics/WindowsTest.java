package io.millstream.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.stats.Avg;
import org.apache.kafka.common.metrics.stats.Max;
import org.apache.kafka.common.metrics.stats.Rate;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Rates, means and maxima are what Apache's classes make of the same events. */
class WindowsTest {

  private static final int WINDOW_MILLIS = 1_000;
  private static final int SAMPLES = 3;

  private final MetricConfig config =
      new MetricConfig().samples(SAMPLES).timeWindow(WINDOW_MILLIS, TimeUnit.MILLISECONDS);
  private final Rate rate = new Rate();
  private final Avg avg = new Avg();
  private final Max max = new Max();

  private long nowMillis;
  private final Windows windows =
      new Windows(
          new MetricsSettings(
              SAMPLES, TimeUnit.MILLISECONDS.toNanos(WINDOW_MILLIS), MetricsSettings.Level.INFO),
          () -> TimeUnit.MILLISECONDS.toNanos(nowMillis));
  private final Counter counter = new Counter(windows);
  private final Measured measured = new Measured(windows);

  private void record(int value) {
    rate.record(config, value, nowMillis);
    avg.record(config, value, nowMillis);
    max.record(config, value, nowMillis);
    windows.at(TimeUnit.MILLISECONDS.toNanos(nowMillis));
    windows.begin();
    counter.add(value);
    measured.add(value);
    windows.end();
  }

  @Test
  void aRateBeginsByAllWindowsButOneAsApachesDoes() {
    record(50);
    nowMillis += 100;
    record(50);
    assertThat(counter.rate()).isEqualTo(100 / 2.1);
    assertThat(counter.rate()).isEqualTo(rate.measure(config, nowMillis));
  }

  @Test
  void aSteadyRateIsToldAsItIsAndAsApacheTellsIt() {
    for (int i = 0; i < 2_000; i++) {
      record(i % 3);
      nowMillis += 10;
      if (i > 300 && i % 7 == 0) {
        assertThat(counter.rate()).isCloseTo(100, Percentage.withPercentage(2));
        assertThat(counter.rate())
            .isCloseTo(rate.measure(config, nowMillis), Percentage.withPercentage(2));
        assertThat(measured.mean()).isCloseTo(avg.measure(config, nowMillis), within(0.02));
        assertThat(measured.largest()).isEqualTo(max.measure(config, nowMillis));
      }
    }
  }

  @Test
  void whatIsOlderThanAllWindowsIsForgottenAndTheTotalIsNot() {
    record(7);
    nowMillis += SAMPLES * WINDOW_MILLIS;
    assertThat(counter.rate()).isZero().isEqualTo(rate.measure(config, nowMillis));
    assertThat(new double[] {measured.mean(), measured.largest()})
        .containsExactly(avg.measure(config, nowMillis), max.measure(config, nowMillis))
        .containsExactly(Double.NaN, Double.NaN);
    assertThat(counter.total()).isEqualTo(7);

    record(3);
    assertThat(measured.largest()).isEqualTo(3);
    assertThat(measured.mean()).isEqualTo(3);
    assertThat(counter.total()).isEqualTo(10);
  }

  @Test
  void whatIsStillWithinTheWindowsCounts() {
    record(7);
    nowMillis += (SAMPLES - 1) * WINDOW_MILLIS;
    record(3);
    assertThat(measured.largest()).isEqualTo(7).isEqualTo(max.measure(config, nowMillis));
    assertThat(measured.mean()).isEqualTo(5).isEqualTo(avg.measure(config, nowMillis));
    assertThat(counter.rate()).isEqualTo(10 / 2.0);
  }

  @Test
  void theLargestOfNegativeValuesIsNegative() {
    record(-4);
    record(-2);
    assertThat(measured.largest()).isEqualTo(-2);
  }

  @Test
  void aCellThatCameLateIsNotRatedOverTheTimeBefore() {
    nowMillis = 900;
    windows.at(TimeUnit.MILLISECONDS.toNanos(nowMillis));
    Counter late = new Counter(windows);
    windows.begin();
    late.add(40);
    windows.end();
    assertThat(late.rate()).isEqualTo(40 / 2.0);
  }

  @Test
  void aReaderOfAnotherThreadNeverSeesHalfAChange() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Windows shared = new Windows(MetricsSettings.DEFAULTS, System::nanoTime);
    Measured fives = new Measured(shared);
    Counter one = new Counter(shared);
    Counter other = new Counter(shared);
    Thread writer =
        new Thread(
            () -> {
              while (!over.get()) {
                shared.begin();
                one.add(1);
                fives.add(5);
                other.add(1);
                shared.end();
                // The event loop does far more between two changes than within one.
                for (int i = 0; i < 50; i++) {
                  Thread.onSpinWait();
                }
              }
            });
    writer.start();
    try {
      int halves = 0;
      for (int i = 0; i < 50_000; i++) {
        double mean = fives.mean();
        double difference = shared.read(now -> one.count() - other.count());
        if ((!Double.isNaN(mean) && mean != 5) || difference != 0) {
          halves++;
        }
      }
      assertThat(halves).isZero();
      assertThat(one.total()).isPositive();
    } finally {
      over.set(true);
      writer.join();
    }
  }

  @Test
  void callersOfSeveralThreadsLoseNothing() throws Exception {
    SharedCounter shared = new SharedCounter(MetricsSettings.DEFAULTS, System::nanoTime);
    Thread[] callers = new Thread[4];
    for (int i = 0; i < callers.length; i++) {
      callers[i] =
          new Thread(
              () -> {
                for (int j = 0; j < 10_000; j++) {
                  shared.add(1);
                }
              });
      callers[i].start();
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(shared.total()).isEqualTo(40_000);
  }
}

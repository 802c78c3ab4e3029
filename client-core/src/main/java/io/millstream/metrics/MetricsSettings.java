package io.millstream.metrics;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.settings.ParsedSettings;
import java.util.concurrent.TimeUnit;

/**
 * How rates, means and maxima are taken.
 *
 * @param samples {@code metrics.num.samples}: how many windows count, the one that is under way
 *     among them
 * @param windowNanos {@code metrics.sample.window.ms}: how long a window is
 * @param level {@code metrics.recording.level}
 */
public record MetricsSettings(int samples, long windowNanos, Level level) {

  /** How much is measured. */
  public enum Level {
    /** What Kafka's clients measure. */
    INFO,
    /** More than that. */
    DEBUG,
    /** All. */
    TRACE
  }

  /** What no window is shorter than: zero may be given, and nothing could be taken over that. */
  static final long SHORTEST_WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Kafka's defaults. */
  public static final MetricsSettings DEFAULTS =
      new MetricsSettings(2, TimeUnit.SECONDS.toNanos(30), Level.INFO);

  /** Checks the values. */
  public MetricsSettings {
    if (samples < 1) {
      throw new IllegalArgumentException(samples + " windows");
    }
    windowNanos = Math.max(SHORTEST_WINDOW_NANOS, windowNanos);
  }

  /**
   * Takes from a client's settings what concerns its metrics.
   *
   * @param settings of any kind of client
   */
  public static MetricsSettings from(ParsedSettings settings) {
    return new MetricsSettings(
        settings.integer(CommonClientConfigs.METRICS_NUM_SAMPLES_CONFIG),
        settings.nanos(CommonClientConfigs.METRICS_SAMPLE_WINDOW_MS_CONFIG),
        Level.valueOf(settings.text(CommonClientConfigs.METRICS_RECORDING_LEVEL_CONFIG)));
  }
}

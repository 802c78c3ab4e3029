package io.millstream.settings;

import static io.millstream.settings.Rule.atLeast;
import static io.millstream.settings.Rule.oneOf;
import static io.millstream.settings.Setting.integer;
import static io.millstream.settings.Setting.list;
import static io.millstream.settings.Setting.number;
import static io.millstream.settings.Setting.plugins;
import static io.millstream.settings.Setting.text;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.common.metrics.JmxReporter;
import io.millstream.common.metrics.MetricsReporter;
import java.util.List;

/** How a client counts, and whom it tells. */
final class MetricsDefinitions {

  private MetricsDefinitions() {}

  /** Returns those of a client that shows its metrics. */
  static List<Setting> shown() {
    return List.of(
        plugins(
                CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
                MetricsReporter.class,
                JmxReporter.class)
            .low()
            .doc(CommonClientConfigs.METRIC_REPORTER_CLASSES_DOC),
        samples(),
        level(),
        window());
  }

  /** Returns those of a client that does not show its metrics yet. */
  static List<Setting> hidden() {
    return List.of(
        list(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, JmxReporter.class.getName())
            .low()
            .doc(CommonClientConfigs.METRIC_REPORTER_CLASSES_DOC)
            .notBuilt(List.of()),
        samples().notBuilt(),
        level().notBuilt(),
        window().notBuilt());
  }

  private static Setting samples() {
    return integer(CommonClientConfigs.METRICS_NUM_SAMPLES_CONFIG, 2)
        .rule(atLeast(1))
        .low()
        .doc(CommonClientConfigs.METRICS_NUM_SAMPLES_DOC);
  }

  private static Setting level() {
    return text(CommonClientConfigs.METRICS_RECORDING_LEVEL_CONFIG, "INFO")
        .rule(oneOf("INFO", "DEBUG", "TRACE"))
        .low()
        .doc(CommonClientConfigs.METRICS_RECORDING_LEVEL_DOC);
  }

  private static Setting window() {
    return number(CommonClientConfigs.METRICS_SAMPLE_WINDOW_MS_CONFIG, 30_000)
        .rule(atLeast(0))
        .low()
        .doc(CommonClientConfigs.METRICS_SAMPLE_WINDOW_MS_DOC);
  }
}

package io.millstream.settings;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.common.config.ConfigException;
import io.millstream.common.metrics.JmxReporter;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application configured, before it is parsed: ordered by key, values as they are. */
final class Originals {

  private static final Logger LOG = LoggerFactory.getLogger(Originals.class);

  /** What keys begin with whose ends are an application's choice, or are a reporter's. */
  private static final List<String> FOR_REPORTERS =
      List.of(CommonClientConfigs.METRICS_CONTEXT_PREFIX, JmxReporter.METRICS_CONFIG_PREFIX);

  private Originals() {}

  static Map<String, Object> of(SettingTable table, Map<?, ?> configured) {
    Map<String, Object> originals = new TreeMap<>();
    if (configured instanceof Properties properties) {
      for (String key : properties.stringPropertyNames()) {
        originals.put(key, properties.getProperty(key));
      }
    }
    for (Map.Entry<?, ?> entry : configured.entrySet()) {
      if (!(entry.getKey() instanceof String key)) {
        throw new ConfigException(
            "The settings of the %s have a key that is no text: %s. Keys are texts such as %s."
                .formatted(
                    table.client(),
                    entry.getKey() == null
                        ? "null"
                        : entry.getKey() + " of " + entry.getKey().getClass(),
                    "\"bootstrap.servers\""));
      }
      originals.put(key, entry.getValue());
    }
    return originals;
  }

  /** Warns of keys that no table entry has. Their values are not shown: they may be secret. */
  static void warnOfUnknown(SettingTable table, @Nullable String clientId, Iterable<String> keys) {
    for (String key : keys) {
      if (table.find(key) == null && FOR_REPORTERS.stream().noneMatch(key::startsWith)) {
        LOG.warn(
            "{}: unknown setting {} of the {}: {}. It is handed to plug-ins and has no effect"
                + " otherwise.",
            clientId,
            key,
            table.client(),
            NearestKey.hint(table, key));
      }
    }
  }
}

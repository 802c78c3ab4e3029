package io.millstream.settings;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.common.config.ConfigException;
import io.millstream.common.config.types.Password;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings while they are being parsed: values so far, and everything that is wrong with them. */
final class Draft {

  private static final Logger LOG = LoggerFactory.getLogger(Draft.class);

  private final SettingTable table;
  private final Map<String, Object> originals;
  private final Map<String, ?> instances;
  private final Map<String, Object> values = new TreeMap<>();
  private final Set<String> wrongKeys = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();

  Draft(SettingTable table, Map<String, Object> originals, Map<String, ?> instances) {
    this.table = table;
    this.originals = originals;
    this.instances = instances;
  }

  void parseEach() {
    for (Setting setting : table.settings()) {
      values.put(setting.key(), valueOf(setting));
    }
    for (Map.Entry<String, ?> handed : instances.entrySet()) {
      values.put(handed.getKey(), handed.getValue());
      originals.put(handed.getKey(), handed.getValue().getClass());
    }
  }

  private @Nullable Object valueOf(Setting setting) {
    if (instances.containsKey(setting.key())) {
      return null;
    }
    Object standard = setting.shape().standard();
    Object given = originals.get(setting.key());
    if (given == null) {
      if (setting.shape().required()) {
        wrong(setting.key(), "is required");
      } else if (originals.containsKey(setting.key()) && standard != null && !standard.equals("")) {
        wrong(setting.key(), "must not be null");
      }
      return standard;
    }
    try {
      if (!setting.support().built() && setting.shape().type() == ValueType.CLASS) {
        return ifHarmless(setting, given);
      }
      Object value = ValueParser.parse(setting, given);
      return setting.support().built() ? value : ifHarmless(setting, value);
    } catch (WrongValueException e) {
      wrong(setting.key(), e.getMessage());
      return standard;
    }
  }

  private static @Nullable Object ifHarmless(Setting setting, Object value)
      throws WrongValueException {
    Object standard = setting.shape().standard();
    boolean harmless =
        same(value, standard)
            || setting.support().harmless().stream().anyMatch(other -> same(value, other));
    if (!harmless) {
      throw new WrongValueException(
          "is not built yet in this client, so only its default may be given: "
              + Shown.of(setting, standard));
    }
    return value;
  }

  private static boolean same(Object value, @Nullable Object other) {
    if (value instanceof String text && other instanceof String otherText) {
      return text.trim().equalsIgnoreCase(otherText);
    }
    return value.equals(other);
  }

  /** Notes that something is wrong with a key; its value is told unless it is a password. */
  void wrong(String key, @Nullable String rule) {
    wrongKeys.add(key);
    Setting setting = table.find(key);
    Object given = originals.get(key);
    if (given == null || setting == null) {
      problems.add(key + " " + rule);
    } else {
      problems.add(key + " = " + Shown.of(setting, given) + " " + rule);
    }
  }

  /** Says whether the application gave a value of its own. */
  boolean given(String key) {
    return originals.get(key) != null;
  }

  /** Says whether none of the keys is wrong, so that rules among them can be checked. */
  boolean sound(String... keys) {
    for (String key : keys) {
      if (wrongKeys.contains(key)) {
        return false;
      }
    }
    return true;
  }

  @Nullable String text(String key) {
    return (String) values.get(key);
  }

  /** Returns what the client is called in the log; known as soon as its rules are checked. */
  @Nullable String clientId() {
    return text(CommonClientConfigs.CLIENT_ID_CONFIG);
  }

  long number(String key) {
    Object value = values.get(key);
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException(key + " has no number");
  }

  boolean flag(String key) {
    return Boolean.TRUE.equals(values.get(key));
  }

  void set(String key, Object value) {
    values.put(key, value);
  }

  /** Ends parsing. */
  ParsedSettings finish() {
    Originals.warnOfUnknown(table, clientId(), originals.keySet());
    if (!problems.isEmpty()) {
      throw new ConfigException(message());
    }
    Set<String> given = new LinkedHashSet<>();
    originals.forEach(
        (key, value) -> {
          if (value != null) {
            given.add(key);
          }
        });
    ParsedSettings parsed = new ParsedSettings(table, values, originals, given);
    if (LOG.isDebugEnabled()) {
      LOG.debug("Settings of {}: {}", parsed.clientId(), Shown.all(table, values));
    }
    return parsed;
  }

  private String message() {
    if (problems.size() == 1) {
      return "A setting of the " + table.client() + " is wrong: " + problems.get(0);
    }
    return "%d settings of the %s are wrong:\n  %s"
        .formatted(problems.size(), table.client(), String.join("\n  ", problems));
  }

  /** How values are shown in messages and logs. */
  static final class Shown {

    private Shown() {}

    static String of(Setting setting, @Nullable Object value) {
      if (value != null && setting.shape().type() == ValueType.PASSWORD) {
        return Password.HIDDEN;
      }
      if (value instanceof List<?> list) {
        return String.join(",", list.stream().map(element -> of(setting, element)).toList());
      }
      if (value instanceof String text && text.isBlank()) {
        return "\"\"";
      }
      return value instanceof Class<?> type ? type.getName() : String.valueOf(value);
    }

    /** Shows all that have an effect. */
    static String all(SettingTable table, Map<String, ?> values) {
      return String.join(
          ", ",
          table.settings().stream()
              .filter(setting -> setting.support().built())
              .map(setting -> setting.key() + "=" + of(setting, values.get(setting.key())))
              .toList());
    }
  }
}

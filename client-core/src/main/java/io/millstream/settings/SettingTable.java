package io.millstream.settings;

import io.millstream.common.config.ConfigDef;
import io.millstream.common.config.ConfigException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All settings of one kind of client. Immutable. */
public final class SettingTable {

  private final String client;
  private final Map<String, Setting> settings;
  private final Consumer<Draft> crossRules;

  SettingTable(String client, List<List<Setting>> parts, Consumer<Draft> crossRules) {
    this.client = client;
    this.crossRules = crossRules;
    Map<String, Setting> byKey = new TreeMap<>();
    for (List<Setting> part : parts) {
      for (Setting setting : part) {
        if (byKey.put(setting.key(), setting) != null) {
          throw new IllegalArgumentException(setting.key() + " is defined twice");
        }
      }
    }
    settings = Collections.unmodifiableMap(byKey);
  }

  /** Returns what the client is called in messages: producer, consumer or admin client. */
  public String client() {
    return client;
  }

  /** Returns all settings, ordered by key. */
  public Collection<Setting> settings() {
    return settings.values();
  }

  /** Returns the keys of all settings, ordered. Unmodifiable. */
  public Set<String> keys() {
    return settings.keySet();
  }

  /** Returns the settings as Kafka's classes show them; a new one, to be changed at will. */
  public ConfigDef definition() {
    return ConfigDefinitions.of(this);
  }

  /**
   * Returns what Kafka's rules among several keys make of values that were parsed one by one.
   *
   * @param configured what was parsed
   * @param parsed what came of it
   * @return texts, numbers and truth values that are others
   * @throws ConfigException if anything is wrong; it names every key that is
   */
  public Map<String, Object> derived(Map<String, ?> configured, Map<String, ?> parsed) {
    Map<String, Object> derived = new TreeMap<>();
    parse(configured)
        .values()
        .forEach(
            (key, value) -> {
              if (value != null && isPlain(key) && !value.equals(parsed.get(key))) {
                derived.put(key, value);
              }
            });
    return derived;
  }

  private boolean isPlain(String key) {
    Setting setting = find(key);
    return setting != null
        && switch (setting.shape().type()) {
          case BOOLEAN, STRING, SHORT, INT, LONG, DOUBLE -> true;
          case LIST, CLASS, CLASSES, PASSWORD -> false;
        };
  }

  @Nullable Setting find(String key) {
    return settings.get(key);
  }

  /**
   * Parses what an application configured.
   *
   * @param configured keys and values; {@link java.util.Properties} with their defaults. Values are
   *     of the type or texts.
   * @throws ConfigException if anything is wrong; it names every key that is, with value and rule
   */
  public ParsedSettings parse(Map<?, ?> configured) {
    return parse(configured, Map.of());
  }

  /**
   * Parses what an application configured, where plug-ins were handed over beside the
   * configuration.
   *
   * @param configured keys and values, as above
   * @param instances plug-ins by key, which count in place of what is configured for that key
   * @throws ConfigException if anything is wrong; it names every key that is, with value and rule
   */
  public ParsedSettings parse(Map<?, ?> configured, Map<String, ?> instances) {
    Draft draft = new Draft(this, Originals.of(this, configured), instances);
    draft.parseEach();
    crossRules.accept(draft);
    return draft.finish();
  }
}

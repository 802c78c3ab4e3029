package io.millstream.common.config;

import io.millstream.common.KafkaException;
import io.millstream.common.config.ConfigDef.ConfigKey;
import io.millstream.common.config.types.Password;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parsed settings, by a definition. For plug-ins that have settings of their own, which extend it
 * or use it as it is; clients of this library parse theirs by other means.
 *
 * <p>It notes which keys were asked for, so that {@link #unused} can tell of those that nobody
 * wanted. Values do not change once it is created, and any thread may read them.
 */
public class AbstractConfig {

  /** System property that restricts what {@link #CONFIG_PROVIDERS_CONFIG} may name, in Kafka. */
  public static final String AUTOMATIC_CONFIG_PROVIDERS_PROPERTY =
      "org.apache.kafka.automatic.config.providers";

  /** Sources of values that settings name in place of the value itself. Not built yet. */
  public static final String CONFIG_PROVIDERS_CONFIG = "config.providers";

  /** What {@code config.providers} does. */
  public static final String CONFIG_PROVIDERS_DOC =
      "Sources of values that settings name in place of the value itself.";

  private final Logger log = LoggerFactory.getLogger(getClass());
  private final Set<String> used = ConcurrentHashMap.newKeySet();
  private final ConfigDef definition;
  private final Map<String, Object> originals;
  private final Map<String, @Nullable Object> values;

  /**
   * Parses settings.
   *
   * @param definition which there are
   * @param originals keys and values, of the type or as texts; {@link Properties} with their
   *     defaults
   * @param configProviderProps settings of sources of values, which are not built yet
   * @param doLog whether the values are logged
   * @throws ConfigException if a value is missing or not allowed
   */
  @SuppressWarnings("this-escape") // classes below add to what was parsed
  public AbstractConfig(
      ConfigDef definition,
      Map<?, ?> originals,
      Map<String, ?> configProviderProps,
      boolean doLog) {
    this.definition = definition;
    this.originals =
        new HashMap<>(preProcessParsedConfig(Collections.unmodifiableMap(named(originals))));
    refuseProviders(this.originals);
    refuseProviders(configProviderProps);
    Map<String, @Nullable Object> parsed = definition.parse(this.originals);
    values = parsed;
    parsed.putAll(postProcessParsedConfig(Collections.unmodifiableMap(new HashMap<>(parsed))));
    definition.parse(parsed);
    if (doLog && log.isInfoEnabled()) {
      log.info("{}: {}", getClass().getSimpleName(), new TreeMap<>(parsed));
    }
  }

  /**
   * Parses settings and logs them.
   *
   * @param definition which there are
   * @param originals keys and values, of the type or as texts
   * @throws ConfigException if a value is missing or not allowed
   */
  public AbstractConfig(ConfigDef definition, Map<?, ?> originals) {
    this(definition, originals, Map.of(), true);
  }

  /**
   * Parses settings.
   *
   * @param definition which there are
   * @param originals keys and values, of the type or as texts
   * @param doLog whether the values are logged
   * @throws ConfigException if a value is missing or not allowed
   */
  public AbstractConfig(ConfigDef definition, Map<?, ?> originals, boolean doLog) {
    this(definition, originals, Map.of(), doLog);
  }

  private static Map<String, Object> named(Map<?, ?> given) {
    Map<String, Object> named = new HashMap<>();
    if (given instanceof Properties properties) {
      properties.stringPropertyNames().forEach(key -> named.put(key, properties.getProperty(key)));
    }
    given.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw new ConfigException(String.valueOf(key), value, "the key must be a text");
          }
          named.put(name, value);
        });
    return named;
  }

  private static void refuseProviders(Map<String, ?> given) {
    Object providers = given.get(CONFIG_PROVIDERS_CONFIG);
    if (providers != null && !providers.equals("") && !providers.equals(List.of())) {
      throw new ConfigException(
          CONFIG_PROVIDERS_CONFIG, providers, "is not built yet in this client");
    }
  }

  /**
   * May change what was given before it is parsed. By default nothing is changed.
   *
   * @param parsedValues what was given; unmodifiable
   * @return what is to be parsed
   */
  protected Map<String, Object> preProcessParsedConfig(Map<String, Object> parsedValues) {
    return parsedValues;
  }

  /**
   * May set values that depend on others. By default none is set.
   *
   * @param parsedValues values of all settings; unmodifiable
   * @return values that count in place of those
   */
  protected Map<String, Object> postProcessParsedConfig(Map<String, Object> parsedValues) {
    return Map.of();
  }

  /**
   * Returns a value.
   *
   * @param key a key that is defined
   * @return the value; null for none
   * @throws ConfigException if there is no such key
   */
  protected @Nullable Object get(String key) {
    if (!values.containsKey(key)) {
      throw new ConfigException("There is no setting " + key);
    }
    used.add(key);
    return values.get(key);
  }

  /**
   * Notes that a key is not unused.
   *
   * @param key any key
   */
  public void ignore(String key) {
    used.add(key);
  }

  /**
   * Returns a number of 16 bits.
   *
   * @param key a setting of that type
   * @return the value; null for none
   * @throws ConfigException if there is no such setting
   */
  public @Nullable Short getShort(String key) {
    return (Short) get(key);
  }

  /**
   * Returns a number of 32 bits.
   *
   * @param key a setting of that type
   * @return the value; null for none
   * @throws ConfigException if there is no such setting
   */
  public @Nullable Integer getInt(String key) {
    return (Integer) get(key);
  }

  /**
   * Returns a number of 64 bits.
   *
   * @param key a setting of that type
   * @return the value; null for none
   * @throws ConfigException if there is no such setting
   */
  public @Nullable Long getLong(String key) {
    return (Long) get(key);
  }

  /**
   * Returns a number.
   *
   * @param key a setting of that type
   * @return the value; null for none
   * @throws ConfigException if there is no such setting
   */
  public @Nullable Double getDouble(String key) {
    return (Double) get(key);
  }

  /**
   * Returns texts.
   *
   * @param key a setting of that type
   * @return the value; null for none
   * @throws ConfigException if there is no such setting
   */
  @SuppressWarnings("unchecked") // elements are what the definition let pass
  public @Nullable List<String> getList(String key) {
    return (List<String>) get(key);
  }

  /**
   * Returns whether something is on.
   *
   * @param key a setting of that type
   * @return the value; null for none
   * @throws ConfigException if there is no such setting
   */
  public @Nullable Boolean getBoolean(String key) {
    return (Boolean) get(key);
  }

  /**
   * Returns a text.
   *
   * @param key a setting of that type
   * @return the value; null for none
   * @throws ConfigException if there is no such setting
   */
  public @Nullable String getString(String key) {
    return (String) get(key);
  }

  /**
   * Returns a text that is not to be shown.
   *
   * @param key a setting of that type
   * @return the value; null for none
   * @throws ConfigException if there is no such setting
   */
  public @Nullable Password getPassword(String key) {
    return (Password) get(key);
  }

  /**
   * Returns a class.
   *
   * @param key a setting of that type
   * @return the value; null for none
   * @throws ConfigException if there is no such setting
   */
  public @Nullable Class<?> getClass(String key) {
    return (Class<?>) get(key);
  }

  /**
   * Returns the type of a setting.
   *
   * @param key any key
   * @return its type; null if there is no such setting
   */
  public ConfigDef.@Nullable Type typeOf(String key) {
    ConfigKey defined = definition.configKeys().get(key);
    return defined == null ? null : defined.type;
  }

  /**
   * Returns what a setting does.
   *
   * @param key any key
   * @return what it does; null if there is no such setting
   */
  public @Nullable String documentationOf(String key) {
    ConfigKey defined = definition.configKeys().get(key);
    return defined == null ? null : defined.documentation;
  }

  /** {@return keys that were given and that nobody has asked for} */
  public Set<String> unused() {
    Set<String> unused = new TreeSet<>(originals.keySet());
    unused.removeAll(used);
    return unused;
  }

  /** {@return what was given, of any key; a copy, and what is got from it counts as used} */
  public Map<String, Object> originals() {
    return new NotingMap<>(originals, "");
  }

  /**
   * Returns what was given, with changes.
   *
   * @param configOverrides keys and values that count in place of what was given
   * @return a copy; what is got from it counts as used
   */
  public Map<String, Object> originals(Map<String, Object> configOverrides) {
    Map<String, Object> all = new NotingMap<>(originals, "");
    all.putAll(configOverrides);
    return all;
  }

  /**
   * Returns what was given, where all of it is texts.
   *
   * @return a copy; what is got from it counts as used
   * @throws ClassCastException if a value is no text
   */
  public Map<String, String> originalsStrings() {
    Map<String, String> texts = new HashMap<>();
    originals.forEach(
        (key, value) -> {
          if (!(value instanceof String text)) {
            throw new ClassCastException(
                "The value of %s is no text but a %s"
                    .formatted(key, value == null ? "null" : value.getClass().getName()));
          }
          texts.put(key, text);
        });
    return new NotingMap<>(texts, "");
  }

  /**
   * Returns what was given for keys that begin with a prefix, without it.
   *
   * @param prefix how the keys begin
   * @return a copy; what is got from it counts as used
   */
  public Map<String, Object> originalsWithPrefix(String prefix) {
    return originalsWithPrefix(prefix, true);
  }

  /**
   * Returns what was given for keys that begin with a prefix and are longer.
   *
   * @param prefix how the keys begin
   * @param strip whether keys are returned without the prefix
   * @return a copy; what is got from it counts as used
   */
  public Map<String, Object> originalsWithPrefix(String prefix, boolean strip) {
    Map<String, Object> found = new HashMap<>();
    originals.forEach(
        (key, value) -> {
          if (isBelow(key, prefix)) {
            found.put(strip ? key.substring(prefix.length()) : key, value);
          }
        });
    return new NotingMap<>(found, strip ? prefix : "");
  }

  private static boolean isBelow(String key, String prefix) {
    return key.startsWith(prefix) && key.length() > prefix.length();
  }

  /**
   * Returns the values of all settings, where one that is given with a prefix counts more than the
   * one without. A key with a further word before it is kept with that word: a SASL mechanism has
   * its settings so.
   *
   * @param prefix how such keys begin
   * @return a copy; what is got from it counts as used
   * @throws ConfigException if a value with the prefix is not allowed
   */
  public Map<String, @Nullable Object> valuesWithPrefixOverride(String prefix) {
    Map<String, @Nullable Object> found = new NotingMap<>(values, "");
    originals.forEach(
        (key, value) -> {
          if (!isBelow(key, prefix)) {
            return;
          }
          String name = key.substring(prefix.length());
          ConfigKey defined = definition.configKeys().get(name);
          if (defined == null) {
            defined = definition.configKeys().get(name.substring(name.indexOf('.') + 1));
          }
          if (defined != null) {
            found.put(name, checked(defined, value));
          }
        });
    return found;
  }

  private static @Nullable Object checked(ConfigKey defined, @Nullable Object given) {
    Map<String, @Nullable Object> alone = new HashMap<>();
    alone.put(defined.name, given);
    return defined.parse(alone);
  }

  /**
   * Returns the values of those settings that are given with a prefix, if there are any, and all
   * values otherwise.
   *
   * @param prefix how such keys begin
   * @return a copy; what is got from it counts as used
   * @throws ConfigException if a value with the prefix is not allowed
   */
  public Map<String, @Nullable Object> valuesWithPrefixAllOrNothing(String prefix) {
    Map<String, Object> given = originalsWithPrefix(prefix);
    if (given.isEmpty()) {
      return new NotingMap<>(values, "");
    }
    Map<String, @Nullable Object> found = new HashMap<>();
    given.forEach(
        (name, value) -> {
          ConfigKey defined = definition.configKeys().get(name);
          if (defined != null) {
            found.put(name, checked(defined, value));
          }
        });
    return new NotingMap<>(found, prefix);
  }

  /** {@return the values of all settings; a copy, and what is got from it counts as used} */
  public Map<String, ?> values() {
    return new NotingMap<>(values, "");
  }

  /** {@return the values of all settings that are shown to users; a copy, as above} */
  public Map<String, ?> nonInternalValues() {
    Map<String, @Nullable Object> shown = new HashMap<>(values);
    definition
        .configKeys()
        .forEach(
            (name, key) -> {
              if (key.internalConfig) {
                shown.remove(name);
              }
            });
    return new NotingMap<>(shown, "");
  }

  /** Logs the keys that nobody has asked for, without their values. */
  public void logUnused() {
    Set<String> unused = unused();
    if (!unused.isEmpty()) {
      log.info("Settings that were given and not used: {}", unused);
    }
  }

  /**
   * Creates a plug-in, and configures it with what was given if it is {@link
   * io.millstream.common.Configurable}.
   *
   * @param key a setting whose value is a class
   * @param t what it must be
   * @param <T> what it must be
   * @return a new one, to be closed by the caller; null if the setting has no value
   * @throws KafkaException if it cannot be created, or is something else
   */
  public <T> @Nullable T getConfiguredInstance(String key, Class<T> t) {
    return getConfiguredInstance(key, t, Map.of());
  }

  /**
   * Creates a plug-in, as above, and configures it with changes.
   *
   * @param key a setting whose value is a class
   * @param t what it must be
   * @param configOverrides keys and values that count in place of what was given
   * @param <T> what it must be
   * @return a new one, to be closed by the caller; null if the setting has no value
   * @throws KafkaException if it cannot be created, or is something else
   */
  public <T> @Nullable T getConfiguredInstance(
      String key, Class<T> t, Map<String, Object> configOverrides) {
    Class<?> named = getClass(key);
    return named == null ? null : NamedPlugin.create(named, t, originals(configOverrides));
  }

  /**
   * Creates plug-ins, as above.
   *
   * @param key a setting whose value is a list of classes or their names
   * @param t what they must be
   * @param <T> what they must be
   * @return new ones, to be closed by the caller; empty if the setting has no value
   * @throws KafkaException if one cannot be created, or is something else; the others are closed
   */
  public <T> List<T> getConfiguredInstances(String key, Class<T> t) {
    return getConfiguredInstances(key, t, Map.of());
  }

  /**
   * Creates plug-ins, as above, and configures them with changes.
   *
   * @param key a setting whose value is a list of classes or their names
   * @param t what they must be
   * @param configOverrides keys and values that count in place of what was given
   * @param <T> what they must be
   * @return new ones, to be closed by the caller; empty if the setting has no value
   * @throws KafkaException if one cannot be created, or is something else; the others are closed
   */
  public <T> List<T> getConfiguredInstances(
      String key, Class<T> t, Map<String, Object> configOverrides) {
    return getConfiguredInstances(getList(key), t, configOverrides);
  }

  /**
   * Creates plug-ins, as above.
   *
   * @param classNames their classes; null for none
   * @param t what they must be
   * @param configOverrides keys and values that count in place of what was given
   * @param <T> what they must be
   * @return new ones, to be closed by the caller
   * @throws KafkaException if one cannot be created, or is something else; the others are closed
   */
  public <T> List<T> getConfiguredInstances(
      @Nullable List<String> classNames, Class<T> t, Map<String, Object> configOverrides) {
    return classNames == null
        ? new ArrayList<>()
        : NamedPlugin.createAll(classNames, t, originals(configOverrides));
  }

  /** Says whether the same was given, whatever the definitions. */
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof AbstractConfig other && originals.equals(other.originals);
  }

  @Override
  public int hashCode() {
    return originals.hashCode();
  }

  /** What is got from it counts as used. */
  private final class NotingMap<V> extends HashMap<String, V> {

    private static final long serialVersionUID = 1L;

    private final transient String prefix;

    NotingMap(Map<String, ? extends V> copied, String prefix) {
      super(copied);
      this.prefix = prefix;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
      if (key instanceof String name) {
        ignore(prefix + name);
      }
      return super.get(key);
    }
  }
}

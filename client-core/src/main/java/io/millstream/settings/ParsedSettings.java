package io.millstream.settings;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.common.Configurable;
import io.millstream.common.config.ConfigException;
import io.millstream.common.config.types.Password;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one client, all checked. Read while the client is built, and not after. A key that
 * the table of the client does not have, or that has another type, is an {@link
 * IllegalArgumentException}.
 */
public final class ParsedSettings {

  /** Far enough for forever, and still to be added to a clock without overflow: 100 years. */
  private static final long MOST_NANOS = TimeUnit.DAYS.toNanos(36_500);

  private final SettingTable table;
  private final Map<String, Object> values;
  private final Map<String, Object> originals;
  private final Set<String> given;

  ParsedSettings(
      SettingTable table,
      Map<String, Object> values,
      Map<String, Object> originals,
      Set<String> given) {
    this.table = table;
    this.values = values;
    this.given = given;
    Map<String, Object> all = new TreeMap<>(originals);
    all.put(CommonClientConfigs.CLIENT_ID_CONFIG, values.get(CommonClientConfigs.CLIENT_ID_CONFIG));
    this.originals = Collections.unmodifiableMap(all);
  }

  /** Returns {@code client.id}, one of its own where none was given. */
  public String clientId() {
    return text(CommonClientConfigs.CLIENT_ID_CONFIG);
  }

  /** Says whether this kind of client has the setting. */
  public boolean has(String key) {
    return table.find(key) != null;
  }

  /** Says whether the application gave a value of its own, if only the default once more. */
  public boolean given(String key) {
    return given.contains(key);
  }

  /**
   * Returns everything the application gave, unknown keys included, with the client id in use; what
   * plug-ins are configured with. Unmodifiable.
   */
  public Map<String, Object> originals() {
    return originals;
  }

  /** Returns what the application gave under keys that begin so, by what follows. */
  public Map<String, Object> originalsBehind(String prefix) {
    Map<String, Object> behind = new TreeMap<>();
    originals.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            behind.put(key.substring(prefix.length()), value);
          }
        });
    return behind;
  }

  /**
   * Returns the values of all keys of the table, null where there is none; a plug-in as its class
   * or instance. Unmodifiable.
   */
  public Map<String, @Nullable Object> values() {
    return Collections.unmodifiableMap(values);
  }

  /** Returns a text that is never null. */
  public String text(String key) {
    return value(key, String.class);
  }

  /** Returns a text, null where there is none. */
  public @Nullable String optionalText(String key) {
    return valueOrNull(key, String.class);
  }

  /** Returns a password, null where there is none. */
  public @Nullable Password secret(String key) {
    return valueOrNull(key, Password.class);
  }

  /** Returns a number of 16 or 32 bits. */
  public int integer(String key) {
    Number number = value(key, Number.class);
    if (number instanceof Integer || number instanceof Short) {
      return number.intValue();
    }
    throw new IllegalArgumentException(key + " is no number of 32 bits");
  }

  /** Returns a whole number. */
  public long number(String key) {
    return value(key, Number.class).longValue();
  }

  /** Returns a number. */
  public double decimal(String key) {
    return value(key, Double.class);
  }

  /**
   * Returns a time that is given in milliseconds, in nanoseconds. At most 100 years, so that it can
   * be added to a clock; negative where a negative one was given.
   */
  public long nanos(String key) {
    return Math.min(TimeUnit.MILLISECONDS.toNanos(number(key)), MOST_NANOS);
  }

  /** Returns whether something is on. */
  public boolean flag(String key) {
    return value(key, Boolean.class);
  }

  /** Returns texts, without repetitions. Unmodifiable. */
  public List<String> list(String key) {
    List<String> texts = new ArrayList<>();
    for (Object text : value(key, List.class)) {
      texts.add((String) text);
    }
    return List.copyOf(texts);
  }

  /** Returns the servers of a list of host:port. Unmodifiable. */
  public List<ServerAddress> servers(String key) {
    List<ServerAddress> servers = new ArrayList<>();
    for (String entry : list(key)) {
      ServerAddress server = ServerAddress.parse(entry);
      if (server == null) {
        throw new IllegalArgumentException(key + " is no list of servers");
      }
      servers.add(server);
    }
    return List.copyOf(servers);
  }

  /**
   * Returns a plug-in. One that was given as an instance is returned as it is; of a class an
   * instance is created and, where it is {@link Configurable}, configured.
   *
   * @return null where there is none
   * @throws ConfigException if it cannot be created
   */
  public <T> @Nullable T plugin(String key, Class<T> type) {
    return plugin(key, type, this::configure);
  }

  /**
   * Returns a plug-in, as above, that is configured in a way of its own.
   *
   * @param configure called with an instance that was created here, not with one that was given
   * @return null where there is none
   * @throws ConfigException if it cannot be created
   */
  public <T> @Nullable T plugin(String key, Class<T> type, Consumer<? super T> configure) {
    Object plugin = valueOrNull(key, Object.class);
    return plugin == null ? null : Plugins.instance(key, plugin, type, configure);
  }

  /** Says whether a plug-in is given by its class, so that this client creates it. */
  boolean namesClass(String key) {
    return valueOrNull(key, Object.class) instanceof Class<?>;
  }

  /** Says whether one of several plug-ins is given by its class, so that this client creates it. */
  boolean namesClass(String key, int index) {
    return value(key, List.class).get(index) instanceof Class<?>;
  }

  /**
   * Returns plug-ins in their order, each as {@link #plugin(String, Class)} does. Where one cannot
   * be created, those created before it are closed.
   *
   * @throws ConfigException if one cannot be created
   */
  public <T> List<T> plugins(String key, Class<T> type) {
    return Plugins.instances(key, value(key, List.class), type, this::configure);
  }

  private void configure(Object plugin) {
    if (plugin instanceof Configurable configurable) {
      configurable.configure(originals);
    }
  }

  private <T> T value(String key, Class<T> type) {
    T value = valueOrNull(key, type);
    if (value == null) {
      throw new IllegalArgumentException(key + " has no value");
    }
    return value;
  }

  private <T> @Nullable T valueOrNull(String key, Class<T> type) {
    if (!has(key)) {
      throw new IllegalArgumentException("A " + table.client() + " has no setting " + key);
    }
    Object value = values.get(key);
    if (value != null && !type.isInstance(value)) {
      throw new IllegalArgumentException(key + " is no " + type.getSimpleName());
    }
    return type.cast(value);
  }
}

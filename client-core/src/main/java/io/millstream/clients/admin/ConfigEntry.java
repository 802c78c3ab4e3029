package io.millstream.clients.admin;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One key of a topic's or broker's configuration, with its value and where the value comes from.
 */
public class ConfigEntry {

  /** Where a value comes from. */
  public enum ConfigSource {
    /** Set for the topic. */
    DYNAMIC_TOPIC_CONFIG,
    /** Set for the loggers of a broker. */
    DYNAMIC_BROKER_LOGGER_CONFIG,
    /** Set for a broker while it runs. */
    DYNAMIC_BROKER_CONFIG,
    /** Set for all brokers while they run. */
    DYNAMIC_DEFAULT_BROKER_CONFIG,
    /** Set for client metrics. */
    DYNAMIC_CLIENT_METRICS_CONFIG,
    /** Set for the group. */
    DYNAMIC_GROUP_CONFIG,
    /** From the broker's properties file. */
    STATIC_BROKER_CONFIG,
    /** Kafka's default. */
    DEFAULT_CONFIG,
    /** A source that this client does not know. */
    UNKNOWN
  }

  /** What kind of value a key takes. */
  public enum ConfigType {
    /** A kind that this client does not know. */
    UNKNOWN,
    /** True or false. */
    BOOLEAN,
    /** Text. */
    STRING,
    /** A 32-bit integer. */
    INT,
    /** A 16-bit integer. */
    SHORT,
    /** A 64-bit integer. */
    LONG,
    /** A floating-point number. */
    DOUBLE,
    /** Values separated by commas. */
    LIST,
    /** The name of a class. */
    CLASS,
    /** Text that is not shown. */
    PASSWORD
  }

  private final String name;
  private final @Nullable String value;
  private final ConfigSource source;
  private final boolean isSensitive;
  private final boolean isReadOnly;
  private final List<ConfigSynonym> synonyms;
  private final ConfigType type;
  private final @Nullable String documentation;

  /**
   * Creates an entry to set a key.
   *
   * @param name the key
   * @param value the value, or null
   */
  public ConfigEntry(String name, @Nullable String value) {
    this(name, value, ConfigSource.UNKNOWN, false, false, List.of(), ConfigType.UNKNOWN, null);
  }

  /**
   * Creates an entry as a broker describes it.
   *
   * @param name the key
   * @param value the value, or null where it is sensitive
   * @param source where the value comes from
   * @param isSensitive whether the value is kept secret
   * @param isReadOnly whether the key cannot be changed while the broker runs
   * @param synonyms the values that would count, in order, if the ones before were not there
   * @param type the kind of value
   * @param documentation what the broker says of the key, or null
   */
  // Kafka's signature, which users may call.
  public ConfigEntry(
      String name,
      @Nullable String value,
      ConfigSource source,
      boolean isSensitive,
      boolean isReadOnly,
      List<ConfigSynonym> synonyms,
      ConfigType type,
      @Nullable String documentation) {
    this.name = Objects.requireNonNull(name, "name");
    this.value = value;
    this.source = source;
    this.isSensitive = isSensitive;
    this.isReadOnly = isReadOnly;
    this.synonyms = List.copyOf(synonyms);
    this.type = type;
    this.documentation = documentation;
  }

  /**
   * Gives the key.
   *
   * @return the key
   */
  public String name() {
    return name;
  }

  /**
   * Gives the value.
   *
   * @return the value, or null where it is sensitive or not set
   */
  public @Nullable String value() {
    return value;
  }

  /**
   * Tells where the value comes from.
   *
   * @return the source
   */
  public ConfigSource source() {
    return source;
  }

  /**
   * Tells whether the value is Kafka's default.
   *
   * @return true if nobody set it
   */
  public boolean isDefault() {
    return source == ConfigSource.DEFAULT_CONFIG;
  }

  /**
   * Tells whether the value is kept secret.
   *
   * @return true if the broker does not show it
   */
  public boolean isSensitive() {
    return isSensitive;
  }

  /**
   * Tells whether the key cannot be changed while the broker runs.
   *
   * @return true if it cannot
   */
  public boolean isReadOnly() {
    return isReadOnly;
  }

  /**
   * Gives the values that would count, in order, if the ones before were not there.
   *
   * @return an unmodifiable list, empty where it was not asked for
   */
  public List<ConfigSynonym> synonyms() {
    return synonyms;
  }

  /**
   * Gives the kind of value.
   *
   * @return the kind
   */
  public ConfigType type() {
    return type;
  }

  /**
   * Gives what the broker says of the key.
   *
   * @return the text, or null where it was not asked for
   */
  public @Nullable String documentation() {
    return documentation;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConfigEntry that
        && name.equals(that.name)
        && Objects.equals(value, that.value)
        && source == that.source
        && isSensitive == that.isSensitive
        && isReadOnly == that.isReadOnly
        && synonyms.equals(that.synonyms)
        && type == that.type
        && Objects.equals(documentation, that.documentation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        name, value, source, isSensitive, isReadOnly, synonyms, type, documentation);
  }

  @Override
  public String toString() {
    return "ConfigEntry[name="
        + name
        + ", value="
        + (isSensitive ? "hidden" : value)
        + ", source="
        + source
        + ", isReadOnly="
        + isReadOnly
        + ", type="
        + type
        + "]";
  }

  /** A value that a key would take if the ones before it were not there. */
  public static class ConfigSynonym {

    private final String name;
    private final @Nullable String value;
    private final ConfigSource source;

    ConfigSynonym(String name, @Nullable String value, ConfigSource source) {
      this.name = name;
      this.value = value;
      this.source = source;
    }

    /**
     * Gives the key.
     *
     * @return the key
     */
    public String name() {
      return name;
    }

    /**
     * Gives the value.
     *
     * @return the value, or null where it is sensitive
     */
    public @Nullable String value() {
      return value;
    }

    /**
     * Tells where the value comes from.
     *
     * @return the source
     */
    public ConfigSource source() {
      return source;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof ConfigSynonym that
          && name.equals(that.name)
          && Objects.equals(value, that.value)
          && source == that.source;
    }

    @Override
    public int hashCode() {
      return Objects.hash(name, value, source);
    }

    @Override
    public String toString() {
      return "ConfigSynonym[name=" + name + ", value=" + value + ", source=" + source + "]";
    }
  }
}

package io.millstream.common.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Definitions of settings: which keys there are, of which type, with which default, and what their
 * values must be. For plug-ins that have settings of their own; those of clients are defined in
 * tables of their own, from which {@code configDef()} of their classes is made.
 *
 * <p>A definition is filled by one thread; then any may use it.
 */
public class ConfigDef {

  /** In place of a default where a value must be given. */
  public static final Object NO_DEFAULT_VALUE = new Object();

  private final Map<String, ConfigKey> keys;
  private final Set<String> groups;

  /** Begins with no setting. */
  public ConfigDef() {
    keys = new LinkedHashMap<>();
    groups = new LinkedHashSet<>();
  }

  /**
   * Begins with the settings of another definition.
   *
   * @param base the other, which stays as it is
   */
  public ConfigDef(ConfigDef base) {
    keys = new LinkedHashMap<>(base.keys);
    groups = new LinkedHashSet<>(base.groups);
  }

  /** {@return the keys of all settings, in the order in which they were defined; unmodifiable} */
  public Set<String> names() {
    return Collections.unmodifiableSet(keys.keySet());
  }

  /** {@return the defaults by key, of those settings that have one; it may be null} */
  public Map<String, @Nullable Object> defaultValues() {
    Map<String, @Nullable Object> defaults = new HashMap<>();
    for (ConfigKey key : keys.values()) {
      if (key.hasDefault()) {
        defaults.put(key.name, key.defaultValue);
      }
    }
    return defaults;
  }

  /**
   * Defines a setting.
   *
   * @param key all about it
   * @return this
   * @throws ConfigException if the key is defined already
   */
  public ConfigDef define(ConfigKey key) {
    if (keys.putIfAbsent(key.name, key) != null) {
      throw new ConfigException("The setting " + key.name + " is defined twice");
    }
    if (key.group != null) {
      groups.add(key.group);
    }
    return this;
  }

  /**
   * Defines a setting.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param validator what a value must be besides; null for anything
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @param dependents keys whose values depend on it
   * @param recommender recommends values; null for none
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      @Nullable Validator validator,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName,
      List<String> dependents,
      @Nullable Recommender recommender) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            validator,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            dependents,
            recommender,
            false,
            null));
  }

  /**
   * Defines a setting whose default is shown in other words.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param validator what a value must be besides; null for anything
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @param dependents keys whose values depend on it
   * @param recommender recommends values; null for none
   * @param alternativeString what is shown in place of the default; null for the default itself
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      @Nullable Validator validator,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName,
      List<String> dependents,
      @Nullable Recommender recommender,
      @Nullable String alternativeString) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            validator,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            dependents,
            recommender,
            false,
            alternativeString));
  }

  /**
   * Defines a setting.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param validator what a value must be besides; null for anything
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @param dependents keys whose values depend on it
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      @Nullable Validator validator,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName,
      List<String> dependents) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            validator,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            dependents,
            null,
            false,
            null));
  }

  /**
   * Defines a setting.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param validator what a value must be besides; null for anything
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @param recommender recommends values; null for none
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      @Nullable Validator validator,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName,
      @Nullable Recommender recommender) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            validator,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            List.of(),
            recommender,
            false,
            null));
  }

  /**
   * Defines a setting.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param validator what a value must be besides; null for anything
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      @Nullable Validator validator,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            validator,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            List.of(),
            null,
            false,
            null));
  }

  /**
   * Defines a setting of any value.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @param dependents keys whose values depend on it
   * @param recommender recommends values; null for none
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName,
      List<String> dependents,
      @Nullable Recommender recommender) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            null,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            dependents,
            recommender,
            false,
            null));
  }

  /**
   * Defines a setting of any value.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @param dependents keys whose values depend on it
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName,
      List<String> dependents) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            null,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            dependents,
            null,
            false,
            null));
  }

  /**
   * Defines a setting of any value.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @param recommender recommends values; null for none
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName,
      @Nullable Recommender recommender) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            null,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            List.of(),
            recommender,
            false,
            null));
  }

  /**
   * Defines a setting of any value.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            null,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            List.of(),
            null,
            false,
            null));
  }

  /**
   * Defines a setting that must be given, of any value.
   *
   * @param name its key
   * @param type type of its values
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @param dependents keys whose values depend on it
   * @param recommender recommends values; null for none
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName,
      List<String> dependents,
      @Nullable Recommender recommender) {
    return define(
        new ConfigKey(
            name,
            type,
            NO_DEFAULT_VALUE,
            null,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            dependents,
            recommender,
            false,
            null));
  }

  /**
   * Defines a setting that must be given, of any value.
   *
   * @param name its key
   * @param type type of its values
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @param dependents keys whose values depend on it
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName,
      List<String> dependents) {
    return define(
        new ConfigKey(
            name,
            type,
            NO_DEFAULT_VALUE,
            null,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            dependents,
            null,
            false,
            null));
  }

  /**
   * Defines a setting that must be given, of any value.
   *
   * @param name its key
   * @param type type of its values
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @param recommender recommends values; null for none
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName,
      @Nullable Recommender recommender) {
    return define(
        new ConfigKey(
            name,
            type,
            NO_DEFAULT_VALUE,
            null,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            List.of(),
            recommender,
            false,
            null));
  }

  /**
   * Defines a setting that must be given, of any value.
   *
   * @param name its key
   * @param type type of its values
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param group what it is shown with; null for no group
   * @param orderInGroup its place in the group
   * @param width how wide it is shown
   * @param displayName what it is called where it is shown
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      Importance importance,
      String documentation,
      @Nullable String group,
      int orderInGroup,
      Width width,
      String displayName) {
    return define(
        new ConfigKey(
            name,
            type,
            NO_DEFAULT_VALUE,
            null,
            importance,
            documentation,
            group,
            orderInGroup,
            width,
            displayName,
            List.of(),
            null,
            false,
            null));
  }

  /**
   * Defines a setting that is in no group.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param validator what a value must be besides; null for anything
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      @Nullable Validator validator,
      Importance importance,
      String documentation) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            validator,
            importance,
            documentation,
            null,
            -1,
            Width.NONE,
            name,
            List.of(),
            null,
            false,
            null));
  }

  /**
   * Defines a setting of any value that is in no group.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      Importance importance,
      String documentation) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            null,
            importance,
            documentation,
            null,
            -1,
            Width.NONE,
            name,
            List.of(),
            null,
            false,
            null));
  }

  /**
   * Defines a setting of any value that is in no group, whose default is shown in other words.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @param alternativeString what is shown in place of the default; null for the default itself
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(
      String name,
      Type type,
      @Nullable Object defaultValue,
      Importance importance,
      String documentation,
      @Nullable String alternativeString) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            null,
            importance,
            documentation,
            null,
            -1,
            Width.NONE,
            name,
            List.of(),
            null,
            false,
            alternativeString));
  }

  /**
   * Defines a setting that must be given, of any value, in no group.
   *
   * @param name its key
   * @param type type of its values
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef define(String name, Type type, Importance importance, String documentation) {
    return define(
        new ConfigKey(
            name,
            type,
            NO_DEFAULT_VALUE,
            null,
            importance,
            documentation,
            null,
            -1,
            Width.NONE,
            name,
            List.of(),
            null,
            false,
            null));
  }

  /**
   * Defines a setting that is not shown to users, of any value.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param importance how likely it is that one has to think of it
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef defineInternal(
      String name, Type type, @Nullable Object defaultValue, Importance importance) {
    return defineInternal(name, type, defaultValue, null, importance, "");
  }

  /**
   * Defines a setting that is not shown to users.
   *
   * @param name its key
   * @param type type of its values
   * @param defaultValue the default; null for none, {@link #NO_DEFAULT_VALUE} if it must be given
   * @param validator what a value must be besides; null for anything
   * @param importance how likely it is that one has to think of it
   * @param documentation what it does
   * @return this
   * @throws ConfigException if the key is defined already, or the default is not allowed
   */
  public ConfigDef defineInternal(
      String name,
      Type type,
      @Nullable Object defaultValue,
      @Nullable Validator validator,
      Importance importance,
      String documentation) {
    return define(
        new ConfigKey(
            name,
            type,
            defaultValue,
            validator,
            importance,
            documentation,
            "",
            -1,
            Width.NONE,
            name,
            List.of(),
            null,
            true,
            null));
  }

  /** {@return all settings by key, in the order in which they were defined; may be changed} */
  public Map<String, ConfigKey> configKeys() {
    return keys;
  }

  /** {@return all groups, in the order in which they came} */
  public List<String> groups() {
    return new ArrayList<>(groups);
  }

  /**
   * Parses what was given, and adds defaults.
   *
   * @param props keys and values, of the type or as texts; what is not defined is passed over
   * @return the values of all settings
   * @throws ConfigException at the first value that is missing or not allowed
   */
  public Map<String, @Nullable Object> parse(Map<?, ?> props) {
    Set<String> undefined = undefinedDependents();
    if (!undefined.isEmpty()) {
      throw new ConfigException(
          "Settings that others depend on are not defined: " + String.join(", ", undefined));
    }
    Map<String, @Nullable Object> values = new HashMap<>();
    for (ConfigKey key : keys.values()) {
      values.put(key.name, key.parse(props));
    }
    return values;
  }

  private Set<String> undefinedDependents() {
    Set<String> undefined = new LinkedHashSet<>();
    for (ConfigKey key : keys.values()) {
      key.dependents.stream().filter(name -> !keys.containsKey(name)).forEach(undefined::add);
    }
    return undefined;
  }

  /**
   * Says of each setting what its value is and what is wrong with it.
   *
   * @param props keys and values
   * @return one for each setting, and for each that others name and that is not defined
   */
  public List<ConfigValue> validate(Map<String, String> props) {
    return new ArrayList<>(validateAll(props).values());
  }

  /**
   * Says of each setting what its value is and what is wrong with it, by key.
   *
   * @param props keys and values
   * @return one for each setting, and for each that others name and that is not defined
   */
  public Map<String, ConfigValue> validateAll(Map<String, String> props) {
    Map<String, ConfigValue> validated = new LinkedHashMap<>();
    Map<String, Object> parsed = new HashMap<>();
    for (ConfigKey key : keys.values()) {
      ConfigValue value = new ConfigValue(key.name);
      validated.put(key.name, value);
      try {
        Object parsedValue = key.parse(props);
        value.value(parsedValue);
        parsed.put(key.name, parsedValue);
      } catch (ConfigException e) {
        value.addErrorMessage(String.valueOf(e.getMessage()));
      }
    }
    for (String name : undefinedDependents()) {
      ConfigValue value = new ConfigValue(name);
      value.addErrorMessage(name + " is named by others and not defined");
      value.visible(false);
      validated.put(name, value);
    }
    for (ConfigKey key : keys.values()) {
      recommend(key, Objects.requireNonNull(validated.get(key.name)), parsed);
    }
    return validated;
  }

  private static void recommend(ConfigKey key, ConfigValue value, Map<String, Object> parsed) {
    if (key.recommender == null) {
      return;
    }
    try {
      value.recommendedValues(key.recommender.validValues(key.name, parsed));
      value.visible(key.recommender.visible(key.name, parsed));
    } catch (ConfigException e) {
      value.addErrorMessage(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Parses a value.
   *
   * @param name the key, for the error
   * @param value of the type or a text, which is trimmed; null stays null
   * @param type what it is to be
   * @return a value of the type; of a list of texts a {@link List}, of a class a {@link Class}
   * @throws ConfigException if it is none
   */
  public static @Nullable Object parseType(String name, @Nullable Object value, Type type) {
    return TypedValue.parse(name, value, type);
  }

  /**
   * Writes a value as a text that {@link #parseType} understands; a password is not shown.
   *
   * @param parsedValue a value of the type; null stays null
   * @param type what it is; null for any
   * @return the text
   */
  public static @Nullable String convertToString(
      @Nullable Object parsedValue, @Nullable Type type) {
    return TypedValue.toText(parsedValue, type);
  }

  /**
   * Writes values as texts, passwords in the open. For what is handed on to another program.
   *
   * @param configs keys and values
   * @return the same as texts, without those that are null
   */
  public static Map<String, String> convertToStringMapWithPasswordValues(Map<String, ?> configs) {
    return TypedValue.toTexts(configs);
  }

  /**
   * Adds the settings of another definition.
   *
   * @param keyPrefix begins their keys here
   * @param groupPrefix begins their groups here
   * @param startingOrd the place of the first among those of its group
   * @param child the other, which stays as it is
   */
  public void embed(String keyPrefix, String groupPrefix, int startingOrd, ConfigDef child) {
    int place = startingOrd;
    for (ConfigKey key : child.sortedKeys()) {
      define(
          new ConfigKey(
              keyPrefix + key.name,
              key.type,
              key.defaultValue,
              key.validator,
              key.importance,
              key.documentation,
              key.group == null ? groupPrefix : groupPrefix + ": " + key.group,
              place++,
              key.width,
              key.displayName,
              key.dependents.stream().map(keyPrefix::concat).toList(),
              key.recommender == null ? null : new EmbeddedRecommender(keyPrefix, key.recommender),
              key.internalConfig,
              key.alternativeString));
    }
  }

  /** Returns all in the order of groups, then of places, of importance and of names. */
  List<ConfigKey> sortedKeys() {
    List<String> order = groups();
    return keys.values().stream()
        .sorted(
            Comparator.comparingInt((ConfigKey key) -> order.indexOf(key.group))
                .thenComparingInt(key -> key.orderInGroup)
                .thenComparing(key -> !key.hasDefault() ? 0 : 1)
                .thenComparing(key -> key.importance)
                .thenComparing(key -> key.name))
        .toList();
  }

  /**
   * Returns what {@link #toHtmlTable} and {@link #toRst} tell of a setting.
   *
   * @return names of columns
   */
  protected List<String> headers() {
    return ConfigPage.HEADERS;
  }

  /**
   * Returns one cell of {@link #toHtmlTable}.
   *
   * @param key the setting
   * @param headerName name of the column, one of {@link #headers}
   * @return its text
   */
  protected String getConfigValue(ConfigKey key, String headerName) {
    return ConfigPage.cell(key, headerName);
  }

  /** {@return a table of all settings in HTML} */
  public String toHtmlTable() {
    return toHtmlTable(Map.of());
  }

  /**
   * Writes a table of all settings in HTML.
   *
   * @param dynamicUpdateModes how settings can be changed, by key; empty to leave that out
   * @return the table
   */
  public String toHtmlTable(Map<String, String> dynamicUpdateModes) {
    return new ConfigPage(sortedKeys())
        .htmlTable(headers(), this::getConfigValue, dynamicUpdateModes);
  }

  /** {@return a list of all settings in HTML} */
  public String toHtml() {
    return toHtml(Map.of());
  }

  /**
   * Writes a list of all settings in HTML.
   *
   * @param headerDepth level of the headings, from 1
   * @param idGenerator makes the id of a heading from a key
   * @return the list
   */
  public String toHtml(int headerDepth, Function<String, String> idGenerator) {
    return toHtml(headerDepth, idGenerator, Map.of());
  }

  /**
   * Writes a list of all settings in HTML.
   *
   * @param dynamicUpdateModes how settings can be changed, by key; empty to leave that out
   * @return the list
   */
  public String toHtml(Map<String, String> dynamicUpdateModes) {
    return toHtml(4, Function.identity(), dynamicUpdateModes);
  }

  /**
   * Writes a list of all settings in HTML.
   *
   * @param headerDepth level of the headings, from 1
   * @param idGenerator makes the id of a heading from a key
   * @param dynamicUpdateModes how settings can be changed, by key; empty to leave that out
   * @return the list
   */
  public String toHtml(
      int headerDepth,
      Function<String, String> idGenerator,
      Map<String, String> dynamicUpdateModes) {
    return new ConfigPage(sortedKeys()).html(headerDepth, idGenerator, dynamicUpdateModes);
  }

  /** {@return a list of all settings in reStructuredText} */
  public String toRst() {
    return new ConfigPage(sortedKeys()).rst(false);
  }

  /** {@return a list of all settings in reStructuredText, with groups and dependents} */
  public String toEnrichedRst() {
    return new ConfigPage(sortedKeys()).rst(true);
  }

  /** What values are. */
  public enum Type {
    /** true or false. */
    BOOLEAN,
    /** A text. */
    STRING,
    /** A whole number of 32 bits. */
    INT,
    /** A whole number of 16 bits. */
    SHORT,
    /** A whole number of 64 bits. */
    LONG,
    /** A number. */
    DOUBLE,
    /** Texts, as a list or separated by commas. */
    LIST,
    /** A class, or its name. */
    CLASS,
    /** A text that is not to be shown. */
    PASSWORD;

    /** {@return whether values are not to be shown} */
    public boolean isSensitive() {
      return this == PASSWORD;
    }
  }

  /** How likely it is that one has to think of a setting. */
  public enum Importance {
    /** Always. */
    HIGH,
    /** Sometimes. */
    MEDIUM,
    /** Seldom. */
    LOW
  }

  /** How wide a value is where it is shown. */
  public enum Width {
    /** Not said. */
    NONE,
    /** A word. */
    SHORT,
    /** Some words. */
    MEDIUM,
    /** A line. */
    LONG
  }

  /** Recommends values of a setting, given those of others. */
  public interface Recommender {

    /**
     * Returns values to choose from.
     *
     * @param name the key
     * @param parsedConfig all values that could be parsed
     * @return the values; empty for no recommendation
     */
    List<Object> validValues(String name, Map<String, Object> parsedConfig);

    /**
     * Says whether the setting has a meaning.
     *
     * @param name the key
     * @param parsedConfig all values that could be parsed
     * @return whether it is to be shown
     */
    boolean visible(String name, Map<String, Object> parsedConfig);
  }

  /** Checks values of a setting. Its text form says what they must be. */
  public interface Validator {

    /**
     * Checks a value.
     *
     * @param name the key
     * @param value of the setting's type; may be null
     * @throws ConfigException if it is not allowed
     */
    void ensureValid(String name, @Nullable Object value);
  }

  private static ConfigException wrong(String name, @Nullable Object value, String rule) {
    return new ConfigException(name, value, rule);
  }

  private static String text(String name, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(name, value, "must be a text");
  }

  private static List<?> list(String name, @Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(name, value, "must be a list");
  }

  /** Numbers between two bounds, or above one. */
  public static class Range implements Validator {

    private final @Nullable Number least;
    private final @Nullable Number most;

    private Range(@Nullable Number least, @Nullable Number most) {
      this.least = least;
      this.most = most;
    }

    /**
     * Allows large numbers.
     *
     * @param min the least
     * @return what checks it
     */
    public static Range atLeast(Number min) {
      return new Range(min, null);
    }

    /**
     * Allows what is between two numbers, and themselves.
     *
     * @param min the least
     * @param max the most
     * @return what checks it
     */
    public static Range between(Number min, Number max) {
      return new Range(min, max);
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (!(value instanceof Number number)) {
        throw wrong(name, value, "must be a number");
      }
      if (least != null && number.doubleValue() < least.doubleValue()) {
        throw wrong(name, value, "must be at least " + least);
      }
      if (most != null && number.doubleValue() > most.doubleValue()) {
        throw wrong(name, value, "must be at most " + most);
      }
    }

    @Override
    public String toString() {
      return (least == null ? "[..." : "[" + least + ",...")
          + (most == null ? "]" : "," + most + "]");
    }
  }

  /** Lists of different texts that are not empty. */
  public static class ValidList implements Validator {

    private final List<String> allowed;
    private final boolean emptyAllowed;
    private final boolean nullAllowed;

    private ValidList(List<String> allowed, boolean emptyAllowed, boolean nullAllowed) {
      this.allowed = allowed;
      this.emptyAllowed = emptyAllowed;
      this.nullAllowed = nullAllowed;
    }

    /**
     * Allows any texts.
     *
     * @param isEmptyAllowed whether a list may have none
     * @param isNullAllowed whether null will do
     * @return what checks it
     */
    public static ValidList anyNonDuplicateValues(boolean isEmptyAllowed, boolean isNullAllowed) {
      return new ValidList(List.of(), isEmptyAllowed, isNullAllowed);
    }

    /**
     * Allows some texts, or none at all.
     *
     * @param validStrings those that are allowed
     * @return what checks it
     */
    public static ValidList in(String... validStrings) {
      return in(true, validStrings);
    }

    /**
     * Allows some texts.
     *
     * @param isEmptyAllowed whether a list may have none
     * @param validStrings those that are allowed
     * @return what checks it
     */
    public static ValidList in(boolean isEmptyAllowed, String... validStrings) {
      if (validStrings.length == 0) {
        throw new IllegalArgumentException("At least one text must be allowed");
      }
      return new ValidList(List.of(validStrings), isEmptyAllowed, false);
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (value == null && nullAllowed) {
        return;
      }
      List<?> texts = list(name, value);
      if (texts.isEmpty() && !emptyAllowed) {
        throw wrong(name, value, "must not be empty");
      }
      Set<Object> seen = new HashSet<>();
      for (Object each : texts) {
        String text = text(name, each);
        if (text.isEmpty()) {
          throw wrong(name, value, "must have no empty entry");
        }
        if (!seen.add(text)) {
          throw wrong(name, value, "must have no entry twice");
        }
        if (!allowed.isEmpty() && !allowed.contains(text)) {
          throw wrong(name, text, "must be one of " + String.join(", ", allowed));
        }
      }
    }

    @Override
    public String toString() {
      return allowed.isEmpty() ? "" : allowed.toString();
    }
  }

  /** Some texts. */
  public static class ValidString implements Validator {

    private final List<String> allowed;

    private ValidString(List<String> allowed) {
      this.allowed = allowed;
    }

    /**
     * Allows some texts.
     *
     * @param validStrings those that are allowed
     * @return what checks it
     */
    public static ValidString in(String... validStrings) {
      return new ValidString(Collections.unmodifiableList(Arrays.asList(validStrings.clone())));
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (!allowed.contains(value)) {
        throw wrong(name, value, "must be one of " + String.join(", ", allowed));
      }
    }

    @Override
    public String toString() {
      return allowed.toString();
    }
  }

  /** Some texts, in upper or lower case. */
  public static class CaseInsensitiveValidString implements Validator {

    private final Set<String> allowed;

    private CaseInsensitiveValidString(List<String> allowed) {
      this.allowed = new LinkedHashSet<>();
      allowed.forEach(text -> this.allowed.add(text.toUpperCase(Locale.ROOT)));
    }

    /**
     * Allows some texts.
     *
     * @param validStrings those that are allowed
     * @return what checks it
     */
    public static CaseInsensitiveValidString in(String... validStrings) {
      return new CaseInsensitiveValidString(List.of(validStrings));
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (value == null || !allowed.contains(text(name, value).toUpperCase(Locale.ROOT))) {
        throw wrong(name, value, "must be one of " + String.join(", ", allowed) + ", in any case");
      }
    }

    @Override
    public String toString() {
      return "(case insensitive) " + allowed;
    }
  }

  /** Anything but null. */
  public static class NonNullValidator implements Validator {

    /** Creates it. */
    public NonNullValidator() {}

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (value == null) {
        throw wrong(name, null, "must not be null");
      }
    }

    @Override
    public String toString() {
      return "not null";
    }
  }

  /** What a function checks. */
  public static class LambdaValidator implements Validator {

    private final BiConsumer<String, @Nullable Object> check;
    private final Supplier<String> text;

    private LambdaValidator(BiConsumer<String, @Nullable Object> check, Supplier<String> text) {
      this.check = check;
      this.text = text;
    }

    /**
     * Has a function check values.
     *
     * @param ensureValid is given key and value, and throws {@link ConfigException} where it is not
     *     allowed
     * @param toStringFunction says what values must be
     * @return what checks it
     */
    public static LambdaValidator with(
        BiConsumer<String, @Nullable Object> ensureValid, Supplier<String> toStringFunction) {
      return new LambdaValidator(ensureValid, toStringFunction);
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      check.accept(name, value);
    }

    @Override
    public String toString() {
      return text.get();
    }
  }

  /** What several allow. */
  public static class CompositeValidator implements Validator {

    private final List<Validator> all;

    private CompositeValidator(List<Validator> all) {
      this.all = all;
    }

    /**
     * Allows what all of some allow.
     *
     * @param validators asked in this order
     * @return what checks it
     */
    public static CompositeValidator of(Validator... validators) {
      return new CompositeValidator(List.of(validators));
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      all.forEach(each -> each.ensureValid(name, value));
    }

    @Override
    public String toString() {
      return all.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
  }

  /** A text that is not empty, or null. */
  public static class NonEmptyString implements Validator {

    /** Creates it. */
    public NonEmptyString() {}

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (value != null && text(name, value).isEmpty()) {
        throw wrong(name, value, "must not be empty");
      }
    }

    @Override
    public String toString() {
      return "not empty";
    }
  }

  /** A text that is not empty and has no control characters, or null. */
  public static class NonEmptyStringWithoutControlChars implements Validator {

    /** Creates it. */
    public NonEmptyStringWithoutControlChars() {}

    /** {@return what checks it} */
    public static NonEmptyStringWithoutControlChars nonEmptyStringWithoutControlChars() {
      return new NonEmptyStringWithoutControlChars();
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (value == null) {
        return;
      }
      String text = text(name, value);
      if (text.isEmpty()) {
        throw wrong(name, value, "must not be empty");
      }
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw wrong(name, value, "must have no control characters");
      }
    }

    @Override
    public String toString() {
      return "not empty, without control characters";
    }
  }

  /** Lists that are not too long. */
  public static class ListSize implements Validator {

    private final int most;

    private ListSize(int most) {
      this.most = most;
    }

    /**
     * Allows short lists.
     *
     * @param maxSize how many entries there may be
     * @return what checks it
     */
    public static ListSize atMostOfSize(int maxSize) {
      return new ListSize(maxSize);
    }

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      if (list(name, value).size() > most) {
        throw wrong(name, value, "must have at most " + most + " entries");
      }
    }

    @Override
    public String toString() {
      return "at most " + most + " entries";
    }
  }

  /** All about one setting. */
  public static class ConfigKey {

    /** Its key. */
    public final String name;

    /** Type of its values. */
    public final Type type;

    /** What it does. */
    public final String documentation;

    /** The default, of the type; null for none, or {@link ConfigDef#NO_DEFAULT_VALUE}. */
    public final @Nullable Object defaultValue;

    /** What a value must be besides; null for anything. */
    public final @Nullable Validator validator;

    /** How likely it is that one has to think of it. */
    public final Importance importance;

    /** What it is shown with; null for no group. */
    public final @Nullable String group;

    /** Its place in the group. */
    public final int orderInGroup;

    /** How wide it is shown. */
    public final Width width;

    /** What it is called where it is shown. */
    public final String displayName;

    /** Keys whose values depend on it. */
    public final List<String> dependents;

    /** Recommends values; null for none. */
    public final @Nullable Recommender recommender;

    /** Whether it is not shown to users. */
    public final boolean internalConfig;

    /** What is shown in place of the default; null for the default itself. */
    public final @Nullable String alternativeString;

    /**
     * Describes a setting.
     *
     * @param name its key
     * @param type type of its values
     * @param defaultValue the default, of the type or as text; null for none, {@link
     *     ConfigDef#NO_DEFAULT_VALUE} if it must be given
     * @param validator what a value must be besides; null for anything
     * @param importance how likely it is that one has to think of it
     * @param documentation what it does
     * @param group what it is shown with; null for no group
     * @param orderInGroup its place in the group
     * @param width how wide it is shown
     * @param displayName what it is called where it is shown
     * @param dependents keys whose values depend on it
     * @param recommender recommends values; null for none
     * @param internalConfig whether it is not shown to users
     * @throws ConfigException if the default is not allowed
     */
    public ConfigKey(
        String name,
        Type type,
        @Nullable Object defaultValue,
        @Nullable Validator validator,
        Importance importance,
        String documentation,
        @Nullable String group,
        int orderInGroup,
        Width width,
        String displayName,
        List<String> dependents,
        @Nullable Recommender recommender,
        boolean internalConfig) {
      this(
          name,
          type,
          defaultValue,
          validator,
          importance,
          documentation,
          group,
          orderInGroup,
          width,
          displayName,
          dependents,
          recommender,
          internalConfig,
          null);
    }

    ConfigKey(
        String name,
        Type type,
        @Nullable Object defaultValue,
        @Nullable Validator validator,
        Importance importance,
        String documentation,
        @Nullable String group,
        int orderInGroup,
        Width width,
        String displayName,
        List<String> dependents,
        @Nullable Recommender recommender,
        boolean internalConfig,
        @Nullable String alternativeString) {
      this.name = name;
      this.type = type;
      boolean required = NO_DEFAULT_VALUE.equals(defaultValue);
      this.defaultValue = required ? defaultValue : parseType(name, defaultValue, type);
      this.validator = validator;
      this.importance = importance;
      this.documentation = documentation;
      this.group = group;
      this.orderInGroup = orderInGroup;
      this.width = width;
      this.displayName = displayName;
      this.dependents = dependents;
      this.recommender = recommender;
      this.internalConfig = internalConfig;
      this.alternativeString = alternativeString;
      if (validator != null && !required) {
        validator.ensureValid(name, this.defaultValue);
      }
    }

    /** {@return whether it need not be given; its default may be null} */
    public boolean hasDefault() {
      return !NO_DEFAULT_VALUE.equals(defaultValue);
    }

    /** {@return type of its values} */
    public Type type() {
      return type;
    }

    @Nullable Object parse(Map<?, ?> given) {
      if (!given.containsKey(name) && !hasDefault()) {
        throw new ConfigException("The setting " + name + " is required");
      }
      Object value =
          given.containsKey(name) ? parseType(name, given.get(name), type) : defaultValue;
      if (validator != null) {
        validator.ensureValid(name, value);
      }
      return value;
    }
  }
}

package io.millstream.common.serialization;

import io.millstream.common.config.ConfigException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what the settings of a client say about lists. */
final class ListSettings {

  private ListSettings() {}

  /**
   * Returns the serde of the entries.
   *
   * @throws ConfigException if the setting is missing or names none
   */
  static Serde<?> inner(Map<String, ?> configs, String key) {
    Object given = given(configs, key);
    if (given instanceof Serde<?> serde) {
      return serde;
    }
    return (Serde<?>) create(key, type(key, given, Serde.class));
  }

  /**
   * Returns a class.
   *
   * @throws ConfigException if the setting is missing or names none of this type
   */
  static Class<?> type(Map<String, ?> configs, String key, Class<?> expected) {
    return type(key, given(configs, key), expected);
  }

  private static Object given(Map<String, ?> configs, String key) {
    Object given = configs.get(key);
    if (given == null) {
      throw new ConfigException(
          "A list needs the setting %s, or its class and serde by constructor".formatted(key));
    }
    return given;
  }

  private static Class<?> type(String key, Object given, Class<?> expected) {
    Class<?> type = given instanceof Class<?> itself ? itself : load(String.valueOf(given).trim());
    if (type == null || !expected.isAssignableFrom(type)) {
      throw new ConfigException(
          key, given, "must name a class that is a " + expected.getName() + " and can be loaded");
    }
    return type;
  }

  private static @Nullable Class<?> load(String name) {
    Class<?> type = load(name, Thread.currentThread().getContextClassLoader());
    return type != null ? type : load(name, ListSettings.class.getClassLoader());
  }

  private static @Nullable Class<?> load(String name, @Nullable ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      return null; // the caller says which setting named it
    }
  }

  private static Object create(String key, Class<?> type) {
    try {
      return type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      ConfigException failure =
          new ConfigException(
              key, type.getName(), "has no public constructor without parameters that works: " + e);
      failure.initCause(e);
      throw failure;
    }
  }
}

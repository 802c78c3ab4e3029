package io.millstream.common.config;

import io.millstream.common.config.types.Password;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of the types that settings have, and their texts. Reads what Kafka's classes read. */
final class TypedValue {

  private TypedValue() {}

  static @Nullable Object parse(String name, @Nullable Object given, ConfigDef.Type type) {
    if (given == null) {
      return null;
    }
    Object value = given instanceof String text ? text.trim() : given;
    try {
      return switch (type) {
        case BOOLEAN -> flag(name, value);
        case STRING -> same(name, value, String.class);
        case INT ->
            value instanceof String text ? Integer.valueOf(text) : same(name, value, Integer.class);
        case SHORT ->
            value instanceof String text ? Short.valueOf(text) : same(name, value, Short.class);
        case LONG -> whole(name, value);
        case DOUBLE -> decimal(name, value);
        case LIST -> list(name, value);
        case CLASS ->
            value instanceof String text ? named(name, text) : same(name, value, Class.class);
        case PASSWORD ->
            value instanceof String text ? new Password(text) : same(name, value, Password.class);
      };
    } catch (NumberFormatException e) {
      throw new ConfigException(name, value, "must be a number of type " + type);
    }
  }

  private static <T> T same(String name, Object value, Class<T> type) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new ConfigException(
        name,
        value,
        "must be a %s, or a text; it is a %s"
            .formatted(type.getSimpleName(), value.getClass().getName()));
  }

  private static Boolean flag(String name, Object value) {
    if (value instanceof String text) {
      if (text.equalsIgnoreCase("true")) {
        return true;
      }
      if (text.equalsIgnoreCase("false")) {
        return false;
      }
      throw new ConfigException(name, value, "must be true or false");
    }
    return same(name, value, Boolean.class);
  }

  private static Long whole(String name, Object value) {
    if (value instanceof String text) {
      return Long.valueOf(text);
    }
    return value instanceof Integer number ? Long.valueOf(number) : same(name, value, Long.class);
  }

  private static Double decimal(String name, Object value) {
    if (value instanceof String text) {
      return Double.valueOf(text);
    }
    return same(name, value, Number.class).doubleValue();
  }

  private static List<?> list(String name, Object value) {
    if (value instanceof String text) {
      List<String> entries = new ArrayList<>();
      if (!text.isEmpty()) {
        for (String entry : text.split(",", -1)) {
          entries.add(entry.trim());
        }
      }
      return entries;
    }
    return same(name, value, List.class);
  }

  private static Class<?> named(String name, String className) {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = ofThread == null ? TypedValue.class.getClassLoader() : ofThread;
    try {
      return Class.forName(className, true, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      ConfigException failure =
          new ConfigException(name, className, "must name a class that can be loaded");
      failure.initCause(e);
      throw failure;
    }
  }

  static @Nullable String toText(@Nullable Object value, ConfigDef.@Nullable Type type) {
    if (value == null) {
      return null;
    }
    if (value instanceof List<?> list && (type == null || type == ConfigDef.Type.LIST)) {
      return String.join(",", list.stream().map(each -> toText(each, null)).toList());
    }
    return value instanceof Class<?> named && type != ConfigDef.Type.STRING
        ? named.getName()
        : value.toString();
  }

  static Map<String, String> toTexts(Map<String, ?> values) {
    Map<String, String> texts = new HashMap<>();
    values.forEach(
        (key, value) -> {
          String text = value instanceof Password password ? password.value() : toText(value, null);
          if (text != null) {
            texts.put(key, text);
          }
        });
    return texts;
  }
}

package io.millstream.settings;

import io.millstream.common.config.types.Password;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns what was given for a setting into a value of its type, as Kafka's client does. */
final class ValueParser {

  private static final String KAFKA = "org.apache.kafka.";
  private static final String MILLSTREAM = "io.millstream.";

  private ValueParser() {}

  /**
   * Parses and checks a value.
   *
   * @param given not null
   * @throws WrongValueException if it is of the wrong type or breaks the rule
   */
  static Object parse(Setting setting, Object given) throws WrongValueException {
    Object value = convert(setting, given instanceof String text ? text.trim() : given);
    Rule rule = setting.shape().rule();
    if (!rule.test().test(value)) {
      throw new WrongValueException("must be " + rule.text());
    }
    return value;
  }

  private static Object convert(Setting setting, Object given) throws WrongValueException {
    ValueType type = setting.shape().type();
    return switch (type) {
      case BOOLEAN -> flag(given);
      case STRING -> text(type, given);
      case SHORT -> (short) whole(type, given, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT -> (int) whole(type, given, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(type, given, Long.MIN_VALUE, Long.MAX_VALUE);
      case DOUBLE -> decimal(given);
      case LIST -> texts(given);
      case CLASS -> plugin(given, setting.shape().plugin());
      case CLASSES -> plugins(given, setting.shape().plugin());
      case PASSWORD ->
          given instanceof Password password ? password : new Password(text(type, given));
    };
  }

  private static WrongValueException wrongType(ValueType type, Object given) {
    return new WrongValueException(
        "must be %s, not a %s".formatted(type.says(), given.getClass().getName()));
  }

  private static Boolean flag(Object given) throws WrongValueException {
    if (given instanceof Boolean flag) {
      return flag;
    }
    if (given instanceof String text) {
      if (text.equalsIgnoreCase("true")) {
        return true;
      }
      if (text.equalsIgnoreCase("false")) {
        return false;
      }
      throw new WrongValueException("must be true or false");
    }
    throw wrongType(ValueType.BOOLEAN, given);
  }

  private static String text(ValueType type, Object given) throws WrongValueException {
    if (given instanceof String text) {
      return text;
    }
    throw wrongType(type, given);
  }

  private static long whole(ValueType type, Object given, long least, long most)
      throws WrongValueException {
    long value;
    if (given instanceof String text) {
      try {
        value = Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new WrongValueException(wholeText(least, most));
      }
    } else if (given instanceof Byte
        || given instanceof Short
        || given instanceof Integer
        || given instanceof Long) {
      value = ((Number) given).longValue();
    } else {
      throw wrongType(type, given);
    }
    if (value < least || value > most) {
      throw new WrongValueException(wholeText(least, most));
    }
    return value;
  }

  private static String wholeText(long least, long most) {
    // The bounds of 64 bits help nobody who has written a unit behind the number.
    return least == Long.MIN_VALUE
        ? "must be a whole number"
        : "must be a whole number from %d to %d".formatted(least, most);
  }

  private static Double decimal(Object given) throws WrongValueException {
    if (given instanceof Number number) {
      return number.doubleValue();
    }
    if (given instanceof String text) {
      try {
        return Double.valueOf(text);
      } catch (NumberFormatException e) {
        throw new WrongValueException("must be a number");
      }
    }
    throw wrongType(ValueType.DOUBLE, given);
  }

  private static List<String> texts(Object given) throws WrongValueException {
    List<String> texts = new ArrayList<>();
    for (Object element : elements(ValueType.LIST, given)) {
      String text = text(ValueType.LIST, element).trim();
      if (text.isEmpty()) {
        throw new WrongValueException("must have no empty entry");
      }
      texts.add(text);
    }
    return List.copyOf(new LinkedHashSet<>(texts));
  }

  private static List<?> elements(ValueType type, Object given) throws WrongValueException {
    if (given instanceof List<?> list) {
      if (list.stream().anyMatch(Objects::isNull)) {
        throw new WrongValueException("must have no null entry");
      }
      return list;
    }
    if (given instanceof String text) {
      return text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
    }
    throw wrongType(type, given);
  }

  private static List<Object> plugins(Object given, Class<?> plugin) throws WrongValueException {
    List<Object> plugins = new ArrayList<>();
    boolean single = given instanceof Class<?> || plugin.isInstance(given);
    for (Object element : single ? List.of(given) : elements(ValueType.CLASSES, given)) {
      plugins.add(plugin(element instanceof String text ? text.trim() : element, plugin));
    }
    return List.copyOf(new LinkedHashSet<>(plugins));
  }

  /** Returns a class that has the type, or the instance itself. */
  private static Object plugin(Object given, Class<?> plugin) throws WrongValueException {
    if (given instanceof Class<?> type) {
      return checked(type, plugin);
    }
    if (given instanceof String name) {
      return checked(named(name), plugin);
    }
    if (!plugin.isInstance(given)) {
      throw new WrongValueException(
          "must be a class name, a class or an instance of %s, not a %s"
              .formatted(plugin.getName(), given.getClass().getName()));
    }
    return given;
  }

  private static Class<?> checked(Class<?> type, Class<?> plugin) throws WrongValueException {
    if (!plugin.isAssignableFrom(type)) {
      throw new WrongValueException(
          "must name a class that implements " + plugin.getName() + kafkasOwn(type.getName()));
    }
    return type;
  }

  private static Class<?> named(String name) throws WrongValueException {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    Class<?> type = load(name, ofThread);
    if (type == null) {
      type = load(name, ValueParser.class.getClassLoader());
    }
    if (type == null) {
      throw new WrongValueException(
          "must name a class that can be loaded; there is none of this name" + kafkasOwn(name));
    }
    return type;
  }

  private static String kafkasOwn(String name) throws WrongValueException {
    if (!name.startsWith(KAFKA)) {
      return "";
    }
    String own = MILLSTREAM + name.substring(KAFKA.length());
    return load(own, ValueParser.class.getClassLoader()) == null
        ? ". The names of this client begin with io.millstream, and it has no such class"
        : ". The names of this client begin with io.millstream: try " + own;
  }

  private static @Nullable Class<?> load(String name, @Nullable ClassLoader loader)
      throws WrongValueException {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      return null;
    } catch (LinkageError e) {
      throw new WrongValueException(
          "must name a class that can be loaded; loading it failed with " + e);
    }
  }
}

package io.millstream.common.config;

import io.millstream.common.Configurable;
import io.millstream.common.KafkaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creates what settings name by its class. */
final class NamedPlugin {

  private NamedPlugin() {}

  static <T> T create(Class<?> named, Class<T> type, Map<String, Object> settings) {
    if (!type.isAssignableFrom(named)) {
      throw new KafkaException(named.getName() + " is no " + type.getName());
    }
    T created = type.cast(create(named));
    if (created instanceof Configurable configurable) {
      try {
        configurable.configure(settings);
      } catch (RuntimeException e) {
        close(created, e);
        throw e;
      }
    }
    return created;
  }

  /** Where one cannot be created, those before it are closed. */
  static <T> List<T> createAll(List<?> named, Class<T> type, Map<String, Object> settings) {
    List<T> created = new ArrayList<>();
    try {
      for (Object each : named) {
        created.add(create(load(each), type, settings));
      }
    } catch (RuntimeException e) {
      created.forEach(plugin -> close(plugin, e));
      throw e;
    }
    return created;
  }

  private static Class<?> load(Object named) {
    Object type = TypedValue.parse("class", named, ConfigDef.Type.CLASS);
    if (type instanceof Class<?> loaded) {
      return loaded;
    }
    throw new KafkaException("There is no class " + named);
  }

  private static Object create(Class<?> named) {
    try {
      return named.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new KafkaException(
          named.getName()
              + " cannot be created: it needs a public constructor without parameters that does"
              + " not fail",
          e);
    }
  }

  private static void close(Object plugin, RuntimeException failure) {
    if (plugin instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}

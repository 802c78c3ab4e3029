package io.millstream.settings;

import io.millstream.common.config.ConfigException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Creates what an application plugs in by name. */
final class Plugins {

  private Plugins() {}

  /** Returns the plug-in where it is an instance; of a class, a new and configured one. */
  static <T> T instance(String key, Object plugin, Class<T> type, Consumer<? super T> configure) {
    if (!(plugin instanceof Class<?> pluginClass)) {
      return type.cast(plugin);
    }
    T created = type.cast(create(key, pluginClass));
    try {
      configure.accept(created);
    } catch (RuntimeException e) {
      close(created, e);
      throw e;
    }
    return created;
  }

  static <T> List<T> instances(
      String key, List<?> plugins, Class<T> type, Consumer<? super T> configure) {
    List<T> instances = new ArrayList<>();
    List<T> created = new ArrayList<>();
    try {
      for (Object plugin : plugins) {
        T instance = instance(key, plugin, type, configure);
        instances.add(instance);
        if (plugin instanceof Class<?>) {
          created.add(instance);
        }
      }
    } catch (RuntimeException e) {
      created.forEach(instance -> close(instance, e));
      throw e;
    }
    return List.copyOf(instances);
  }

  private static Object create(String key, Class<?> plugin) {
    try {
      return plugin.getConstructor().newInstance();
    } catch (NoSuchMethodException e) {
      throw failed(key, plugin, "it has no public constructor without parameters", e);
    } catch (InstantiationException e) {
      throw failed(key, plugin, "it is abstract", e);
    } catch (IllegalAccessException e) {
      throw failed(
          key, plugin, "it is not public, or its module does not open its package to this one", e);
    } catch (InvocationTargetException e) {
      throw failed(key, plugin, "its constructor failed with " + e.getCause(), e);
    } catch (LinkageError e) {
      throw failed(key, plugin, "it cannot be loaded: " + e, e);
    }
  }

  private static ConfigException failed(
      String key, Class<?> plugin, String reason, Throwable cause) {
    ConfigException failure =
        new ConfigException(
            "%s = %s cannot be created: %s. Name another class or give an instance."
                .formatted(key, plugin.getName(), reason));
    failure.initCause(cause);
    return failure;
  }

  private static void close(Object instance, RuntimeException failure) {
    if (instance instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}

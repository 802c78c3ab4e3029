package io.millstream.produce;

import io.millstream.clients.producer.Partitioner;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.clients.producer.ProducerInterceptor;
import io.millstream.common.serialization.Serializer;
import io.millstream.settings.OwnedPlugins;
import io.millstream.settings.ParsedSettings;
import io.millstream.settings.SettingTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an application plugs into a producer.
 *
 * @param serialization of keys and values
 * @param partitioner the application's own, null for the built-in way
 * @param interceptors see each record
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public record ProducerParts<K, V>(
    RecordSerialization<K, V> serialization,
    @Nullable Partitioner partitioner,
    InterceptorChain<K, V> interceptors) {

  /**
   * Parses a configuration.
   *
   * @param configured keys and values, or properties
   * @param keys in place of what is configured; null for none
   * @param values in place of what is configured; null for none
   * @throws io.millstream.common.config.ConfigException if anything is wrong
   */
  public static ParsedSettings parse(
      Map<?, ?> configured, @Nullable Serializer<?> keys, @Nullable Serializer<?> values) {
    Map<String, Object> instances = new HashMap<>();
    if (keys != null) {
      instances.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, keys);
    }
    if (values != null) {
      instances.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, values);
    }
    return SettingTables.producer().parse(configured, instances);
  }

  /**
   * Creates the plug-ins.
   *
   * @param settings parsed ones
   * @param plugins has them closed
   * @throws io.millstream.common.config.ConfigException if one cannot be created
   */
  public static <K, V> ProducerParts<K, V> create(ParsedSettings settings, OwnedPlugins plugins) {
    // Closed in this order: what an interceptor still sends at the end finds the others open.
    InterceptorChain<K, V> interceptors = interceptors(settings, plugins);
    RecordSerialization<K, V> serialization =
        new RecordSerialization<>(
            serializer(settings, plugins, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, true),
            serializer(settings, plugins, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, false));
    return new ProducerParts<>(
        serialization,
        plugins.take(ProducerConfig.PARTITIONER_CLASS_CONFIG, Partitioner.class),
        interceptors);
  }

  // What the application configured is of the type that it says it is of.
  @SuppressWarnings("unchecked")
  private static <K, V> InterceptorChain<K, V> interceptors(
      ParsedSettings settings, OwnedPlugins plugins) {
    List<ProducerInterceptor<K, V>> interceptors = new ArrayList<>();
    plugins
        .takeAll(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, ProducerInterceptor.class)
        .forEach(interceptor -> interceptors.add((ProducerInterceptor<K, V>) interceptor));
    return new InterceptorChain<>(settings.clientId(), interceptors);
  }

  // What the application configured is of the type that it says it is of.
  @SuppressWarnings("unchecked")
  private static <T> Serializer<T> serializer(
      ParsedSettings settings, OwnedPlugins plugins, String key, boolean isKey) {
    Serializer<?> serializer =
        plugins.take(
            key, Serializer.class, created -> created.configure(settings.originals(), isKey));
    return (Serializer<T>) Objects.requireNonNull(serializer, key);
  }
}

package io.millstream.produce;

import io.millstream.clients.producer.Partitioner;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.common.serialization.Serializer;
import io.millstream.settings.OwnedPlugins;
import io.millstream.settings.ParsedSettings;
import io.millstream.settings.SettingTables;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an application plugs into a producer.
 *
 * @param serialization of keys and values
 * @param partitioner the application's own, null for the built-in way
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public record ProducerParts<K, V>(
    RecordSerialization<K, V> serialization, @Nullable Partitioner partitioner) {

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
    return new ProducerParts<>(
        new RecordSerialization<>(
            serializer(settings, plugins, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, true),
            serializer(settings, plugins, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, false)),
        plugins.take(ProducerConfig.PARTITIONER_CLASS_CONFIG, Partitioner.class));
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

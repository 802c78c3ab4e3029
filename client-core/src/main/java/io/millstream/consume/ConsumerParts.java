package io.millstream.consume;

import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.common.serialization.Deserializer;
import io.millstream.settings.OwnedPlugins;
import io.millstream.settings.ParsedSettings;
import io.millstream.settings.SettingTables;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a consumer is built of.
 *
 * @param settings what the configuration says
 * @param keys makes keys
 * @param values makes values
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public record ConsumerParts<K, V>(
    ConsumerSettings settings, Deserializer<K> keys, Deserializer<V> values) {

  /**
   * Parses a configuration.
   *
   * @param configured keys and values, or properties
   * @param keys in place of what is configured; null for none
   * @param values in place of what is configured; null for none
   * @throws io.millstream.common.config.ConfigException if anything is wrong
   */
  public static ParsedSettings parse(
      Map<?, ?> configured, @Nullable Deserializer<?> keys, @Nullable Deserializer<?> values) {
    Map<String, Object> instances = new HashMap<>();
    if (keys != null) {
      instances.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, keys);
    }
    if (values != null) {
      instances.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, values);
    }
    return SettingTables.consumer().parse(configured, instances);
  }

  /**
   * Creates the plug-ins.
   *
   * @param settings parsed ones
   * @param plugins has the deserializers closed
   * @param random where the jitter of pauses comes from
   * @throws io.millstream.common.config.ConfigException if one cannot be created
   */
  // The configuration cannot tell the type that a deserializer makes; Kafka's has it so.
  @SuppressWarnings("unchecked")
  public static <K, V> ConsumerParts<K, V> create(
      ParsedSettings settings, OwnedPlugins plugins, RandomGenerator random) {
    Deserializer<K> keys =
        (Deserializer<K>)
            deserializer(settings, plugins, ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, true);
    Deserializer<V> values =
        (Deserializer<V>)
            deserializer(settings, plugins, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, false);
    return new ConsumerParts<>(ConsumerSettings.from(settings, random), keys, values);
  }

  private static Deserializer<?> deserializer(
      ParsedSettings settings, OwnedPlugins plugins, String key, boolean isKey) {
    return Objects.requireNonNull(
        plugins.take(
            key,
            Deserializer.class,
            created -> ((Deserializer<?>) created).configure(settings.originals(), isKey)),
        key);
  }
}

package io.millstream.settings;

import io.millstream.common.config.ConfigDef;
import io.millstream.common.config.ConfigException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows a table of settings as Kafka's classes do. */
final class ConfigDefinitions {

  private ConfigDefinitions() {}

  static ConfigDef of(SettingTable table) {
    ConfigDef definition = new ConfigDef();
    for (Setting setting : table.settings()) {
      definition.define(
          setting.key(),
          ConfigDef.Type.valueOf(setting.shape().type().kafkaName()),
          standard(setting),
          setting.shape().rule().text().isEmpty() ? null : new RuleValidator(setting.shape()),
          ConfigDef.Importance.valueOf(setting.importance().name()),
          setting.doc());
    }
    return definition;
  }

  private static @Nullable Object standard(Setting setting) {
    if (setting.shape().required()) {
      return ConfigDef.NO_DEFAULT_VALUE;
    }
    Object standard = setting.shape().standard();
    if (setting.shape().type() == ValueType.CLASSES && standard instanceof List<?> plugins) {
      return plugins.stream().map(ConfigDefinitions::name).toList();
    }
    // The class of a default that is not built cannot be loaded.
    boolean isAbsent = setting.shape().type() == ValueType.CLASS && !setting.support().built();
    return isAbsent ? null : standard;
  }

  /** A list is one of texts to those who read it. */
  private static String name(Object plugin) {
    return plugin instanceof Class<?> type ? type.getName() : plugin.toString();
  }

  /** Checks what the table demands. */
  private record RuleValidator(Setting.Shape shape) implements ConfigDef.Validator {

    @Override
    public void ensureValid(String name, @Nullable Object value) {
      boolean obeys =
          Objects.equals(value, shape.standard())
              || (value != null && shape.rule().test().test(value));
      if (!obeys) {
        throw new ConfigException(name, value, "must be " + shape.rule().text());
      }
    }

    @Override
    public String toString() {
      return shape.rule().text();
    }
  }
}

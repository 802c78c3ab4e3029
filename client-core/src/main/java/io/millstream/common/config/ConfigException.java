package io.millstream.common.config;

import io.millstream.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** A setting is missing or has a value that is not allowed. */
public class ConfigException extends KafkaException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong
   */
  public ConfigException(String message) {
    super(message);
  }

  /**
   * Creates the exception for a setting, without a reason.
   *
   * @param name the key
   * @param value the value that is not allowed; may be null
   */
  public ConfigException(String name, @Nullable Object value) {
    this(name, value, null);
  }

  /**
   * Creates the exception for a setting.
   *
   * @param name the key
   * @param value the value that is not allowed; may be null
   * @param message the rule it breaks; null for none
   */
  public ConfigException(String name, @Nullable Object value, @Nullable String message) {
    super(
        "Invalid value "
            + value
            + " for configuration "
            + name
            + (message == null ? "" : ": " + message));
  }
}

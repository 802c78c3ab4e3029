package io.millstream.common;

import io.millstream.common.errors.InvalidConfigurationException;
import org.jspecify.annotations.Nullable;

/** The broker refused a record, since it breaks a rule of its topic, such as "every key is set". */
public class InvalidRecordException extends InvalidConfigurationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidRecordException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidRecordException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

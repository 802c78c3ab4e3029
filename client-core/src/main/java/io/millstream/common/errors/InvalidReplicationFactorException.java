package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The replication factor is below one or above the number of brokers. */
public class InvalidReplicationFactorException extends InvalidConfigurationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidReplicationFactorException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidReplicationFactorException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

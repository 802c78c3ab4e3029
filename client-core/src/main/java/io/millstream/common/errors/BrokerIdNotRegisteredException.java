package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** No broker of that id is registered. */
public class BrokerIdNotRegisteredException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public BrokerIdNotRegisteredException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public BrokerIdNotRegisteredException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

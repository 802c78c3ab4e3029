package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The controller elected another leader while the change was under way. */
public class NewLeaderElectedException extends ApiException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public NewLeaderElectedException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** Another producer with the same {@code transactional.id} took over; this one has to be closed. */
public class ProducerFencedException extends ApplicationRecoverableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public ProducerFencedException(@Nullable String message) {
    super(message);
  }
}

package io.millstream.common.errors;

import io.millstream.common.KafkaException;

/**
 * The calling thread was interrupted while it waited: the unchecked form of {@link
 * InterruptedException}. Creating one sets the interrupt flag of the current thread again.
 */
public class InterruptException extends KafkaException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception and interrupts the current thread.
   *
   * @param cause what the wait threw
   */
  public InterruptException(InterruptedException cause) {
    super(cause);
    Thread.currentThread().interrupt();
  }

  /**
   * Creates the exception and interrupts the current thread.
   *
   * @param message what was interrupted
   * @param cause what the wait threw
   */
  public InterruptException(String message, InterruptedException cause) {
    super(message, cause);
    Thread.currentThread().interrupt();
  }

  /**
   * Creates the exception and interrupts the current thread.
   *
   * @param message what was interrupted
   */
  public InterruptException(String message) {
    super(message, new InterruptedException());
    Thread.currentThread().interrupt();
  }
}

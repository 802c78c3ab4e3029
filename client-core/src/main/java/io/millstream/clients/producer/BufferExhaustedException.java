package io.millstream.clients.producer;

import io.millstream.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A record could not be sent, since the memory for waiting records ({@code buffer.memory}) was full
 * and no room came free within {@code max.block.ms}.
 */
public class BufferExhaustedException extends TimeoutException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public BufferExhaustedException(@Nullable String message) {
    super(message);
  }
}

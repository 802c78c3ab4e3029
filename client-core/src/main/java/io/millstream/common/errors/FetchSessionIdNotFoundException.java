package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not know the fetch session: it was dropped. */
public class FetchSessionIdNotFoundException extends RetriableException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public FetchSessionIdNotFoundException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public FetchSessionIdNotFoundException(@Nullable String message) {
    super(message);
  }
}

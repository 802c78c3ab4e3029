package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** A request named the same resource twice. */
public class DuplicateResourceException extends ApiException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String resource;

  /**
   * Creates the exception without naming the resource.
   *
   * @param message what happened; null for no message
   */
  public DuplicateResourceException(@Nullable String message) {
    this(null, message);
  }

  /**
   * Creates the exception without naming the resource.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public DuplicateResourceException(@Nullable String message, @Nullable Throwable cause) {
    this(null, message, cause);
  }

  /**
   * Creates the exception.
   *
   * @param resource the name of the resource; null where it is not known
   * @param message what happened; null for no message
   */
  public DuplicateResourceException(@Nullable String resource, @Nullable String message) {
    super(message);
    this.resource = resource;
  }

  /**
   * Creates the exception.
   *
   * @param resource the name of the resource; null where it is not known
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public DuplicateResourceException(
      @Nullable String resource, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.resource = resource;
  }

  /** {@return the name of the resource, or null where it is not known} */
  public @Nullable String resource() {
    return resource;
  }
}

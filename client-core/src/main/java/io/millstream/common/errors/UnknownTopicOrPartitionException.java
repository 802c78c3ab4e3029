package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The broker does not know the topic or the partition: it does not exist, or not yet. */
public class UnknownTopicOrPartitionException extends InvalidMetadataException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception without message and cause. */
  public UnknownTopicOrPartitionException() {
    super();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public UnknownTopicOrPartitionException(@Nullable String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public UnknownTopicOrPartitionException(@Nullable Throwable cause) {
    super(cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public UnknownTopicOrPartitionException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.millstream.common.errors;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The name of a topic is not allowed, or the topic may not be used this way. */
public class InvalidTopicException extends InvalidConfigurationException {

  private static final long serialVersionUID = 1L;

  private final transient Set<String> invalidTopics;

  /** Creates the exception without message and cause. */
  public InvalidTopicException() {
    super();
    invalidTopics = Set.of();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public InvalidTopicException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    invalidTopics = Set.of();
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidTopicException(@Nullable String message) {
    super(message);
    invalidTopics = Set.of();
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public InvalidTopicException(@Nullable Throwable cause) {
    super(cause);
    invalidTopics = Set.of();
  }

  /**
   * Creates the exception with a message that lists the topics.
   *
   * @param invalidTopics the names that are not allowed
   */
  public InvalidTopicException(Set<String> invalidTopics) {
    this("Topics that may not be used: " + invalidTopics, invalidTopics);
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param invalidTopics the names that are not allowed
   */
  public InvalidTopicException(@Nullable String message, Set<String> invalidTopics) {
    super(message);
    this.invalidTopics = Set.copyOf(invalidTopics);
  }

  /** {@return the names that are not allowed; empty where they are not known} */
  public Set<String> invalidTopics() {
    return invalidTopics == null ? Set.of() : invalidTopics;
  }
}

package io.millstream.common.errors;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The user may not do this with a topic. */
public class TopicAuthorizationException extends AuthorizationException {

  private static final long serialVersionUID = 1L;

  private final transient Set<String> unauthorizedTopics;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param unauthorizedTopics the names of the topics
   */
  public TopicAuthorizationException(@Nullable String message, Set<String> unauthorizedTopics) {
    super(message);
    this.unauthorizedTopics = Set.copyOf(unauthorizedTopics);
  }

  /**
   * Creates the exception with a message that lists the topics.
   *
   * @param unauthorizedTopics the names of the topics
   */
  public TopicAuthorizationException(Set<String> unauthorizedTopics) {
    this("No permission for topics " + unauthorizedTopics, unauthorizedTopics);
  }

  /**
   * Creates the exception without naming topics.
   *
   * @param message what happened; null for no message
   */
  public TopicAuthorizationException(@Nullable String message) {
    this(message, Set.of());
  }

  /** {@return the names of the topics; empty where they are not known} */
  public Set<String> unauthorizedTopics() {
    return unauthorizedTopics == null ? Set.of() : unauthorizedTopics;
  }
}

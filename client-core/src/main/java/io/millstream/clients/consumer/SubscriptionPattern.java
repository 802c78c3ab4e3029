package io.millstream.clients.consumer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in RE2/J syntax that the coordinator, not the client, matches with the names
 * of topics (KIP-848). Immutable.
 */
public class SubscriptionPattern {

  private final String pattern;

  /**
   * Creates a pattern; the coordinator checks it.
   *
   * @param pattern the expression
   */
  public SubscriptionPattern(String pattern) {
    this.pattern = pattern;
  }

  /** {@return the expression} */
  public String pattern() {
    return pattern;
  }

  @Override
  public String toString() {
    return pattern;
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(pattern);
  }

  @Override
  public boolean equals(@Nullable Object obj) {
    return obj instanceof SubscriptionPattern other && Objects.equals(pattern, other.pattern);
  }
}

package io.millstream.common.config.types;

import org.jspecify.annotations.Nullable;

/** A value that is not to be shown: its text form does not tell it. */
public class Password {

  /** What is shown in place of every password. */
  public static final String HIDDEN = "[hidden]";

  private final String value;

  /**
   * Wraps a value.
   *
   * @param value what is not to be shown
   */
  public Password(String value) {
    this.value = value;
  }

  /** Returns the hash of the value. */
  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Says whether the other is a password of the same value. */
  @Override
  public boolean equals(@Nullable Object obj) {
    return obj instanceof Password other && value.equals(other.value);
  }

  /** Returns {@link #HIDDEN}. */
  @Override
  public String toString() {
    return HIDDEN;
  }

  /** {@return the value itself} */
  public String value() {
    return value;
  }
}

package io.millstream.cluster;

import java.util.Locale;

/** What a broker can be the coordinator of. */
public enum CoordinatorType {
  /** A consumer group. */
  GROUP(0),
  /** A transactional id. */
  TRANSACTION(1);

  private final byte code;

  CoordinatorType(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.millstream.common;

import java.util.Locale;

/** Which records of transactions a consumer is given. */
public enum IsolationLevel {
  /** All records, also those of open and aborted transactions. */
  READ_UNCOMMITTED((byte) 0),
  /** Only records of committed transactions, and those outside of any. */
  READ_COMMITTED((byte) 1);

  private final byte id;

  IsolationLevel(byte id) {
    this.id = id;
  }

  /** Returns the number on the wire. */
  public byte id() {
    return id;
  }

  /**
   * Finds a level by its number.
   *
   * @param id the number on the wire
   * @return the level
   * @throws IllegalArgumentException if there is none
   */
  public static IsolationLevel forId(byte id) {
    return switch (id) {
      case 0 -> READ_UNCOMMITTED;
      case 1 -> READ_COMMITTED;
      default -> throw new IllegalArgumentException("No isolation level has the number " + id);
    };
  }

  /** Returns the name as the setting {@code isolation.level} spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

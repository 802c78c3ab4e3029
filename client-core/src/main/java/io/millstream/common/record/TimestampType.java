package io.millstream.common.record;

import java.util.NoSuchElementException;

/** Says what the timestamp of a record means. */
public enum TimestampType {
  /** The record has no timestamp: it was written in the oldest format. */
  NO_TIMESTAMP_TYPE(-1, "NoTimestampType"),
  /** The producer said when the record came to be. */
  CREATE_TIME(0, "CreateTime"),
  /** The broker's time when it appended the record to the log. */
  LOG_APPEND_TIME(1, "LogAppendTime");

  /** The number of this type. */
  public final int id;

  /** The name of this type, as the topic setting {@code message.timestamp.type} spells it. */
  public final String name;

  TimestampType(int id, String name) {
    this.id = id;
    this.name = name;
  }

  /**
   * Finds a type by its name.
   *
   * @param name the name, as in {@link #name}
   * @return the type
   * @throws NoSuchElementException if there is no type of that name
   */
  public static TimestampType forName(String name) {
    for (TimestampType type : values()) {
      if (type.name.equals(name)) {
        return type;
      }
    }
    throw new NoSuchElementException("no timestamp type is called " + name);
  }

  @Override
  public String toString() {
    return name;
  }
}

package io.millstream.fetch;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * Where to begin in a partition without a valid offset: {@code auto.offset.reset}.
 *
 * @param kind the place
 * @param ago for {@link Kind#BY_DURATION} how long ago, else zero
 */
public record OffsetReset(Kind kind, Duration ago) {

  /** The places. */
  public enum Kind {
    /** At the first record there is. */
    EARLIEST,
    /** After the last record there is. */
    LATEST,
    /** At the first record that is not older than a duration (KIP-1106). */
    BY_DURATION,
    /** Nowhere: the user is told. */
    NONE
  }

  /** At the first record there is. */
  public static final OffsetReset EARLIEST = new OffsetReset(Kind.EARLIEST, Duration.ZERO);

  /** After the last record there is. */
  public static final OffsetReset LATEST = new OffsetReset(Kind.LATEST, Duration.ZERO);

  /** The user is told. */
  public static final OffsetReset NONE = new OffsetReset(Kind.NONE, Duration.ZERO);

  private static final String DURATION_PREFIX = "by_duration:";

  /**
   * Reads the setting.
   *
   * @param text {@code earliest}, {@code latest}, {@code none} or {@code by_duration:PT1H}
   * @throws IllegalArgumentException if it is none of these
   */
  public static OffsetReset parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.startsWith(DURATION_PREFIX)) {
      try {
        Duration ago = Duration.parse(text.substring(DURATION_PREFIX.length()));
        if (!ago.isNegative()) {
          return new OffsetReset(Kind.BY_DURATION, ago);
        }
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("'" + text + "' has no ISO 8601 duration", e);
      }
    }
    return switch (lower) {
      case "earliest" -> EARLIEST;
      case "latest" -> LATEST;
      case "none" -> NONE;
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is not one of earliest, latest, none, by_duration:PnDTnHnMn.nS");
    };
  }

  /**
   * Returns what ListOffsets is asked for.
   *
   * @param wallMillis the present, since 1970
   */
  long timestamp(long wallMillis) {
    return switch (kind) {
      case EARLIEST -> OffsetLookup.EARLIEST;
      case LATEST -> OffsetLookup.LATEST;
      case BY_DURATION -> Math.max(0, wallMillis - ago.toMillis());
      case NONE -> throw new IllegalStateException("There is no place to look up");
    };
  }

  @Override
  public String toString() {
    return kind == Kind.BY_DURATION ? DURATION_PREFIX + ago : kind.name().toLowerCase(Locale.ROOT);
  }
}

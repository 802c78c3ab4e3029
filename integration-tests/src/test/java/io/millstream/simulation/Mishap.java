package io.millstream.simulation;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** What can go wrong in a simulated world, as its log tells of it. */
enum Mishap {
  /** The broker has acted on a request of records, and the connection broke before its answer. */
  ANSWER_LOST("PRODUCE answer lost"),
  /** An answer was held back, and came. */
  ANSWER_LATE("PRODUCE answer is late"),
  /** The broker has acted on a request of records when the client had given it up. */
  ANSWER_TOO_LATE("PRODUCE answer comes too late"),
  /** A batch came again, and the log had it. */
  DUPLICATE(" has already "),
  /** A batch came to a broker that does not lead the partition any more. */
  LEADER_MOVED(" refused with NOT_LEADER_OR_FOLLOWER"),
  /** A batch came under an epoch of its producer that is over. */
  EPOCH_FENCED(" refused with INVALID_PRODUCER_EPOCH"),
  /** A batch came before one that it has to follow. */
  OUT_OF_ORDER(" refused with OUT_OF_ORDER_SEQUENCE_NUMBER"),
  /** A connection broke within, before or behind the bytes of a request. */
  CUT_IN_REQUEST(" -> cut"),
  /** A connection broke within, before or behind the bytes of an answer. */
  CUT_IN_ANSWER(" <- cut");

  private final String words;

  Mishap(String words) {
    this.words = words;
  }

  private boolean isIn(String line) {
    return line.contains(words);
  }

  /** How often each has happened in many schedules. */
  static final class Tally {

    private final Map<Mishap, Long> counts = new EnumMap<>(Mishap.class);
    private long schedules;

    /** Adds what has happened in one schedule. */
    void add(Collection<String> log) {
      schedules++;
      for (String line : log) {
        for (Mishap mishap : values()) {
          if (mishap.isIn(line)) {
            counts.merge(mishap, 1L, Long::sum);
          }
        }
      }
    }

    /** Returns what has never happened; few schedules need not have everything. */
    Set<Mishap> missing() {
      Set<Mishap> missing = EnumSet.allOf(Mishap.class);
      missing.removeAll(counts.keySet());
      return schedules < FEW_SCHEDULES ? EnumSet.noneOf(Mishap.class) : missing;
    }

    @Override
    public String toString() {
      return schedules + " schedules with " + counts;
    }
  }

  private static final int FEW_SCHEDULES = 500;
}

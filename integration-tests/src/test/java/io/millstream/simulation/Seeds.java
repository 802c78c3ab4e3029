package io.millstream.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millstream.testing.simulation.Simulation;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.slf4j.LoggerFactory;

/**
 * Runs a test with many seeds. {@code -Dmillstream.seeds=100000} runs more of them, {@code
 * -Dmillstream.seed=17} one alone.
 */
final class Seeds {

  private static final String ONE = "millstream.seed";
  private static final String COUNT = "millstream.seeds";

  // Not below io.millstream, which is silent.
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("seeds");

  private Seeds() {}

  /**
   * Runs a scenario with the seeds 1, 2, …, and logs which they were.
   *
   * @param test the class of the test, to tell how to run it again
   * @param usualCount how many seeds where nothing else is said
   * @param scenario fails by throwing
   */
  static void forEach(Class<?> test, int usualCount, LongConsumer scenario) {
    LOG.info("{}: {}", test.getSimpleName(), run(test, usualCount, scenario));
  }

  /**
   * Runs a scenario as {@link #forEach} does, counts what has gone wrong, and logs it.
   *
   * @param scenario returns its world, or fails by throwing
   */
  static Mishap.Tally tally(Class<?> test, int usualCount, LongFunction<Simulation> scenario) {
    Mishap.Tally tally = new Mishap.Tally();
    String seeds = run(test, usualCount, seed -> tally.add(scenario.apply(seed).log().lines()));
    LOG.info("{}: {}, {}", test.getSimpleName(), seeds, tally);
    return tally;
  }

  /** Does as {@link #forEach}, logs nothing, and returns which seeds they were. */
  static String run(Class<?> test, int usualCount, LongConsumer scenario) {
    silence();
    Long one = Long.getLong(ONE);
    long first = one == null ? 1 : one;
    long last = one == null ? Long.getLong(COUNT, usualCount) : one;
    for (long seed = first; seed <= last; seed++) {
      try {
        scenario.accept(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError(
            "Seed %d failed: %s%nTo run it again: mvn verify -pl integration-tests -am -Dtest=%s"
                    .formatted(seed, e.getMessage(), test.getSimpleName())
                + " -DskipITs -Dsurefire.failIfNoSpecifiedTests=false -D%s=%d".formatted(ONE, seed),
            e);
      }
    }
    return "seeds %d to %d".formatted(first, last);
  }

  /** Has the clients log nothing: what goes wrong is ordered, and telling of it takes time. */
  static void silence() {
    ((Logger) LoggerFactory.getLogger("io.millstream")).setLevel(Level.OFF);
  }
}

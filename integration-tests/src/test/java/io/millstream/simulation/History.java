package io.millstream.simulation;

import io.millstream.testing.simulation.NetworkConditions;
import java.time.Duration;
import java.util.List;

/** Everything that happens in one run, for a comparison between two JVMs. */
final class History {

  private History() {}

  /** Prints the histories of the seeds that the system properties name. */
  // The output is what the parent reads.
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    Seeds.forEach(History.class, 1, seed -> of(seed).forEach(System.out::println));
  }

  static List<String> of(long seed) {
    ReadingWorld world = new ReadingWorld(seed, NetworkConditions.rough());
    world.join();
    world.join();
    for (int round = 0; round < 40; round++) {
      if (round % 4 == 0) {
        world.disturb();
      }
      world.write(5);
      world.pollAll();
    }
    world.heal();
    world.catchUp(Duration.ofMinutes(5));
    world.closeAll();
    return world.simulation().log().lines();
  }
}

package io.millstream.simulation;

import io.millstream.testing.simulation.NetworkConditions;
import java.util.List;

/** Everything that happens in one run, for a comparison between two JVMs. */
final class History {

  private History() {}

  /** Prints the histories of the seeds that the system properties name. */
  // The output is what the parent reads.
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    Seeds.run(History.class, 1, seed -> of(seed).forEach(System.out::println));
  }

  static List<String> of(long seed) {
    PipelineWorld world = new PipelineWorld(seed, NetworkConditions.rough());
    world.run(40);
    return world.simulation().log().lines();
  }
}

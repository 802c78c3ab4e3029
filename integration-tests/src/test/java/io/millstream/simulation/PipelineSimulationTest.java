package io.millstream.simulation;

import io.millstream.testing.simulation.NetworkConditions;
import org.junit.jupiter.api.Test;

/** Whole producers and consumers together: what is acknowledged is read, once and in order. */
class PipelineSimulationTest {

  @Test
  void groupReadsWhatProducersSentHoweverBadItGets() {
    Seeds.tally(
        getClass(),
        100,
        seed -> {
          PipelineWorld world =
              new PipelineWorld(
                  seed,
                  switch ((int) (seed % 4)) {
                    case 0 -> NetworkConditions.calm();
                    case 1 -> NetworkConditions.stormy();
                    default -> NetworkConditions.rough();
                  });
          world.run(40);
          world.check();
          return world.simulation();
        });
  }
}

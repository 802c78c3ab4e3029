package io.millstream.simulation;

import io.millstream.testing.simulation.NetworkConditions;
import org.junit.jupiter.api.Test;

/** A consumer that is told where to read returns exactly the records that lie there. */
class AssignedSimulationTest {

  @Test
  void readsOnWhereItWasSentWhateverFails() {
    Seeds.forEach(
        getClass(),
        150,
        seed -> {
          ReadingWorld world = new ReadingWorld(seed, NetworkConditions.calm());
          WritingClient writer = new WritingClient(world, 1);
          writer.send(200);
          writer.close();
          if (seed % 3 > 0) {
            world
                .simulation()
                .conditions(seed % 3 == 1 ? NetworkConditions.rough() : NetworkConditions.stormy());
          }
          AssignedReader reader = new AssignedReader(world);
          for (int step = 0; step < 150; step++) {
            if (world.random().nextInt(10) == 0) {
              world.disturb();
            }
            if (world.random().nextInt(3) == 0) {
              world.write(world.random().nextInt(8));
            }
            reader.act();
          }
          world.heal();
          reader.finish();
        });
  }
}

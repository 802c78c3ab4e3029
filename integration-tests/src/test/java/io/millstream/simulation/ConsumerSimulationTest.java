package io.millstream.simulation;

import io.millstream.testing.simulation.NetworkConditions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Consumers in a group read everything in order, whatever happens to network and brokers. */
class ConsumerSimulationTest {

  private static final Duration CATCH_UP = Duration.ofMinutes(5);

  @Test
  void groupReadsEverythingInOrderOnCalmNetwork() {
    Seeds.forEach(
        getClass(),
        60,
        seed -> {
          ReadingWorld world = new ReadingWorld(seed, NetworkConditions.calm());
          world.join();
          world.join();
          for (int round = 0; round < 15; round++) {
            world.write(5);
            world.pollAll();
          }
          world.catchUp(CATCH_UP);
          world.closeAll();
        });
  }

  @Test
  void groupReadsEverythingInOrderWhileBrokersFail() {
    Seeds.forEach(
        getClass(),
        300,
        seed -> {
          ReadingWorld world =
              new ReadingWorld(
                  seed, seed % 3 == 0 ? NetworkConditions.stormy() : NetworkConditions.rough());
          world.join();
          for (int round = 0; round < 40; round++) {
            if (world.random().nextInt(3) == 0) {
              world.disturb();
            }
            if (world.random().nextInt(6) == 0) {
              world.changeMembers();
            }
            world.write(world.random().nextInt(10));
            world.pollAll();
          }
          world.heal();
          if (world.members() == 0) {
            world.join();
          }
          world.catchUp(CATCH_UP);
          world.closeAll();
        });
  }
}

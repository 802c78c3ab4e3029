package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.testing.simulation.NetworkConditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever fails, a reader of committed records sees all or nothing of each transaction. */
class TransactionSimulationTest {

  private static final int TRANSACTIONS = 25;

  @Test
  void whereNothingFailsEachTransactionEndsAsAskedAndTheProducerGoesOn() {
    Seeds.forEach(
        getClass(),
        200,
        seed -> {
          TransactionWorld world =
              new TransactionWorld(seed, NetworkConditions.calm(), 1 + (int) (seed % 2));
          TransactingClient client = new TransactingClient(world, 1, false);
          for (int i = 0; i < TRANSACTIONS; i++) {
            client.transact();
          }
          client.close();

          client.check(world.committed());
          client.checkAllEndedAsAsked();
        });
  }

  @Test
  void readersSeeAllOrNothingOfEachTransactionWhateverFails() {
    long[] committed = {0};
    Mishap.Tally tally =
        Seeds.tally(
            getClass(),
            600,
            seed -> {
              TransactionWorld world =
                  new TransactionWorld(seed, NetworkConditions.calm(), 1 + (int) (seed % 2));
              List<TransactingClient> clients = new ArrayList<>();
              for (int number = 1; number <= 2; number++) {
                clients.add(new TransactingClient(world, number, true));
              }
              if (seed % 3 > 0) {
                world
                    .simulation()
                    .conditions(
                        seed % 3 == 1 ? NetworkConditions.rough() : NetworkConditions.stormy());
              }
              for (int i = 0; i < TRANSACTIONS; i++) {
                clients.get(world.random().nextInt(clients.size())).transact();
              }
              world.heal();
              clients.forEach(TransactingClient::close);
              // What instances have left open that were closed at once ends with its time.
              world.simulation().run(Duration.ofSeconds(20));

              Map<Integer, List<String>> read = world.committed();
              for (TransactingClient client : clients) {
                client.check(read);
                committed[0] += client.count(true);
              }
              return world.simulation();
            });
    assertThat(tally.missing()).as("never happened").isEmpty();
    assertThat(committed[0]).as("transactions that were committed").isPositive();
  }
}

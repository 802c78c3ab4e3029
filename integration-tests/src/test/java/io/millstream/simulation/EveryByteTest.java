package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.Simulation;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * A producer's whole conversation with brokers, cut behind each of its bytes in turn: greetings,
 * metadata, requests and answers.
 */
class EveryByteTest {

  private static final long SEED = 17;

  /** Runs a conversation whole, and then once for each of its bytes, cut behind it. */
  private static void cutBehindEachByte(LongUnaryOperator conversation) {
    Seeds.silence();
    long bytes = conversation.applyAsLong(Long.MAX_VALUE);
    for (long cut = 1; cut <= bytes; cut++) {
      try {
        assertThat(conversation.applyAsLong(cut))
            .as("the cut was reached")
            .isGreaterThanOrEqualTo(cut);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("Cut behind byte %d of %d".formatted(cut, bytes), e);
      }
    }
    LoggerFactory.getLogger("seeds").info("EveryByteTest: cut behind each of {} bytes", bytes);
  }

  private static void orderCut(Simulation simulation, long cut) {
    if (cut != Long.MAX_VALUE) {
      simulation.cutAfter(cut);
    }
  }

  @Test
  void idempotentProducerLosesAndDoublesNothing() {
    cutBehindEachByte(
        cut -> {
          ProducerWorld world = new ProducerWorld(SEED, NetworkConditions.calm(), Map.of());
          orderCut(world.simulation, cut);
          for (int round = 0; round < 3; round++) {
            world.send(10);
            world.simulation.run(Duration.ofMillis(100));
          }
          world.finish();
          assertThat(world.failed).isEmpty();
          return world.simulation.bytesCarried();
        });
  }

  @Test
  void transactionsAreSeenWholeOrNotAtAll() {
    cutBehindEachByte(
        cut -> {
          TransactionWorld world = new TransactionWorld(SEED, NetworkConditions.calm(), 2);
          orderCut(world.simulation(), cut);
          TransactingClient client = new TransactingClient(world, 1, false);
          for (int i = 0; i < 3; i++) {
            client.transact();
          }
          client.close();
          long bytes = world.simulation().bytesCarried();
          client.check(world.committed());
          return bytes;
        });
  }
}

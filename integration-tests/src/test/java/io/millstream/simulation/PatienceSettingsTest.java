package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.common.errors.NotEnoughReplicasException;
import io.millstream.common.errors.TimeoutException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings of time-outs and retries do. */
class PatienceSettingsTest {

  private static final String PRODUCE_ASKED = " PRODUCE \\d+ asked";

  private final SettingsWorld world = new SettingsWorld();

  private void freezeAll() {
    world.cluster.brokerIds().forEach(world.cluster::freezeBroker);
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 5_000})
  @ShowsEffectOf("delivery.timeout.ms")
  void recordFailsWhenItsTimeIsOver(int millis) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer(
            "delivery.timeout.ms", millis, "request.timeout.ms", 1_000, "linger.ms", 0);
    freezeAll();
    world.send(producer, 0, new byte[1]);
    world.run(millis - 1);
    assertThat(world.failures).isEmpty();
    world.run(2);
    assertThat(world.failures).hasSize(1).hasOnlyElementsOfType(TimeoutException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 3_000})
  @ShowsEffectOf("request.timeout.ms")
  void requestIsGivenUpWhenItsTimeIsOver(int millis) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("request.timeout.ms", millis, "linger.ms", 0);
    freezeAll();
    world.send(producer, 0, new byte[1]);
    world.run(millis + 100);
    assertThat(world.moments("closed by client$"))
        .hasSize(1)
        .allMatch(at -> at >= millis && at < millis + 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  @ShowsEffectOf("retries")
  void batchIsSentAgainAsOftenAsItMay(int retries) {
    KafkaProducer<byte[], byte[]> producer =
        world.readyProducer("retries", retries, "enable.idempotence", false, "linger.ms", 0);
    world.cluster.refuse("Produce", "NOT_ENOUGH_REPLICAS", 100);
    world.send(producer, 0, new byte[1]);
    world.run(20_000);
    assertThat(world.moments(PRODUCE_ASKED)).hasSize(1 + retries);
    assertThat(world.failures).hasSize(1).hasOnlyElementsOfType(NotEnoughReplicasException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 800})
  @ShowsEffectOf("retry.backoff.ms")
  void firstPauseBeforeABatchIsSentAgain(int millis) {
    List<Long> pauses = pauses(2, "retry.backoff.ms", millis);
    assertThat(pauses.get(0)).isBetween((long) (millis * 0.8), (long) (millis * 1.2) + 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {150, 5_000})
  @ShowsEffectOf("retry.backoff.max.ms")
  void pausesGrowUpToALimit(int millis) {
    List<Long> pauses = pauses(9, "retry.backoff.ms", 100, "retry.backoff.max.ms", millis);
    assertThat(pauses.get(7)).isBetween((long) (millis * 0.8), (long) (millis * 1.2) + 10);
    assertThat(pauses.get(0)).isLessThan(150);
  }

  private List<Long> pauses(int refusals, Object... settings) {
    KafkaProducer<byte[], byte[]> producer = world.readyProducer(settings);
    world.cluster.refuse("Produce", "NOT_ENOUGH_REPLICAS", refusals);
    world.send(producer, 0, new byte[1]);
    world.run(100_000);
    assertThat(world.acknowledged).isEqualTo(1);
    return world.gaps(PRODUCE_ASKED);
  }

  @ParameterizedTest
  @ValueSource(ints = {700, 2_500})
  @ShowsEffectOf("max.block.ms")
  void partitionsForWaitsForMetadataAsLongAsItMay(int millis) {
    KafkaProducer<byte[], byte[]> producer = world.readyProducer("max.block.ms", millis);
    assertThat(
            world.millisOf(
                () -> {
                  try {
                    producer.partitionsFor("absent");
                  } catch (TimeoutException e) {
                    world.failures.add(e);
                  }
                }))
        .isEqualTo(millis);
    assertThat(world.failures).hasSize(1);
  }

  @Test
  @ShowsEffectOf({"transactional.id", "transaction.timeout.ms"})
  void transactionEndsWhenItsTimeIsOver() {
    KafkaProducer<byte[], byte[]> producer =
        world.producer("transactional.id", "transfers", "transaction.timeout.ms", 3_000);
    producer.initTransactions();
    producer.beginTransaction();
    world.begin();
    world.send(producer, 0, new byte[1]);
    producer.flush();
    world.run(10_000);
    assertThat(world.moments("the transaction of transfers was open for too long"))
        .hasSize(1)
        .allMatch(at -> at >= 3_000 && at < 3_100);
  }
}

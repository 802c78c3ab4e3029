package io.millstream.clients.producer;

import io.millstream.network.Environment;
import java.util.Map;

/** Creates producers that live in a world of a test's choice. */
public final class SimulatedProducers {

  private SimulatedProducers() {}

  /** Creates a producer. */
  public static <K, V> KafkaProducer<K, V> create(
      Map<String, Object> configs, Environment environment) {
    return new KafkaProducer<>(configs, environment);
  }

  /** Creates a producer from what was built. */
  public static <K, V> KafkaProducer<K, V> create(
      ProducerBuilder<K, V> builder, Environment environment) {
    return new KafkaProducer<>(builder.settings(), environment);
  }
}

package io.millstream.clients.consumer;

import io.millstream.network.Environment;
import java.util.Map;

/** Reaches the constructor that takes a world. */
public final class ConsumersInSimulation {

  private ConsumersInSimulation() {}

  /** Creates a consumer in a world. */
  public static <K, V> KafkaConsumer<K, V> create(
      Map<String, Object> settings, Environment environment) {
    return new KafkaConsumer<>(settings, environment);
  }
}

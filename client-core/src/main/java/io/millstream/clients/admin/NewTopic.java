package io.millstream.clients.admin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A topic to create. */
public class NewTopic {

  private static final int BROKERS_DEFAULT = -1;

  private final String name;
  private final int numPartitions;
  private final short replicationFactor;
  private final @Nullable Map<Integer, List<Integer>> replicasAssignments;
  private @Nullable Map<String, String> configs;

  /**
   * Describes a topic whose replicas the broker places.
   *
   * @param name the topic
   * @param numPartitions how many partitions, or -1 for the broker's default
   * @param replicationFactor how many replicas of each, or -1 for the broker's default
   */
  public NewTopic(String name, int numPartitions, short replicationFactor) {
    this.name = name;
    this.numPartitions = numPartitions;
    this.replicationFactor = replicationFactor;
    this.replicasAssignments = null;
  }

  /**
   * Describes a topic whose replicas the broker places.
   *
   * @param name the topic
   * @param numPartitions how many partitions, or empty for the broker's default
   * @param replicationFactor how many replicas of each, or empty for the broker's default
   */
  public NewTopic(String name, Optional<Integer> numPartitions, Optional<Short> replicationFactor) {
    this(name, numPartitions.orElse(BROKERS_DEFAULT), replicationFactor.orElse((short) -1));
  }

  /**
   * Describes a topic whose replicas are placed by hand.
   *
   * @param name the topic
   * @param replicasAssignments for each partition the ids of the brokers that hold it, the
   *     preferred leader first
   */
  public NewTopic(String name, Map<Integer, List<Integer>> replicasAssignments) {
    this.name = name;
    this.numPartitions = BROKERS_DEFAULT;
    this.replicationFactor = BROKERS_DEFAULT;
    Map<Integer, List<Integer>> copy = new LinkedHashMap<>();
    replicasAssignments.forEach(
        (partition, brokers) ->
            copy.put(partition, Collections.unmodifiableList(new ArrayList<>(brokers))));
    this.replicasAssignments = Collections.unmodifiableMap(copy);
  }

  /**
   * Gives the topic's name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Gives the number of partitions.
   *
   * @return the number, or -1 for the broker's default or where the replicas are placed by hand
   */
  public int numPartitions() {
    return numPartitions;
  }

  /**
   * Gives the number of replicas of each partition.
   *
   * @return the number, or -1 for the broker's default or where the replicas are placed by hand
   */
  public short replicationFactor() {
    return replicationFactor;
  }

  /**
   * Gives where the replicas are placed by hand.
   *
   * @return for each partition the ids of its brokers, unmodifiable, or null where the broker
   *     places them
   */
  public @Nullable Map<Integer, List<Integer>> replicasAssignments() {
    return replicasAssignments;
  }

  /**
   * Sets the topic's own configuration.
   *
   * @param configs keys and values as in Kafka's topic configuration; null for the broker's
   *     defaults
   * @return this topic
   */
  public NewTopic configs(@Nullable Map<String, String> configs) {
    this.configs = configs;
    return this;
  }

  /**
   * Gives the topic's own configuration.
   *
   * @return keys and values, or null if none was set
   */
  public @Nullable Map<String, String> configs() {
    return configs;
  }

  @Override
  public String toString() {
    return "NewTopic[name="
        + name
        + ", numPartitions="
        + (numPartitions == BROKERS_DEFAULT ? "default" : numPartitions)
        + ", replicationFactor="
        + (replicationFactor == BROKERS_DEFAULT ? "default" : replicationFactor)
        + ", replicasAssignments="
        + replicasAssignments
        + ", configs="
        + configs
        + "]";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NewTopic that
        && name.equals(that.name)
        && numPartitions == that.numPartitions
        && replicationFactor == that.replicationFactor
        && Objects.equals(replicasAssignments, that.replicasAssignments)
        && Objects.equals(configs, that.configs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, numPartitions, replicationFactor, replicasAssignments, configs);
  }
}

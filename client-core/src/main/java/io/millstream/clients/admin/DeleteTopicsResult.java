package io.millstream.clients.admin;

import io.millstream.common.KafkaFuture;
import io.millstream.common.Uuid;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of the topics to delete, one future for each, by name or by id as they were asked
 * for.
 */
public class DeleteTopicsResult {

  private final @Nullable Map<Uuid, KafkaFuture<@Nullable Void>> topicIdFutures;
  private final @Nullable Map<String, KafkaFuture<@Nullable Void>> nameFutures;

  /**
   * Creates a result of which exactly one map is given.
   *
   * @param topicIdFutures the futures by id, or null
   * @param nameFutures the futures by name, or null
   * @throws IllegalArgumentException if both are given or none is
   */
  protected DeleteTopicsResult(
      @Nullable Map<Uuid, KafkaFuture<@Nullable Void>> topicIdFutures,
      @Nullable Map<String, KafkaFuture<@Nullable Void>> nameFutures) {
    if ((topicIdFutures == null) == (nameFutures == null)) {
      throw new IllegalArgumentException(
          "topics are deleted either by id or by name: give exactly one map of futures");
    }
    this.topicIdFutures = topicIdFutures;
    this.nameFutures = nameFutures;
  }

  /**
   * Gives the futures by id.
   *
   * @return the futures, or null if the topics were named by their names
   */
  public @Nullable Map<Uuid, KafkaFuture<@Nullable Void>> topicIdValues() {
    return topicIdFutures;
  }

  /**
   * Gives the futures by name.
   *
   * @return the futures, or null if the topics were named by their ids
   */
  public @Nullable Map<String, KafkaFuture<@Nullable Void>> topicNameValues() {
    return nameFutures;
  }

  /**
   * Gives a future that completes when every topic is deleted.
   *
   * @return a future of null; it fails with the error of one topic if any failed
   */
  public KafkaFuture<@Nullable Void> all() {
    return KafkaFuture.allOf(futures().toArray(new KafkaFuture<?>[0]));
  }

  private Collection<KafkaFuture<@Nullable Void>> futures() {
    if (nameFutures != null) {
      return nameFutures.values();
    }
    return Objects.requireNonNull(topicIdFutures).values();
  }
}

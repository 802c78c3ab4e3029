package io.millstream.clients.consumer;

import io.millstream.common.Metric;
import io.millstream.common.MetricName;
import io.millstream.common.PartitionInfo;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.metrics.KafkaMetric;
import io.millstream.common.serialization.Deserializer;
import io.millstream.consume.ConsumerEngine;
import io.millstream.consume.ConsumerParts;
import io.millstream.fetch.OffsetLookup;
import io.millstream.fetch.OffsetReset;
import io.millstream.network.Environment;
import io.millstream.network.SystemEnvironment;
import io.millstream.settings.OwnedPlugins;
import io.millstream.settings.ParsedSettings;
import io.millstream.settings.SettingTables;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from a Kafka cluster, alone or as a member of a group.
 *
 * <p>Any thread may call a consumer, but two polls must not overlap. What another thread orders
 * while a poll runs takes effect before that poll returns a record.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public class KafkaConsumer<K, V> implements Consumer<K, V> {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final ConsumerEngine<K, V> engine;
  private final OwnedPlugins plugins;
  private final Duration callTimeout;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Creates a consumer.
   *
   * @param configs keys of {@link ConsumerConfig} and values, of the type or as text
   * @throws io.millstream.common.config.ConfigException if anything is wrong with them
   */
  public KafkaConsumer(Map<String, Object> configs) {
    this(configs, null, null);
  }

  /**
   * Creates a consumer.
   *
   * @param properties keys of {@link ConsumerConfig} and values
   * @throws io.millstream.common.config.ConfigException if anything is wrong with them
   */
  public KafkaConsumer(Properties properties) {
    this(properties, null, null);
  }

  /**
   * Creates a consumer.
   *
   * @param properties keys of {@link ConsumerConfig} and values
   * @param keyDeserializer makes keys; is not configured; null to have it created as configured
   * @param valueDeserializer makes values; is not configured; null to have it created as configured
   * @throws io.millstream.common.config.ConfigException if anything is wrong with them
   */
  public KafkaConsumer(
      Properties properties,
      @Nullable Deserializer<K> keyDeserializer,
      @Nullable Deserializer<V> valueDeserializer) {
    this(ConsumerParts.parse(properties, keyDeserializer, valueDeserializer));
  }

  /**
   * Creates a consumer.
   *
   * @param configs keys of {@link ConsumerConfig} and values, of the type or as text
   * @param keyDeserializer makes keys; is not configured; null to have it created as configured
   * @param valueDeserializer makes values; is not configured; null to have it created as configured
   * @throws io.millstream.common.config.ConfigException if anything is wrong with them
   */
  public KafkaConsumer(
      Map<String, Object> configs,
      @Nullable Deserializer<K> keyDeserializer,
      @Nullable Deserializer<V> valueDeserializer) {
    this(ConsumerParts.parse(configs, keyDeserializer, valueDeserializer));
  }

  private KafkaConsumer(ParsedSettings settings) {
    this(settings, new SystemEnvironment(settings.clientId()));
  }

  /** Creates a consumer that lives in a given world, as a simulation needs it. */
  KafkaConsumer(Map<String, Object> configs, Environment environment) {
    this(SettingTables.consumer().parse(configs), environment);
  }

  private KafkaConsumer(ParsedSettings settings, Environment environment) {
    this.plugins = new OwnedPlugins(settings);
    try {
      ConsumerParts<K, V> parts = ConsumerParts.create(settings, plugins, environment.random());
      this.callTimeout = Duration.ofNanos(parts.settings().callNanos());
      this.engine =
          new ConsumerEngine<>(environment, parts.settings(), parts.keys(), parts.values());
    } catch (RuntimeException | Error e) {
      plugins.giveUp();
      throw e;
    }
  }

  private ConsumerEngine<K, V> open() {
    // A listener that is told of the end may still commit.
    if (closed.get() && !engine.isWithinCall()) {
      throw new IllegalStateException("This consumer was closed; create another one");
    }
    return engine;
  }

  @Override
  public Set<TopicPartition> assignment() {
    return open().subscriptions().partitions();
  }

  @Override
  public Set<String> subscription() {
    return open().subscriptions().topics();
  }

  @Override
  public void subscribe(Collection<String> topics) {
    open().subscriptions().subscribe(topics, null);
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener callback) {
    open().subscriptions().subscribe(topics, given(callback));
  }

  @Override
  public void assign(Collection<TopicPartition> partitions) {
    open().subscriptions().assign(partitions);
  }

  @Override
  public void subscribe(Pattern pattern, ConsumerRebalanceListener callback) {
    open().subscriptions().subscribe(pattern, given(callback));
  }

  @Override
  public void subscribe(Pattern pattern) {
    open().subscriptions().subscribe(pattern, null);
  }

  @Override
  public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener callback) {
    throw matchedByCoordinator();
  }

  @Override
  public void subscribe(SubscriptionPattern pattern) {
    throw matchedByCoordinator();
  }

  private static ConsumerRebalanceListener given(ConsumerRebalanceListener callback) {
    if (callback == null) {
      throw new IllegalArgumentException("The rebalance listener is null; leave it out instead");
    }
    return callback;
  }

  private static UnsupportedOperationException matchedByCoordinator() {
    return new UnsupportedOperationException(
        "A SubscriptionPattern needs group.protocol=consumer, which this version does not have yet;"
            + " subscribe(java.util.regex.Pattern) works");
  }

  @Override
  public void unsubscribe() {
    open().subscriptions().unsubscribe();
  }

  @Override
  public ConsumerRecords<K, V> poll(Duration timeout) {
    return open().poll(timeout);
  }

  @Override
  public void commitSync() {
    commitSync(callTimeout);
  }

  @Override
  public void commitSync(Duration timeout) {
    open().commits().sync(null, timeout);
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
    commitSync(offsets, callTimeout);
  }

  @Override
  public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    open().commits().sync(Objects.requireNonNull(offsets, "offsets"), timeout);
  }

  @Override
  public void commitAsync() {
    commitAsync(null);
  }

  @Override
  public void commitAsync(@Nullable OffsetCommitCallback callback) {
    open().commits().async(null, callback, callTimeout);
  }

  @Override
  public void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable OffsetCommitCallback callback) {
    open().commits().async(Objects.requireNonNull(offsets, "offsets"), callback, callTimeout);
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {
    throw noMetrics();
  }

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {
    throw noMetrics();
  }

  @Override
  public Uuid clientInstanceId(Duration timeout) {
    throw noMetrics();
  }

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    throw noMetrics();
  }

  private static UnsupportedOperationException noMetrics() {
    return new UnsupportedOperationException("This version of the client has no metrics yet");
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    open().positions().seek(partition, offset, Optional.empty());
  }

  @Override
  public void seek(TopicPartition partition, OffsetAndMetadata offsetAndMetadata) {
    open().positions().seek(partition, offsetAndMetadata.offset(), offsetAndMetadata.leaderEpoch());
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    open().positions().seek(partitions, OffsetReset.EARLIEST);
  }

  @Override
  public void seekToEnd(Collection<TopicPartition> partitions) {
    open().positions().seek(partitions, OffsetReset.LATEST);
  }

  @Override
  public long position(TopicPartition partition) {
    return position(partition, callTimeout);
  }

  @Override
  public long position(TopicPartition partition, Duration timeout) {
    return open().positions().position(partition, timeout);
  }

  @Override
  public Map<TopicPartition, @Nullable OffsetAndMetadata> committed(
      Set<TopicPartition> partitions) {
    return committed(partitions, callTimeout);
  }

  @Override
  public Map<TopicPartition, @Nullable OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration timeout) {
    return open().commits().committed(partitions, timeout);
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic) {
    return partitionsFor(topic, callTimeout);
  }

  @Override
  public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
    return open().lookups().partitions(topic, timeout);
  }

  @Override
  public Map<String, List<PartitionInfo>> listTopics() {
    return listTopics(callTimeout);
  }

  @Override
  public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
    return open().lookups().allTopics(timeout);
  }

  @Override
  public Set<TopicPartition> paused() {
    return open().positions().paused();
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    open().positions().pause(partitions, true);
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    open().positions().pause(partitions, false);
  }

  @Override
  public Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestampsToSearch) {
    return offsetsForTimes(timestampsToSearch, callTimeout);
  }

  @Override
  public Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> timestampsToSearch, Duration timeout) {
    timestampsToSearch.forEach(
        (partition, timestamp) -> {
          if (timestamp < 0) {
            throw new IllegalArgumentException(
                "The timestamp to search for in %s is negative: %d"
                    .formatted(partition, timestamp));
          }
        });
    Map<TopicPartition, @Nullable OffsetAndTimestamp> offsets = new LinkedHashMap<>();
    open()
        .lookups()
        .offsets("offsetsForTimes", timestampsToSearch, timeout)
        .forEach(
            (partition, found) ->
                offsets.put(
                    partition,
                    found.offset() < 0
                        ? null
                        : new OffsetAndTimestamp(
                            found.offset(), found.timestamp(), found.leaderEpoch())));
    return offsets;
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
    return beginningOffsets(partitions, callTimeout);
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return ends("beginningOffsets", partitions, OffsetLookup.EARLIEST, timeout);
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    return endOffsets(partitions, callTimeout);
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return ends("endOffsets", partitions, OffsetLookup.LATEST, timeout);
  }

  private Map<TopicPartition, Long> ends(
      String what, Collection<TopicPartition> partitions, long end, Duration timeout) {
    Map<TopicPartition, Long> asked = new LinkedHashMap<>();
    partitions.forEach(partition -> asked.put(partition, end));
    Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
    open()
        .lookups()
        .offsets(what, asked, timeout)
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  @Override
  public OptionalLong currentLag(TopicPartition topicPartition) {
    return open().positions().lag(topicPartition);
  }

  @Override
  public ConsumerGroupMetadata groupMetadata() {
    return open().groupMetadata();
  }

  @Override
  public void enforceRebalance() {
    enforceRebalance(null);
  }

  @Override
  public void enforceRebalance(@Nullable String reason) {
    open().enforceRebalance(reason == null ? "the application asked for it" : reason);
  }

  @Override
  public void close() {
    closeWithin(CLOSE_TIMEOUT);
  }

  @Deprecated
  @Override
  public void close(Duration timeout) {
    closeWithin(timeout);
  }

  @Override
  public void close(CloseOptions option) {
    switch (option.groupMembershipOperation()) {
      case DEFAULT -> closeWithin(option.timeout().orElse(CLOSE_TIMEOUT));
      case LEAVE_GROUP, REMAIN_IN_GROUP ->
          throw new UnsupportedOperationException(
              "Closing with %s is not built yet; DEFAULT leaves the group unless the member is static"
                  .formatted(option.groupMembershipOperation()));
    }
  }

  private void closeWithin(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("The time to close is negative: " + timeout);
    }
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      engine.close(timeout);
    } finally {
      plugins.close();
    }
  }

  @Override
  public void wakeup() {
    engine.wakeup();
  }
}

package io.millstream.consume;

import io.millstream.cluster.ClusterView;
import io.millstream.cluster.Metadata;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.InvalidTopicException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.network.RepeatedLog;
import io.millstream.protocol.ErrorCode;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics that are to be read and that the cluster refuses, for want of a permission or since their
 * names are not allowed: each answer of the cluster that says so is told by one poll, and asked for
 * again after {@code retry.backoff.max.ms}. Of topics that do not exist the log warns. The event
 * loop looks, any thread throws.
 */
final class RefusedTopics {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedTopics.class);

  private final EventLoop loop;
  private final Metadata metadata;
  private final Gate gate;
  private final Supplier<Set<String>> toBeRead;
  private final AtomicReference<@Nullable Map<String, ErrorCode>> untold = new AtomicReference<>();
  private final RepeatedLog log;
  private Set<String> missing = Set.of();
  private boolean asksAgain;

  /**
   * Creates it; called where the loop is built.
   *
   * @param toBeRead the topics that count, from any thread
   */
  RefusedTopics(EventLoop loop, Metadata metadata, Gate gate, Supplier<Set<String>> toBeRead) {
    this.loop = loop;
    this.metadata = metadata;
    this.gate = gate;
    this.toBeRead = toBeRead;
    this.log = new RepeatedLog(loop.environment().clock(), LOG);
    metadata.onChange((previous, current) -> look(current));
  }

  private void look(ClusterView view) {
    warnOfMissing(view);
    Map<String, ErrorCode> refused = refused(view, toBeRead.get());
    untold.set(refused.isEmpty() ? null : refused);
    if (refused.isEmpty()) {
      return;
    }
    gate.open();
    if (!asksAgain) {
      asksAgain = true;
      loop.schedule(
          metadata.settings().retry().backoff().maxNanos(),
          () -> {
            asksAgain = false;
            if (!refused(metadata.view(), toBeRead.get()).isEmpty()) {
              metadata.requestRefresh("topics were refused: " + refused);
            }
          });
    }
  }

  /** A topic that the brokers create on their own is missing in one answer at most. */
  private void warnOfMissing(ClusterView view) {
    Set<String> before = missing;
    missing = new TreeSet<>(toBeRead.get());
    missing.removeIf(topic -> view.error(topic) != ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    Set<String> still = new TreeSet<>(missing);
    still.retainAll(before);
    if (!still.isEmpty()) {
      log.warn(
          "%s: the topics %s do not exist; create them, or check what is given to subscribe() or assign(). They are read once they are there"
              .formatted(loop.name(), still));
    } else if (missing.isEmpty()) {
      log.reset();
    }
  }

  private static Map<String, ErrorCode> refused(ClusterView view, Collection<String> topics) {
    Map<String, ErrorCode> refused = new TreeMap<>();
    for (String topic : topics) {
      ErrorCode error = view.error(topic);
      if (error == ErrorCode.TOPIC_AUTHORIZATION_FAILED
          || error == ErrorCode.INVALID_TOPIC_EXCEPTION) {
        refused.put(topic, error);
      }
    }
    return refused;
  }

  /** Says whether {@link #throwUntold} may throw. Any thread. */
  boolean hasUntold() {
    return untold.get() != null;
  }

  /**
   * Throws what the latest answer of the cluster refuses, once for each answer.
   *
   * @param read the topics as the caller knows them, who may be ahead of the loop
   * @throws TopicAuthorizationException if a permission is missing
   * @throws InvalidTopicException if a name is not allowed
   */
  void throwUntold(Supplier<Set<String>> read) {
    Map<String, ErrorCode> refused = untold.getAndSet(null);
    if (refused != null) {
      refused.keySet().retainAll(read.get());
      throwAny(refused);
    }
  }

  /** Says whether {@link #throwIfRefused} would throw. Any thread. */
  boolean has(String topic) {
    return !refused(metadata.view(), Set.of(topic)).isEmpty();
  }

  /** Throws if a topic is refused as far as is known now. Any thread. */
  void throwIfRefused(String topic) {
    throwAny(refused(metadata.view(), Set.of(topic)));
  }

  private static void throwAny(Map<String, ErrorCode> refused) {
    Set<String> unauthorized = new TreeSet<>(refused.keySet());
    unauthorized.removeIf(topic -> refused.get(topic) != ErrorCode.TOPIC_AUTHORIZATION_FAILED);
    Set<String> invalid = new TreeSet<>(refused.keySet());
    invalid.removeAll(unauthorized);
    KafkaException missing =
        new TopicAuthorizationException(
            "The cluster does not let this client read the topics "
                + unauthorized
                + ": grant it DESCRIBE and READ on them, check which user it logs in as, or take them"
                + " out of subscribe() or assign()",
            unauthorized);
    if (!invalid.isEmpty()) {
      KafkaException failure =
          new InvalidTopicException(
              "The cluster does not allow "
                  + invalid
                  + " as names of topics: a name has up to 249 letters, digits, '.', '_' and '-', and is"
                  + " not '.' or '..'; correct what is given to subscribe() or assign()",
              invalid);
      if (!unauthorized.isEmpty()) {
        failure.addSuppressed(missing);
      }
      throw failure;
    }
    if (!unauthorized.isEmpty()) {
      throw missing;
    }
  }
}

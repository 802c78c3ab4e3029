package io.millstream.cluster;

import io.millstream.network.BrokerAddress;
import io.millstream.network.Connections;
import io.millstream.network.EventLoop;
import io.millstream.protocol.MetadataResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is asked about the cluster: the known brokers as long as one of them answers, else
 * the bootstrap servers again (KIP-899, KIP-1102). Owned by the event loop.
 */
final class RecoveryWatch {

  private static final Logger LOG = LoggerFactory.getLogger(Metadata.class);

  private final EventLoop loop;
  private final Connections connections;
  private final MetadataSettings settings;
  private final Set<BrokerAddress> failed = new LinkedHashSet<>();
  private boolean bootstrapping = true;
  private long troubleSinceNanos;
  private boolean trouble;

  RecoveryWatch(EventLoop loop, Connections connections, MetadataSettings settings) {
    this.loop = loop;
    this.connections = connections;
    this.settings = settings;
  }

  List<BrokerAddress> candidates(ClusterView view) {
    return bootstrapping || view.brokers().isEmpty()
        ? settings.bootstrap()
        : List.copyOf(view.brokers());
  }

  /** Chooses whom to ask next; those that failed since the last answer come last. */
  @Nullable BrokerAddress choose(ClusterView view) {
    return BrokerChoice.leastLoaded(
        candidates(view), failed, connections, loop.environment().random());
  }

  /** Says whether the last broker that was asked did not answer. */
  boolean inTrouble() {
    return trouble;
  }

  String difficulty() {
    return "there is no bootstrap server";
  }

  /** A broker could not be asked. */
  void failed(BrokerAddress broker, ClusterView view) {
    if (!trouble) {
      trouble = true;
      troubleSinceNanos = loop.nanoTime();
    }
    failed.add(broker);
    boolean everybody = failed.containsAll(candidates(view));
    boolean tooLong = loop.nanoTime() - troubleSinceNanos >= settings.recovery().triggerNanos();
    if (everybody) {
      failed.clear();
    }
    if (!bootstrapping && settings.recovery().rebootstrap() && (everybody || tooLong)) {
      LOG.warn("{}: none of the known brokers answers; asking the bootstrap servers", loop.name());
      rebootstrap();
    }
  }

  void succeeded() {
    failed.clear();
    trouble = false;
    bootstrapping = false;
  }

  /** Goes back to the bootstrap servers until one has answered. */
  void rebootstrap() {
    failed.clear();
    trouble = false;
    bootstrapping = true;
  }

  boolean otherCluster(ClusterView known, MetadataResponse told) {
    return settings.recovery().checkCluster()
        && known.clusterId() != null
        && told.clusterId() != null
        && !told.clusterId().equals(known.clusterId());
  }
}

package io.millstream.transaction;

import io.millstream.network.EventLoop;
import io.millstream.protocol.BrokerVersions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The level to which the cluster has finalized {@code transaction.version} (KIP-584, KIP-890), as
 * brokers tell. They learn of a change one after another: what has the highest epoch counts. Owned
 * by the event loop.
 */
final class TransactionFeature {

  private static final Logger LOG = LoggerFactory.getLogger(TransactionFeature.class);
  private static final String NAME = "transaction.version";

  private final EventLoop loop;
  private final long maxAgeNanos;
  private @Nullable BrokerVersions latest;
  private long askedOrHeardNanos;

  /**
   * Creates it without a level.
   *
   * @param maxAgeNanos after how long it is to be asked for again
   */
  TransactionFeature(EventLoop loop, long maxAgeNanos) {
    this.loop = loop;
    this.maxAgeNanos = maxAgeNanos;
  }

  /** Returns the level of now as far as it is known, 0 while nothing is. */
  short level() {
    return latest == null ? 0 : latest.finalizedLevel(NAME);
  }

  /** Says once whether it is time to ask a broker again. */
  boolean isToBeAsked() {
    long nowNanos = loop.nanoTime();
    boolean old = nowNanos - askedOrHeardNanos >= maxAgeNanos;
    if (old) {
      askedOrHeardNanos = nowNanos;
    }
    return old;
  }

  /** A broker has told what it knows. */
  void heard(BrokerVersions versions) {
    short before = level();
    boolean first = latest == null;
    if (latest != null && versions.featuresEpoch() < latest.featuresEpoch()) {
      // This broker has not learned yet what another one has told.
      return;
    }
    askedOrHeardNanos = loop.nanoTime();
    latest = versions;
    if (!first && before != level()) {
      LOG.info(
          "{}: the cluster has changed {} from {} to {}; the next transaction goes by it",
          loop.name(),
          NAME,
          before,
          level());
    }
  }
}

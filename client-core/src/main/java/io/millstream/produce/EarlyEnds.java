package io.millstream.produce;

import io.millstream.common.TopicPartition;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.BrokerAddress;
import io.millstream.transaction.BatchScope;
import org.jspecify.annotations.Nullable;

/**
 * Ends batches that no answer ends: their time is over, the cluster refuses the producer an id, or
 * their transaction ends first. Each partition's end in order. Owned by the event loop.
 */
final class EarlyEnds {

  private final ProduceSettings settings;
  private final ProduceLink link;
  private final FailureTexts texts;
  private final CallbackRunner callbacks;
  private final BatchScope scope;

  EarlyEnds(
      ProduceSettings settings,
      ProduceLink link,
      FailureTexts texts,
      CallbackRunner callbacks,
      BatchScope scope) {
    this.settings = settings;
    this.link = link;
    this.texts = texts;
    this.callbacks = callbacks;
    this.scope = scope;
  }

  /**
   * Fails batches whose time is over, whatever they wait for.
   *
   * @return when the next one is due, {@link Long#MAX_VALUE} if the lane has none
   */
  long expire(PartitionLane lane, long nowNanos) {
    long patience = settings.patience().deliveryNanos();
    ProducerBatch oldest = lane.oldest();
    if (oldest == null) {
      return Long.MAX_VALUE;
    }
    if (oldest.createdNanos() + patience - nowNanos > 0) {
      return oldest.createdNanos() + patience;
    }
    for (ProducerBatch batch : lane.all()) {
      if (batch.createdNanos() + patience - nowNanos > 0) {
        return batch.createdNanos() + patience;
      }
      if (batch.state() == ProducerBatch.State.OPEN) {
        // It is looked at again when it is sealed.
        break;
      }
      batch.travel().perhapsAppended |= lane.holdsInFlight(batch);
      end(lane, batch, new TimeoutException(texts.expired(batch, phase(lane, batch))));
    }
    return Long.MAX_VALUE;
  }

  /** Fails what was there when it was refused to be sent, as far as nothing before is under way. */
  void endRefused(PartitionLane lane) {
    Refusal refusal = lane.refusal();
    if (refusal == null) {
      return;
    }
    for (ProducerBatch batch : lane.all()) {
      if (batch.firstRecord() >= refusal.before()) {
        break;
      }
      if (lane.holdsUnderWay(batch)) {
        return;
      }
      end(lane, batch, refusal.exception());
    }
    lane.refuse(null);
  }

  private void end(PartitionLane lane, ProducerBatch batch, RuntimeException exception) {
    scope.failed(exception, batch.travel().sequenced());
    if (lane.holdsUnderWay(batch)) {
      // It stays in its lane meanwhile, since a connection or a helper may be reading its bytes.
      batch.fail(index -> exception, callbacks);
    } else {
      lane.remove(batch);
      batch.giveUp(exception, callbacks);
    }
  }

  private String phase(PartitionLane lane, ProducerBatch batch) {
    if (lane.holdsInFlight(batch)) {
      return "in flight";
    }
    if (lane.holdsUnderWay(batch)) {
      return "being split";
    }
    BrokerAddress leader = link.leader(batch.partition());
    if (leader != null && link.throttled(leader)) {
      return "throttled (" + leader + " has this client wait, by a quota)";
    }
    if (batch.travel().attempts == 0) {
      return "queued (" + obstacle(lane, batch) + ")";
    }
    TopicPartition partition = batch.partition();
    String obstacle = leader == null ? leaderless(partition) : lane.identityObstacle(batch);
    return "waiting to be sent again" + (obstacle == null ? "" : " (" + obstacle + ")");
  }

  private String leaderless(TopicPartition partition) {
    return "no leader of the partition is known: " + link.difficulty(partition.topic());
  }

  private String obstacle(PartitionLane lane, ProducerBatch batch) {
    BrokerAddress leader = link.leader(batch.partition());
    if (leader == null) {
      return leaderless(batch.partition());
    }
    @Nullable String connection = link.obstacle(leader);
    if (connection != null) {
      return connection;
    }
    @Nullable String identity = lane.identityObstacle(batch);
    if (identity != null) {
      return identity;
    }
    return batch.state() == ProducerBatch.State.SEALED
        ? "not compressed yet"
        : "behind others for " + leader;
  }
}

package io.millstream.produce;

import io.millstream.transaction.Identities;
import io.millstream.transaction.PartitionSequences;
import io.millstream.transaction.ProducerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Gives the batches of one partition their sequences, under one identity after the other. Owned by
 * the event loop.
 */
final class BatchNumbering {

  private final Identities identities;
  private final PartitionSequences sequences = new PartitionSequences();
  private boolean beginsAnew;
  private boolean established;

  BatchNumbering(Identities identities) {
    this.identities = identities;
  }

  PartitionSequences sequences() {
    return sequences;
  }

  boolean transactional() {
    return identities.transactional();
  }

  /** Says whether what has no sequence gets one under another identity than those before it. */
  boolean beginsAnew() {
    return beginsAnew;
  }

  /** Says whether the broker has taken a batch under the present identity. */
  boolean established() {
    return established;
  }

  /** Returns why a batch cannot be numbered yet, as a sentence, null if nothing is known. */
  @Nullable String obstacle(Travel travel) {
    boolean needsIdentity = beginsAnew || sequences.identity().equals(ProducerIdentity.NONE);
    return needsIdentity && !travel.sequenced() ? identities.obstacle() : null;
  }

  /**
   * Gives a batch its sequence, if it has none.
   *
   * @return whether it has one; no identity is known else
   */
  boolean number(ProducerBatch batch) {
    Travel travel = batch.travel();
    if (travel.sequenced()) {
      return true;
    }
    if (beginsAnew
        || sequences.identity().equals(ProducerIdentity.NONE)
        || identities.isOver(sequences.identity())) {
      ProducerIdentity identity = identities.current();
      if (identity == null) {
        return false;
      }
      sequences.restart(identity);
      beginsAnew = false;
      established = false;
    }
    travel.identity = sequences.identity();
    travel.baseSequence = sequences.assign(batch.recordCount());
    return true;
  }

  /** Notes that the broker has a batch. */
  void acknowledged(Travel travel) {
    established |= travel.identity.equals(sequences.identity());
  }

  /** Goes on under another epoch, since the sequences have a gap. */
  void renumber(String reason) {
    identities.renumber(sequences.identity(), reason);
    beginsAnew = true;
  }

  /**
   * Goes on under another epoch, if it is the present numbers that a broker does not take.
   *
   * @param travel the batch that was refused
   * @return whether it is
   */
  boolean outOfOrder(Travel travel, String reason) {
    if (isOver(travel)) {
      return false;
    }
    renumber(reason);
    return true;
  }

  /**
   * Goes on under another identity, if it is the present one that a broker does not know.
   *
   * @param travel the batch that was refused
   * @return whether it is
   */
  boolean lost(Travel travel, String reason) {
    if (isOver(travel)) {
      return false;
    }
    identities.replace(sequences.identity(), reason);
    beginsAnew = true;
    return true;
  }

  private boolean isOver(Travel travel) {
    return beginsAnew || !travel.identity.equals(sequences.identity());
  }
}

package io.millstream.produce;

import io.millstream.record.RecordBatchWriter;
import io.millstream.transaction.ProducerIdentity;

/** What the event loop notes of the way of one batch. Owned by the event loop. */
final class Travel {

  /** The identity under which the sequence was given; {@link ProducerIdentity#NONE} before. */
  ProducerIdentity identity = ProducerIdentity.NONE;

  /** The sequence of the first record; of no meaning without an identity. */
  int baseSequence = -1;

  /** How many requests it was part of. */
  int attempts;

  /**
   * Whether the partition's log may hold it, although no answer says so: it was written and not
   * answered, or the broker took it but not all replicas did in time.
   */
  boolean perhapsAppended;

  /**
   * Whether it is part of a batch that was split and of which {@link #perhapsAppended} was true. If
   * the log has the whole, the broker refuses each part as out of order, and none may be sent under
   * another sequence.
   */
  boolean wholePerhapsAppended;

  /** What went wrong last, as a sentence; empty before. */
  String lastProblem = "";

  /** Writes the header of the batch as it is to be sent now. */
  void seal(RecordBatchWriter writer, boolean transactional) {
    writer.seal(identity.producerId(), identity.epoch(), baseSequence, transactional);
  }

  /** Says whether it has a sequence. */
  boolean sequenced() {
    return !identity.equals(ProducerIdentity.NONE);
  }

  /** Takes the sequence back, so that the next drain gives another. */
  void unsequence() {
    identity = ProducerIdentity.NONE;
    baseSequence = -1;
  }
}

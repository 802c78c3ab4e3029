package io.millstream.transaction;

import org.jspecify.annotations.Nullable;

/** Gives identities to the partitions of a producer. Owned by the event loop. */
public interface Identities {

  /** Those of a producer that does not number its batches. */
  Identities NONE =
      new Identities() {
        @Override
        public ProducerIdentity current() {
          return ProducerIdentity.NONE;
        }

        @Override
        public @Nullable String obstacle() {
          return null;
        }

        @Override
        public void renumber(ProducerIdentity old, String reason) {
          // There are no numbers.
        }

        @Override
        public void replace(ProducerIdentity old, String reason) {
          // There are no numbers.
        }
      };

  /** Says whether what is numbered belongs to transactions. */
  default boolean transactional() {
    return false;
  }

  /** Returns the identity for a partition that begins to number; null while it is not known. */
  @Nullable ProducerIdentity current();

  /** Returns why no identity is known, as a sentence, null if one is known or none was needed. */
  @Nullable String obstacle();

  /**
   * Says whether a partition may number on under an identity no longer, although it has no gap.
   *
   * @param old the identity of its latest batch
   */
  default boolean isOver(ProducerIdentity old) {
    return false;
  }

  /**
   * Provides for another epoch, with which a partition can begin to number anew.
   *
   * @param old the identity that can go on no longer
   * @param reason for the log
   */
  void renumber(ProducerIdentity old, String reason);

  /**
   * Provides for another id, since a broker does not know this one any more.
   *
   * @param old the identity that can go on no longer
   * @param reason for the log
   */
  void replace(ProducerIdentity old, String reason);
}

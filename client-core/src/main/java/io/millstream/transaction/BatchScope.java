package io.millstream.transaction;

import io.millstream.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What sending batches has to do with transactions. Owned by the event loop. */
public interface BatchScope {

  /** That of a producer without transactions. */
  BatchScope NONE =
      new BatchScope() {
        @Override
        public @Nullable String transactionalId() {
          return null;
        }

        @Override
        public short newestProduceVersion() {
          return Short.MAX_VALUE;
        }

        @Override
        public boolean admits(TopicPartition partition) {
          return true;
        }

        @Override
        public @Nullable RuntimeException ending() {
          return null;
        }

        @Override
        public void appended() {
          // There is nothing that it belongs to.
        }

        @Override
        public void failed(RuntimeException cause, boolean numbered) {
          // There is nothing that fails with it.
        }

        @Override
        public boolean isEnding() {
          return false;
        }

        @Override
        public void looked(boolean nothingLeft) {
          // Nobody waits for it.
        }
      };

  /** Returns the id that produce requests name, null without transactions. */
  @Nullable String transactionalId();

  /** Returns the newest version of Produce that the transaction of now may be sent in. */
  short newestProduceVersion();

  /**
   * Says whether batches of a partition may leave now. Where they may not, it has been seen to that
   * the sender looks again when they may.
   */
  boolean admits(TopicPartition partition);

  /** Returns why what has not left is to fail, null where it is to be sent. */
  @Nullable RuntimeException ending();

  /** A broker has acknowledged a batch. */
  void appended();

  /**
   * A batch has failed for good.
   *
   * @param cause what the user hears
   * @param numbered whether it had got its sequence, which leaves a gap
   */
  void failed(RuntimeException cause, boolean numbered);

  /** Says whether open batches leave at once, since the transaction waits for them. */
  boolean isEnding();

  /**
   * The sender has looked for what can leave.
   *
   * @param nothingLeft whether nothing waits and nothing is in flight
   */
  void looked(boolean nothingLeft);
}

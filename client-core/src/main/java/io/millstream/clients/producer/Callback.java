package io.millstream.clients.producer;

import org.jspecify.annotations.Nullable;

/** Told when a record has been sent or has failed. */
public interface Callback {

  /**
   * Called once for each record, on the producer's own thread and in order for each partition. It
   * must be quick, since all sending waits for it. What it throws is logged, and the next one runs.
   * Inside, {@code send} never waits, and {@code flush} and calls on transactions throw.
   *
   * @param metadata where the record stands; never null: of a failed record its partition is known
   *     at most, its offset and timestamp are -1
   * @param exception why it failed, or null if it was sent
   */
  void onCompletion(RecordMetadata metadata, @Nullable Exception exception);
}

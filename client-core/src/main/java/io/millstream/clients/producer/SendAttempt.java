package io.millstream.clients.producer;

import io.millstream.common.errors.ApiException;
import io.millstream.common.errors.RetriableException;
import java.util.concurrent.Future;

/**
 * What became of a record that was handed to {@link Producer#trySend}. Apache's client has nothing
 * like it.
 */
public sealed interface SendAttempt {

  /**
   * The record was taken over, and ends as one that was handed to {@link Producer#send}.
   *
   * @param future ends when the record was sent or failed
   */
  record Taken(Future<RecordMetadata> future) implements SendAttempt {}

  /**
   * The record was not taken over: no callback hears of it, and it concerns no transaction.
   *
   * @param reason what held it up
   * @param exception says more; its message says what to change
   */
  record Refused(Reason reason, RuntimeException exception) implements SendAttempt {}

  /** Why a record was not taken over. */
  enum Reason {
    /** {@code buffer.memory} is full now. Worth another attempt once something was sent. */
    BUFFER_FULL,

    /**
     * The application's own partitioner needs the partitions of the topic, which are being asked
     * for. Worth another attempt soon.
     */
    TOPIC_NOT_KNOWN,

    /** The record can never be sent as it is, for example because it is too large. */
    RECORD_REFUSED;

    static Reason of(ApiException exception) {
      if (exception instanceof BufferExhaustedException) {
        return BUFFER_FULL;
      }
      return exception instanceof RetriableException ? TOPIC_NOT_KNOWN : RECORD_REFUSED;
    }
  }

  /** {@return whether the record was taken over} */
  default boolean isTaken() {
    return this instanceof Taken;
  }
}

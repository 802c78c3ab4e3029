package io.millstream.network;

import io.millstream.common.KafkaException;
import io.millstream.common.errors.DisconnectException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request has no answer.
 *
 * @param kind the kind of failure
 * @param sent whether the broker may have got the request, wholly or in part; false is certain
 * @param detail a sentence for humans that names the broker and what happened
 * @param cause what was thrown, null where nothing was
 */
public record RequestFailure(Kind kind, boolean sent, String detail, @Nullable Throwable cause) {

  /** The kinds of failure. */
  public enum Kind {
    /** No connection came about, or it was lost before the request was written. */
    NOT_SENT,
    /** The connection was lost while the request was under way. */
    SENT_UNANSWERED,
    /**
     * The time of the request was over; if it was sent, its connection is closed, unless the broker
     * may take longer than the caller waits.
     */
    TIMED_OUT,
    /** The broker speaks no version that can carry the request. */
    UNSUPPORTED_VERSION,
    /** The answer was not what the protocol says. */
    MALFORMED,
    /** The client was closed. */
    CLOSED
  }

  /** Says whether the same request may succeed when sent again. */
  public boolean retriable() {
    return switch (kind) {
      case NOT_SENT, SENT_UNANSWERED, TIMED_OUT -> true;
      case UNSUPPORTED_VERSION, MALFORMED, CLOSED -> false;
    };
  }

  /** Returns a new exception for the user, of Kafka's hierarchy. */
  public RuntimeException exception() {
    RuntimeException exception =
        switch (kind) {
          case NOT_SENT, SENT_UNANSWERED -> new DisconnectException(detail);
          case TIMED_OUT -> new TimeoutException(detail);
          case UNSUPPORTED_VERSION -> new UnsupportedVersionException(detail);
          case MALFORMED, CLOSED -> new KafkaException(detail);
        };
    if (cause != null) {
      exception.initCause(cause);
    }
    return exception;
  }
}

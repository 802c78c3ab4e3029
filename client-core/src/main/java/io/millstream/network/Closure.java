package io.millstream.network;

import org.jspecify.annotations.Nullable;

/**
 * Why a connection ends.
 *
 * @param kind what the end means
 * @param detail a sentence that names the broker
 * @param cause what was thrown, if anything
 * @param culprit the call that brought the end about, if one did
 * @param culpritKind how that call fails; the others are disconnected
 */
record Closure(
    Kind kind,
    String detail,
    @Nullable Throwable cause,
    @Nullable Call<?> culprit,
    RequestFailure.Kind culpritKind) {

  enum Kind {
    /** Broken, or closed because it cannot be trusted any longer. */
    LOST,
    /** Not used for long. */
    IDLE,
    /** The client gives the broker up. */
    ABANDONED,
    /** The client is closed. */
    CLIENT_CLOSED
  }

  static Closure lost(String detail, @Nullable Throwable cause) {
    return new Closure(Kind.LOST, detail, cause, null, RequestFailure.Kind.SENT_UNANSWERED);
  }

  /** Returns what an exception says, as a part of a sentence. */
  static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  static Closure of(Kind kind, String detail) {
    return new Closure(kind, detail, null, null, RequestFailure.Kind.SENT_UNANSWERED);
  }

  static Closure timedOut(String detail, Call<?> culprit) {
    return new Closure(Kind.LOST, detail, null, culprit, RequestFailure.Kind.TIMED_OUT);
  }

  static Closure malformed(String detail, Throwable cause, Call<?> culprit) {
    return new Closure(Kind.LOST, detail, cause, culprit, RequestFailure.Kind.MALFORMED);
  }

  /** Returns what becomes of a call that is under way. */
  RequestFailure failureOf(Call<?> call, boolean sent) {
    RequestFailure.Kind callKind;
    if (kind == Kind.CLIENT_CLOSED) {
      callKind = RequestFailure.Kind.CLOSED;
    } else if (call == culprit) {
      callKind = culpritKind;
    } else {
      callKind = sent ? RequestFailure.Kind.SENT_UNANSWERED : RequestFailure.Kind.NOT_SENT;
    }
    return new RequestFailure(callKind, sent, call.spec().apiKey() + ": " + detail, cause);
  }
}

package io.millstream.network;

import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.wire.WireReader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way. Belongs to the event loop once it was handed to {@link Connections#send},
 * and can be sent once.
 *
 * @param <R> what the answer is read into
 */
public final class Call<R> {

  private enum State {
    NEW,
    WAITING,
    WRITTEN,
    ABANDONED,
    DONE
  }

  private final RequestSpec<R> spec;
  private final long timeoutNanos;
  private final long patienceNanos;
  private final Reply<R> reply;
  private State state = State.NEW;
  private @Nullable Timer timer;
  private short version;
  private int correlationId;

  /**
   * Creates a call.
   *
   * @param spec the request
   * @param timeoutNanos how long it may take, counted from the sending, waiting for the connection
   *     included
   * @param reply learns how it ended
   */
  public Call(RequestSpec<R> spec, long timeoutNanos, Reply<R> reply) {
    this(spec, timeoutNanos, timeoutNanos, reply);
  }

  /**
   * Creates a call whose caller may wait for less than what shows a connection to be dead.
   *
   * @param spec the request
   * @param timeoutNanos how long the caller waits; then it hears that the time is over
   * @param patienceNanos how long the broker may take, at least as long; then the connection ends,
   *     with all else that is under way there. Counted from the sending as well
   * @param reply learns how it ended
   */
  public Call(RequestSpec<R> spec, long timeoutNanos, long patienceNanos, Reply<R> reply) {
    this.spec = spec;
    this.timeoutNanos = timeoutNanos;
    this.patienceNanos = patienceNanos;
    this.reply = reply;
  }

  /** Creates the call of a generated message; see the constructor. */
  public static <R extends ApiResponse> Call<R> of(
      ApiRequest<R> request, long timeoutNanos, Reply<R> reply) {
    return new Call<>(RequestSpec.of(request), timeoutNanos, reply);
  }

  RequestSpec<R> spec() {
    return spec;
  }

  short version() {
    return version;
  }

  int correlationId() {
    return correlationId;
  }

  /** Says whether its bytes were handed to a connection. */
  boolean begun() {
    return state == State.WRITTEN || state == State.ABANDONED;
  }

  /** Says whether its caller has heard that the time is over, and it is still to be answered. */
  boolean abandoned() {
    return state == State.ABANDONED;
  }

  boolean done() {
    return state == State.DONE;
  }

  /** Begins the time of the call. */
  void accepted(EventLoop loop, Runnable timedOut) {
    transition(State.WAITING);
    timer = loop.schedule(timeoutNanos, timedOut);
  }

  /** Notes what it is written as; from here on the broker may get it. */
  void writing(short chosenVersion, int chosenCorrelationId) {
    transition(State.WRITTEN);
    version = chosenVersion;
    correlationId = chosenCorrelationId;
  }

  /**
   * Reads the answer and hands it over.
   *
   * @param whenRead is told before the answer is handed over
   * @return for how long the broker is not to be asked, in milliseconds
   * @throws io.millstream.wire.MalformedFrameException if the answer cannot be read; the call is
   *     still open then
   */
  int answer(WireReader in, EventLoop loop, Consumer<Call<?>> whenRead) {
    if (state == State.ABANDONED) {
      finish();
      whenRead.accept(this);
      return 0;
    }
    R response = spec.read(in, version);
    int throttleMillis = spec.throttleTimeMs(response);
    finish();
    whenRead.accept(this);
    loop.guarded(() -> reply.answered(response, version));
    return throttleMillis;
  }

  void written(EventLoop loop) {
    finish();
    loop.guarded(reply::written);
  }

  /**
   * Tells the caller that its time is over, where the broker may take longer: the answer is dropped
   * when it comes.
   *
   * @param impatient runs if it does not come either
   * @return false if the connection is to end instead
   */
  boolean abandon(RequestFailure failure, EventLoop loop, Runnable impatient) {
    if (state == State.ABANDONED || patienceNanos <= timeoutNanos) {
      return false;
    }
    transition(State.ABANDONED);
    timer = loop.schedule(patienceNanos - timeoutNanos, impatient);
    loop.guarded(() -> reply.failed(failure));
    return true;
  }

  /** Ends the call without an answer. */
  void fail(RequestFailure failure, EventLoop loop) {
    boolean told = state == State.ABANDONED;
    finish();
    if (!told) {
      loop.guarded(() -> reply.failed(failure));
    }
  }

  String timeoutText() {
    return Durations.text(state == State.ABANDONED ? patienceNanos : timeoutNanos);
  }

  private void finish() {
    transition(State.DONE);
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void transition(State next) {
    boolean allowed =
        switch (next) {
          case NEW -> false;
          case WAITING -> state == State.NEW;
          case WRITTEN -> state == State.WAITING;
          case ABANDONED -> state == State.WRITTEN;
          case DONE -> state != State.NEW && state != State.DONE;
        };
    if (!allowed) {
      throw new IllegalStateException(
          "A call of %s cannot go from %s to %s".formatted(spec.apiKey(), state, next));
    }
    state = next;
  }
}

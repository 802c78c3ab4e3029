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
    DONE
  }

  private final RequestSpec<R> spec;
  private final long timeoutNanos;
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
    this.spec = spec;
    this.timeoutNanos = timeoutNanos;
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
    return state == State.WRITTEN;
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

  /** Ends the call without an answer. */
  void fail(RequestFailure failure, EventLoop loop) {
    finish();
    loop.guarded(() -> reply.failed(failure));
  }

  String timeoutText() {
    return Durations.text(timeoutNanos);
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
          case DONE -> state == State.WAITING || state == State.WRITTEN;
        };
    if (!allowed) {
      throw new IllegalStateException(
          "A call of %s cannot go from %s to %s".formatted(spec.apiKey(), state, next));
    }
    state = next;
  }
}

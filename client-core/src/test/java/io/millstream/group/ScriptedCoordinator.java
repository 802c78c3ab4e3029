package io.millstream.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.network.Purpose;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import java.util.ArrayList;
import java.util.List;

/** A coordinator whose answers the test gives; it keeps what was sent until then. */
final class ScriptedCoordinator implements CoordinatorLink {

  /** A request that is not answered yet. */
  record Sent(
      Purpose purpose, short version, ApiRequest<?> message, long timeoutNanos, Reply<?> reply) {}

  private final SteppedLoop steps;
  private final List<Sent> unanswered = new ArrayList<>();
  private final List<String> forgotten = new ArrayList<>();
  private short newestVersion = Short.MAX_VALUE;
  private boolean known = true;

  ScriptedCoordinator(SteppedLoop steps) {
    this.steps = steps;
  }

  /** From now on the coordinator speaks versions up to this one. */
  void speaks(int version) {
    newestVersion = (short) version;
  }

  @Override
  public <R extends ApiResponse> void send(
      Purpose purpose,
      CoordinatorRequest<R> request,
      long timeoutNanos,
      long patienceNanos,
      Reply<R> reply) {
    steps.loop().assertInLoop();
    short version = (short) Math.min(newestVersion, request.newestVersion());
    ApiRequest<R> message = request.inVersion().apply(version);
    // What the version cannot carry is refused here as it is on the wire.
    message.write(new io.millstream.wire.WireWriter(), version);
    unanswered.add(new Sent(purpose, version, message, timeoutNanos, reply));
  }

  @Override
  public void forget(String reason) {
    forgotten.add(reason);
  }

  void known(boolean now) {
    known = now;
  }

  @Override
  public boolean isKnown() {
    return known;
  }

  @Override
  public String obstacle() {
    return "the coordinator has not answered yet";
  }

  List<String> forgotten() {
    return forgotten;
  }

  List<Sent> unanswered() {
    return unanswered;
  }

  /** Returns the oldest unanswered request of a type, which must be there. */
  <Q extends ApiRequest<?>> Q next(Class<Q> type) {
    return type.cast(find(type).message());
  }

  Sent find(Class<? extends ApiRequest<?>> type) {
    return unanswered.stream()
        .filter(sent -> type.isInstance(sent.message()))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("No " + type.getSimpleName() + " among " + unanswered));
  }

  boolean has(Class<? extends ApiRequest<?>> type) {
    return unanswered.stream().anyMatch(sent -> type.isInstance(sent.message()));
  }

  /** Answers the oldest unanswered request of the API of the answer. */
  // The script pairs requests and answers of the same API.
  @SuppressWarnings("unchecked")
  void answer(ApiResponse response) {
    Sent sent =
        unanswered.stream()
            .filter(candidate -> candidate.message().apiKey() == response.apiKey())
            .findFirst()
            .orElseThrow(
                () -> new AssertionError("Nobody asked for " + response + ": " + unanswered));
    unanswered.remove(sent);
    steps.run(() -> ((Reply<ApiResponse>) sent.reply()).answered(response));
  }

  /** Lets the oldest unanswered request of a type fail. */
  void fail(Class<? extends ApiRequest<?>> type, RuntimeException cause) {
    Sent sent = find(type);
    unanswered.remove(sent);
    steps.run(() -> sent.reply().failed(cause));
  }

  void assertQuiet() {
    assertThat(unanswered).isEmpty();
  }
}

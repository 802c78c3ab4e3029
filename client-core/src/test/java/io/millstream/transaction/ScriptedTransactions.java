package io.millstream.transaction;

import io.millstream.cluster.Route;
import io.millstream.group.SteppedLoop;
import io.millstream.network.Reply;
import io.millstream.network.RequestFailure;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.BrokerVersions;
import io.millstream.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** Coordinators whose answers the test gives; they keep what was sent until then. */
final class ScriptedTransactions implements TransactionLink {

  /** A request that is not answered yet. */
  record Sent(
      Route.Coordinator coordinator, short version, ApiRequest<?> message, Reply<?> reply) {}

  private final SteppedLoop steps;
  private final List<Sent> unanswered = new ArrayList<>();
  private final List<String> forgotten = new ArrayList<>();
  private short transactionVersion = 1;
  private int newestInit = Short.MAX_VALUE;
  private int newestOffsetCommit = Short.MAX_VALUE;

  ScriptedTransactions(SteppedLoop steps) {
    this.steps = steps;
  }

  /** From now on the cluster has another level of transaction.version. */
  void transactionVersion(int level) {
    transactionVersion = (short) level;
  }

  /** From now on the coordinators are as old as version 2.1. */
  void areOld() {
    newestInit = 1;
    newestOffsetCommit = 2;
  }

  @Override
  public <R extends ApiResponse> void send(TransactionRequest<R> request, Reply<R> reply) {
    steps.loop().assertInLoop();
    short version = request.version(BrokerVersions.newest());
    if (request.apiKey() == ApiKey.INIT_PRODUCER_ID) {
      version = (short) Math.min(version, newestInit);
    } else if (request.apiKey() == ApiKey.TXN_OFFSET_COMMIT) {
      version = (short) Math.min(version, newestOffsetCommit);
    }
    try {
      // What the version cannot carry is refused here as it is on the wire.
      request.write(new WireWriter(), version);
    } catch (io.millstream.common.errors.UnsupportedVersionException e) {
      steps
          .loop()
          .execute(
              () ->
                  reply.failed(
                      new RequestFailure(
                          RequestFailure.Kind.UNSUPPORTED_VERSION, false, "too old", e)));
      return;
    }
    unanswered.add(new Sent(request.coordinator(), version, request.message(), reply));
  }

  @Override
  public void forget(Route.Coordinator coordinator, String reason) {
    forgotten.add(coordinator.key() + ": " + reason);
  }

  @Override
  public short transactionVersion() {
    return transactionVersion;
  }

  @Override
  public boolean speaks(ApiKey key, int version) {
    return key != ApiKey.INIT_PRODUCER_ID || version <= newestInit;
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

  Sent sent() {
    if (unanswered.isEmpty()) {
      throw new AssertionError("Nothing was sent");
    }
    return unanswered.get(0);
  }

  /** Returns the oldest unanswered request, which must be of a type. */
  <Q extends ApiRequest<?>> Q next(Class<Q> type) {
    return type.cast(sent().message());
  }

  /** Answers the oldest unanswered request. */
  // The script pairs requests and answers of the same API.
  @SuppressWarnings("unchecked")
  void answer(ApiResponse response) {
    Sent sent = unanswered.remove(0);
    if (sent.message().apiKey() != response.apiKey()) {
      throw new AssertionError(sent.message() + " is not answered by " + response);
    }
    steps.run(() -> ((Reply<ApiResponse>) sent.reply()).answered(response, sent.version()));
  }

  /** Loses the answer to the oldest request. */
  void lose() {
    Sent sent = unanswered.remove(0);
    steps.run(
        () ->
            sent.reply()
                .failed(
                    new RequestFailure(
                        RequestFailure.Kind.SENT_UNANSWERED, true, "the line is cut", null)));
  }
}

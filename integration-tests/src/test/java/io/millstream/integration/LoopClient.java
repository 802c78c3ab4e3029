package io.millstream.integration;

import io.millstream.network.BrokerAddress;
import io.millstream.network.Call;
import io.millstream.network.Connections;
import io.millstream.network.EventLoop;
import io.millstream.network.NetworkSettings;
import io.millstream.network.Purpose;
import io.millstream.network.Reply;
import io.millstream.network.RequestFailure;
import io.millstream.network.SystemEnvironment;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks one broker over a real event loop and real connections, and waits for each answer. */
final class LoopClient implements AutoCloseable {

  private static final long TIMEOUT_SECONDS = 30;

  private final EventLoop loop = new EventLoop(new SystemEnvironment("loop-client"), "loop-client");
  private final Connections connections =
      new Connections(loop, NetworkSettings.defaults("loop-client"));
  private final BrokerAddress broker;

  LoopClient(int port) {
    broker = new BrokerAddress(1, "127.0.0.1", port);
    loop.start();
  }

  <R extends ApiResponse> R ask(ApiRequest<R> request) throws Exception {
    return begin(Purpose.CONTROL, request).get(2 * TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends a request and does not wait for its answer. */
  <R extends ApiResponse> CompletableFuture<R> begin(Purpose purpose, ApiRequest<R> request) {
    CompletableFuture<R> answer = new CompletableFuture<>();
    Reply<R> reply =
        new Reply<>() {
          @Override
          public void answered(R response, short version) {
            answer.complete(response);
          }

          @Override
          public void failed(RequestFailure failure) {
            answer.completeExceptionally(failure.exception());
          }
        };
    long timeoutNanos = TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
    loop.execute(() -> connections.send(broker, purpose, Call.of(request, timeoutNanos, reply)));
    return answer;
  }

  /** The newest version of an API that this client and the connected broker have in common. */
  int newestVersion(ApiKey apiKey) throws Exception {
    CompletableFuture<Integer> version = new CompletableFuture<>();
    loop.execute(
        () ->
            version.complete(
                (int) connections.versions(broker, Purpose.CONTROL).highestCommon(apiKey)));
    return version.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    loop.shutdown();
    try {
      if (!loop.awaitEnd(System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS))) {
        throw new IllegalStateException("the loop does not end");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

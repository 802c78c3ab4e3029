package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.network.BrokerAddress;
import io.millstream.network.Call;
import io.millstream.network.Connections;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.network.NetworkSettings;
import io.millstream.network.Purpose;
import io.millstream.network.Reply;
import io.millstream.network.RequestFailure;
import io.millstream.network.RequestSpec;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.BrokerVersions;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.time.Duration;

/**
 * Asks one broker message by message, real or fake, in this world or a simulated one. Each purpose
 * is a connection of its own, so some requests may wait at the broker while others are answered.
 */
final class Dialogue implements AutoCloseable {

  private static final long TIMEOUT_NANOS = Duration.ofSeconds(30).toNanos();

  private final Environment environment;
  private final EventLoop loop;
  private final Connections connections;
  private final BrokerAddress broker;
  private final Gate gate;

  /** What a request came to. */
  static final class Answer<R> {
    volatile R response;
    volatile String failure;

    boolean done() {
      return response != null || failure != null;
    }
  }

  Dialogue(Environment environment, BrokerAddress broker) {
    this.environment = environment;
    this.broker = broker;
    loop = new EventLoop(environment, "dialogue");
    connections = new Connections(loop, NetworkSettings.defaults("dialogue"));
    gate = environment.waiting().gate();
    loop.start();
  }

  /** Sends a request in the newest common version. */
  <R extends ApiResponse> Answer<R> begin(Purpose purpose, ApiRequest<R> request) {
    return begin(purpose, request, request.apiKey().newestVersion());
  }

  /** Sends a request in a version. */
  <R extends ApiResponse> Answer<R> begin(Purpose purpose, ApiRequest<R> request, int version) {
    Answer<R> answer = new Answer<>();
    Reply<R> reply =
        new Reply<>() {
          @Override
          public void answered(R response, short answeredVersion) {
            answer.response = response;
            gate.open();
          }

          @Override
          public void failed(RequestFailure failure) {
            answer.failure = failure.kind() + ": " + failure.detail();
            gate.open();
          }
        };
    Call<R> call = new Call<>(new InVersion<>(request, (short) version), TIMEOUT_NANOS, reply);
    loop.execute(() -> connections.send(broker, purpose, call));
    return answer;
  }

  long nanoTime() {
    return environment.clock().nanoTime();
  }

  <R extends ApiResponse> R ask(ApiRequest<R> request) {
    return await(begin(Purpose.CONTROL, request));
  }

  <R extends ApiResponse> R ask(ApiRequest<R> request, int version) {
    return await(begin(Purpose.CONTROL, request, version));
  }

  <R extends ApiResponse> R ask(Purpose purpose, ApiRequest<R> request) {
    return await(begin(purpose, request));
  }

  <R> R await(Answer<R> answer) {
    try {
      long deadline = environment.clock().nanoTime() + 2 * TIMEOUT_NANOS;
      assertThat(gate.await(answer::done, deadline)).as("answered in time").isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertThat(answer.failure).isNull();
    return answer.response;
  }

  @Override
  public void close() {
    loop.shutdown();
    try {
      loop.awaitEnd(environment.clock().nanoTime() + TIMEOUT_NANOS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record InVersion<R extends ApiResponse>(ApiRequest<R> request, short wanted)
      implements RequestSpec<R> {

    @Override
    public ApiKey apiKey() {
      return request.apiKey();
    }

    @Override
    public short version(BrokerVersions versions) {
      return versions.highestCommon(apiKey(), wanted);
    }

    @Override
    public void write(WireWriter out, short version) {
      request.write(out, version);
    }

    @Override
    @SuppressWarnings("unchecked")
    public R read(WireReader in, short version) {
      return (R) apiKey().readResponse(in, version);
    }

    @Override
    public int throttleTimeMs(R response) {
      return response.throttleTimeMs();
    }
  }
}

package io.millstream.network;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.millstream.network.RequestFailure.Kind;
import io.millstream.network.ScriptedServer.Request;
import io.millstream.network.ScriptedServer.Script;
import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.HeartbeatResponse;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets on the loopback address, against servers that misbehave. */
class ConnectionsOverTcpTest {

  private static final String HOST = "localhost";
  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  private final List<AutoCloseable> resources = new ArrayList<>();
  private EventLoop loop;
  private Connections connections;

  /** Only one of the two comes about. */
  private record Result(
      CompletableFuture<MetadataResponse> answer, CompletableFuture<RequestFailure> failed) {

    MetadataResponse response() throws Exception {
      return CompletableFuture.anyOf(answer, failed).get(30, TimeUnit.SECONDS)
              instanceof MetadataResponse response
          ? response
          : fail("failed: " + failed.join());
    }

    RequestFailure failure() throws Exception {
      return CompletableFuture.anyOf(answer, failed).get(30, TimeUnit.SECONDS)
              instanceof RequestFailure failure
          ? failure
          : fail("answered: " + answer.join());
    }

    boolean open() {
      return !answer.isDone() && !failed.isDone();
    }
  }

  @BeforeEach
  void start() {
    start(NetworkSettings.defaults("test"), new SystemEnvironment("test"));
  }

  private void start(NetworkSettings settings, Environment environment) {
    if (loop != null) {
      loop.shutdown();
    }
    loop = new EventLoop(environment, "test");
    connections = new Connections(loop, settings);
    loop.start();
  }

  @AfterEach
  void stop() throws Exception {
    loop.shutdown();
    assertThat(loop.awaitEnd(System.nanoTime() + PATIENCE_NANOS)).isTrue();
    for (AutoCloseable resource : resources) {
      resource.close();
    }
  }

  @Test
  void answersInOrderWhenPipelined() throws Exception {
    ScriptedServer server =
        server(
            peer -> {
              peer.shakeHands();
              List<Request> requests = new ArrayList<>();
              for (int i = 0; i < 3; i++) {
                requests.add(peer.request());
              }
              for (int i = 0; i < 3; i++) {
                peer.answer(requests.get(i), MetadataResponse.defaults().withControllerId(i));
              }
              peer.untilClosed();
            });
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      results.add(ask(server.address(1, HOST), PATIENCE_NANOS));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(results.get(i).response().controllerId()).isEqualTo(i);
    }
  }

  @Test
  void fallsBackToTheVersionTheBrokerNames() throws Exception {
    ConcurrentLinkedQueue<Integer> versions = new ConcurrentLinkedQueue<>();
    ScriptedServer server = server(refusingHandshakesAbove(2, true, versions));
    assertThat(ask(server.address(1, HOST), PATIENCE_NANOS).response()).isNotNull();
    assertThat(versions).containsExactly(5, 2);
  }

  @Test
  void fallsBackToVersionZeroWhenTheBrokerNamesNone() throws Exception {
    ConcurrentLinkedQueue<Integer> versions = new ConcurrentLinkedQueue<>();
    ScriptedServer server = server(refusingHandshakesAbove(0, false, versions));
    assertThat(ask(server.address(1, HOST), PATIENCE_NANOS).response()).isNotNull();
    assertThat(versions).containsExactly(5, 0);
  }

  @Test
  void saysThatThePortExpectsTlsWhenItAnswersWithAnAlert() throws Exception {
    ScriptedServer server =
        server(
            peer -> {
              peer.request();
              peer.write(new byte[] {0x15, 3, 3, 0, 2, 2, 80});
            });
    RequestFailure failure = failure(server.address(-1, HOST));
    assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
    assertThat(failure.sent()).isFalse();
    assertThat(failure.detail()).contains("TLS", "security.protocol", "bootstrap server localhost");
  }

  @Test
  void saysThatAWebServerIsNoBroker() throws Exception {
    ScriptedServer server =
        server(
            peer -> {
              peer.request();
              peer.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
            });
    assertThat(failure(server.address(-1, HOST)).detail())
        .contains("HTTP", "web server", "bootstrap.servers");
  }

  @Test
  void givesAHintWhenClosedBeforeTheFirstAnswer() throws Exception {
    ScriptedServer server = server(peer -> peer.request());
    assertThat(failure(server.address(-1, HOST)).detail())
        .contains("before its first answer", "probably", "TLS");
  }

  @Test
  void saysWhenTheConnectionIsRefused() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    assertThat(failure(new BrokerAddress(3, HOST, port)).detail())
        .contains(
            "Cannot connect to broker 3 (localhost:" + port + ")",
            "refused",
            "check that it runs, and its advertised.listeners");
  }

  @Test
  void givesUpAHangingServerAfterTheSetupTimeout() throws Exception {
    NetworkSettings defaults = NetworkSettings.defaults("test");
    Backoff short200 = new Backoff(200_000_000L, 200_000_000L);
    start(
        new NetworkSettings(
            "test",
            defaults.channel(),
            new NetworkSettings.Connect(short200, short200, DnsLookup.USE_ALL_DNS_IPS),
            -1,
            defaults.requestTimeoutNanos(),
            1000),
        new SystemEnvironment("test"));
    ScriptedServer server = server(ScriptedServer.Peer::untilClosed);
    assertThat(failure(server.address(-1, HOST)).detail())
        .contains("did not answer within", "probably");
  }

  @Test
  void refusesAHugeFrameWithoutAllocatingIt() throws Exception {
    ScriptedServer server =
        server(
            peer -> {
              peer.shakeHands();
              peer.request();
              peer.write(new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0});
              peer.untilClosed();
            });
    RequestFailure failure = failure(server.address(1, HOST));
    // Not to be sent again: it would be answered the same.
    assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
    assertThat(failure.detail())
        .contains("announced an answer of 2147483647 bytes", "fetch.max.bytes");
  }

  @Test
  void closesOnAWrongCorrelationId() throws Exception {
    ScriptedServer server =
        server(
            peer -> {
              peer.shakeHands();
              Request request = peer.request();
              peer.answer(99, request, MetadataResponse.defaults(), request.header().apiVersion());
              peer.untilClosed();
            });
    RequestFailure failure = failure(server.address(1, HOST));
    assertThat(failure.sent()).isTrue();
    assertThat(failure.detail()).contains("answered request 99 where the answer to 1");
  }

  @Test
  void timesOutTheRequestAndDisconnectsTheRest() throws Exception {
    ScriptedServer server =
        server(
            peer -> {
              peer.shakeHands();
              peer.untilClosed();
            });
    Result patient = ask(server.address(1, HOST), PATIENCE_NANOS);
    Result hasty = ask(server.address(1, HOST), 300_000_000L);
    RequestFailure timedOut = hasty.failure();
    assertThat(timedOut.kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(timedOut.sent()).isTrue();
    assertThat(timedOut.detail()).contains("did not answer within 300 ms", "broker 1");
    assertThat(patient.failure().kind()).isEqualTo(Kind.SENT_UNANSWERED);
  }

  @Test
  void triesTheNextAddressWhenOneRefuses() throws Exception {
    ScriptedServer server = server(answering());
    start(
        NetworkSettings.defaults("test"),
        resolving(
            host ->
                List.of(
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))));
    assertThat(ask(server.address(1, "many"), PATIENCE_NANOS).response()).isNotNull();
  }

  @Test
  void resolvesAnewAtTheNextAttempt() throws Exception {
    ScriptedServer server = server(answering());
    AtomicInteger lookups = new AtomicInteger();
    start(
        NetworkSettings.defaults("test"),
        resolving(
            host -> {
              if (lookups.incrementAndGet() == 1) {
                throw new UnknownHostException(host);
              }
              return List.of(InetAddress.getLoopbackAddress());
            }));
    assertThat(failure(server.address(1, "late")).detail()).contains("late", "cannot be resolved");
    assertThat(ask(server.address(1, "late"), PATIENCE_NANOS).response()).isNotNull();
    assertThat(lookups).hasValue(2);
  }

  @Test
  void answersAHeartbeatWhileAnotherPurposeIsParked() throws Exception {
    ScriptedServer server =
        server(
            peer -> {
              peer.shakeHands();
              Request request = peer.request();
              if (request.header().apiKey() == 12) {
                peer.answer(request, HeartbeatResponse.defaults());
              }
              peer.untilClosed();
            });
    Result parked = ask(server.address(1, HOST), PATIENCE_NANOS);
    CompletableFuture<HeartbeatResponse> heartbeat = new CompletableFuture<>();
    loop.execute(
        () ->
            connections.send(
                server.address(1, HOST),
                Purpose.COORDINATOR,
                Call.of(
                    HeartbeatRequest.defaults(),
                    PATIENCE_NANOS,
                    new Reply<>() {
                      @Override
                      public void answered(HeartbeatResponse response, short version) {
                        heartbeat.complete(response);
                      }

                      @Override
                      public void failed(RequestFailure failure) {
                        heartbeat.completeExceptionally(failure.exception());
                      }
                    })));
    assertThat(heartbeat.get(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(parked.open()).isTrue();
  }

  @Test
  void failsWhatIsUnderWayWhenTheLoopEnds() throws Exception {
    ScriptedServer server = server(ScriptedServer.Peer::untilClosed);
    Result result = ask(server.address(1, HOST), PATIENCE_NANOS);
    loop.shutdown();
    assertThat(result.failure().kind()).isEqualTo(Kind.CLOSED);
  }

  private static Script answering() {
    return peer -> {
      peer.shakeHands();
      while (true) {
        peer.answer(peer.request(), MetadataResponse.defaults());
      }
    };
  }

  private static Script refusingHandshakesAbove(
      int newest, boolean names, ConcurrentLinkedQueue<Integer> versions) {
    return peer -> {
      Request request = peer.request();
      while (request.header().apiVersion() > newest) {
        versions.add((int) request.header().apiVersion());
        ApiVersionsResponse refusal = ApiVersionsResponse.defaults().withErrorCode((short) 35);
        if (names) {
          refusal =
              refusal.withApiKeys(
                  List.of(
                      ApiVersionsResponse.ApiVersion.defaults()
                          .withApiKey((short) 18)
                          .withMaxVersion((short) newest)));
        }
        peer.answer(request.header().correlationId(), request, refusal, (short) 0);
        request = peer.request();
      }
      versions.add((int) request.header().apiVersion());
      peer.answer(request, ScriptedServer.everything());
      peer.answer(peer.request(), MetadataResponse.defaults());
      peer.untilClosed();
    };
  }

  private static Environment resolving(NameResolver resolver) {
    Environment system = new SystemEnvironment("test");
    return new Environment() {
      @Override
      public Clock clock() {
        return system.clock();
      }

      @Override
      public Transport transport() {
        return system.transport();
      }

      @Override
      public NameResolver resolver() {
        return resolver;
      }

      @Override
      public java.util.random.RandomGenerator random() {
        return system.random();
      }

      @Override
      public java.util.concurrent.Executor helpers() {
        return system.helpers();
      }

      @Override
      public Waiting waiting() {
        return system.waiting();
      }

      @Override
      public void drive(EventLoop driven, String name) {
        system.drive(driven, name);
      }
    };
  }

  private ScriptedServer server(Script script) throws IOException {
    ScriptedServer server = new ScriptedServer(script);
    resources.add(server);
    return server;
  }

  private RequestFailure failure(BrokerAddress broker) throws Exception {
    return ask(broker, PATIENCE_NANOS).failure();
  }

  private Result ask(BrokerAddress broker, long timeoutNanos) {
    Result result = new Result(new CompletableFuture<>(), new CompletableFuture<>());
    loop.execute(
        () ->
            connections.send(
                broker,
                Purpose.CONTROL,
                Call.of(
                    MetadataRequest.defaults(),
                    timeoutNanos,
                    new Reply<>() {
                      @Override
                      public void answered(MetadataResponse response, short version) {
                        result.answer().complete(response);
                      }

                      @Override
                      public void failed(RequestFailure failure) {
                        result.failed().complete(failure);
                      }
                    })));
    return result;
  }
}

package io.millstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.network.SteppedWorld.FakeChannel;
import io.millstream.network.SteppedWorld.Fate;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataResponse;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections on a virtual clock, against other ends that the test plays. */
class SteppedConnectionsTest {

  private static final BrokerAddress BROKER = new BrokerAddress(1, "broker", 9092);
  private static final Duration IDLE = Duration.ofMinutes(9);
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final SteppedWorld world = new SteppedWorld();
  private final EventLoop loop = new EventLoop(world, "test");
  private Connections connections = new Connections(loop, NetworkSettings.defaults("test"));

  /** What became of a request. */
  private static final class Outcome implements Reply<MetadataResponse> {
    private @Nullable MetadataResponse response;
    private @Nullable RequestFailure failure;
    private boolean written;

    @Override
    public void answered(MetadataResponse answer, short version) {
      response = answer;
    }

    @Override
    public void failed(RequestFailure reason) {
      failure = reason;
    }

    @Override
    public void written() {
      written = true;
    }

    private boolean open() {
      return response == null && failure == null && !written;
    }

    private RequestFailure failure() {
      return Objects.requireNonNull(failure, "it has not failed");
    }
  }

  @BeforeEach
  void nameTheBroker() {
    world.names.put("broker", List.of("10.0.0.1"));
  }

  private Outcome ask() {
    return ask(BROKER, Duration.ofHours(10));
  }

  private Outcome ask(BrokerAddress broker, Duration timeout) {
    Outcome outcome = new Outcome();
    send(broker, Call.of(MetadataRequest.defaults(), timeout.toNanos(), outcome));
    return outcome;
  }

  private void send(BrokerAddress broker, Call<?> call) {
    loop.execute(() -> connections.send(broker, Purpose.CONTROL, call));
    world.settle(loop);
  }

  /** Plays the broker's side of the handshake on the newest connection. */
  private FakeChannel shakeHands() {
    FakeChannel channel = world.lastChannel();
    channel.answer(channel.request(), ScriptedServer.everything());
    world.settle(loop);
    return channel;
  }

  private void answer(FakeChannel channel, int throttleMillis) {
    channel.answer(
        channel.request(), MetadataResponse.defaults().withThrottleTimeMs(throttleMillis));
    world.settle(loop);
  }

  private boolean ready() {
    boolean[] ready = new boolean[1];
    loop.execute(() -> ready[0] = connections.ready(BROKER, Purpose.CONTROL));
    world.settle(loop);
    return ready[0];
  }

  @Test
  void closesAConnectionThatIsIdleAndOpensAnotherWhenItIsNeeded() {
    ask();
    FakeChannel first = shakeHands();
    answer(first, 0);

    world.advance(loop, IDLE.minus(MOMENT));
    assertThat(first.closed).isFalse();
    world.advance(loop, MOMENT);
    assertThat(first.closed).isTrue();

    Outcome later = ask();
    FakeChannel second = shakeHands();
    assertThat(second).isNotSameAs(first);
    answer(second, 0);
    assertThat(later.response).isNotNull();
  }

  @Test
  void keepsAConnectionWhoseRequestIsUnansweredHoweverLong() {
    Outcome outcome = ask();
    FakeChannel channel = shakeHands();

    world.advance(loop, IDLE.multipliedBy(3));

    assertThat(channel.closed).isFalse();
    answer(channel, 0);
    assertThat(outcome.response).isNotNull();
    world.advance(loop, IDLE);
    assertThat(channel.closed).isTrue();
  }

  @Test
  void useKeepsAConnectionFromBeingIdle() {
    ask();
    FakeChannel channel = shakeHands();
    answer(channel, 0);

    for (int i = 0; i < 3; i++) {
      world.advance(loop, IDLE.minus(MOMENT));
      ask();
      answer(channel, 0);
    }

    assertThat(channel.closed).isFalse();
  }

  @Test
  void neverClosesAnIdleConnectionWhereTheTimeIsNegative() {
    NetworkSettings defaults = NetworkSettings.defaults("test");
    connections =
        new Connections(
            loop,
            new NetworkSettings(
                "test",
                defaults.channel(),
                defaults.connect(),
                -1,
                defaults.requestTimeoutNanos(),
                defaults.maxFrameBytes()));
    ask();
    FakeChannel channel = shakeHands();
    answer(channel, 0);

    world.advance(loop, Duration.ofDays(30));

    assertThat(channel.closed).isFalse();
  }

  @Test
  void sendsNothingWhileTheBrokerThrottles() {
    Outcome first = ask();
    FakeChannel channel = shakeHands();
    answer(channel, 500);
    assertThat(first.response).isNotNull();
    assertThat(ready()).isFalse();

    Outcome second = ask();
    world.advance(loop, Duration.ofMillis(499));
    assertThat(channel.unread()).isZero();
    world.advance(loop, MOMENT);

    assertThat(ready()).isTrue();
    answer(channel, 0);
    assertThat(second.response).isNotNull();
  }

  @Test
  void aRequestThatWaitsOutAThrottleTimesOutWithThatReason() {
    ask();
    FakeChannel channel = shakeHands();
    answer(channel, 5000);

    Outcome waiting = ask(BROKER, Duration.ofSeconds(2));
    world.advance(loop, Duration.ofSeconds(2));

    assertThat(waiting.failure().kind()).isEqualTo(RequestFailure.Kind.TIMED_OUT);
    assertThat(waiting.failure().sent()).isFalse();
    assertThat(waiting.failure().detail()).contains("throttles", "quota");
    assertThat(channel.closed).isFalse();
  }

  @Test
  void aRequestThatIsNotAnsweredIsDoneWhenItIsWritten() {
    ask();
    FakeChannel channel = shakeHands();
    answer(channel, 0);
    channel.room = 3;
    Outcome unanswered = new Outcome();
    send(BROKER, new Call<>(unansweredMetadata(), Duration.ofMinutes(1).toNanos(), unanswered));
    Outcome next = ask();
    assertThat(unanswered.written).isFalse();

    channel.room = Integer.MAX_VALUE;
    world.settle(loop);

    assertThat(unanswered.written).isTrue();
    assertThat(unanswered.response).isNull();
    channel.request();
    answer(channel, 0);
    assertThat(next.response).isNotNull();
    world.advance(loop, Duration.ofMinutes(2));
    assertThat(unanswered.failure).isNull();
    assertThat(channel.closed).isFalse();
  }

  /** Stands for a Produce with acks 0. */
  private static RequestSpec<MetadataResponse> unansweredMetadata() {
    return metadataThat(out -> {}, false);
  }

  private static RequestSpec<MetadataResponse> metadataThat(
      Consumer<WireWriter> whenWritten, boolean answered) {
    RequestSpec<MetadataResponse> metadata = RequestSpec.of(MetadataRequest.defaults());
    return new RequestSpec<>() {
      @Override
      public ApiKey apiKey() {
        return metadata.apiKey();
      }

      @Override
      public void write(WireWriter out, short version) {
        whenWritten.accept(out);
        metadata.write(out, version);
      }

      @Override
      public MetadataResponse read(WireReader in, short version) {
        return metadata.read(in, version);
      }

      @Override
      public int throttleTimeMs(MetadataResponse response) {
        return 0;
      }

      @Override
      public boolean answered() {
        return answered;
      }
    };
  }

  @Test
  void writesTheRestWhenThereIsRoomAgain() {
    ask();
    FakeChannel channel = shakeHands();
    answer(channel, 0);
    List<Outcome> outcomes = new ArrayList<>();
    channel.room = 0;
    for (int i = 0; i < 5; i++) {
      outcomes.add(ask());
    }
    int writesBefore = channel.writes;
    world.settle(loop);
    assertThat(channel.writes).as("no writing without room").isEqualTo(writesBefore);

    for (int i = 0; i < 1000; i++) {
      channel.room = 1;
      world.settle(loop);
    }

    for (int i = 0; i < 5; i++) {
      answer(channel, 0);
    }
    assertThat(outcomes).allMatch(outcome -> outcome.response != null);
    assertThat(channel.unread()).isZero();
  }

  @Test
  void tellsWhatTheBrokerMayHaveGotFromWhatItCannotHave() {
    ask();
    FakeChannel channel = shakeHands();
    answer(channel, 0);
    Outcome sent = ask();
    channel.room = 5;
    Outcome begun = ask();
    channel.room = 0;
    Outcome untouched = new Outcome();
    loop.execute(
        () -> {
          connections.send(
              BROKER,
              Purpose.CONTROL,
              Call.of(MetadataRequest.defaults(), Duration.ofMinutes(1).toNanos(), untouched));
          connections.disconnect(BROKER, Purpose.CONTROL, "of this test");
        });
    world.settle(loop);

    assertThat(sent.failure().sent()).isTrue();
    assertThat(begun.failure().sent()).isTrue();
    assertThat(untouched.failure().sent()).isFalse();
    assertThat(untouched.failure().kind()).isEqualTo(RequestFailure.Kind.NOT_SENT);
    assertThat(channel.closed).isTrue();
  }

  @Test
  void triesAllAddressesOfANameBeforeItFails() {
    world.names.put("broker", List.of("10.0.0.1", "10.0.0.2", "10.0.0.3"));
    world.fates.put("10.0.0.1", Fate.REFUSED_AT_ONCE);
    world.fates.put("10.0.0.2", Fate.REFUSED);
    world.fates.put("10.0.0.3", Fate.REFUSED);

    Outcome outcome = ask();

    assertThat(addressesTried()).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
    assertThat(outcome.failure().kind()).isEqualTo(RequestFailure.Kind.NOT_SENT);
  }

  @Test
  void aRequestThatTimesOutBeforeTheHandshakeIsAnsweredSaysWhatThePortMayBe() {
    Duration timeout = Duration.ofSeconds(3);
    world.fates.put("10.0.0.1", Fate.IGNORED);
    Outcome unaccepted = ask(BROKER, timeout);
    world.advance(loop, timeout);
    assertThat(unaccepted.failure().detail())
        .contains("the connection is being set up")
        .doesNotContain("probably");

    BrokerAddress silent = new BrokerAddress(2, "silent", 9092);
    world.names.put("silent", List.of("10.0.0.2"));
    Outcome unanswered = ask(silent, timeout);
    world.advance(loop, timeout);

    assertThat(unanswered.failure().kind()).isEqualTo(RequestFailure.Kind.TIMED_OUT);
    assertThat(unanswered.failure().detail())
        .contains("broker 2 (silent:9092)")
        .contains("accepted but nothing was answered yet")
        .contains("probably this port expects TLS");
  }

  @Test
  void takesTheFirstAddressThatAccepts() {
    world.names.put("broker", List.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"));
    world.fates.put("10.0.0.1", Fate.REFUSED);
    world.fates.put("10.0.0.2", Fate.IGNORED);

    Outcome outcome = ask();
    assertThat(addressesTried()).containsExactly("10.0.0.1", "10.0.0.2");
    world.advance(loop, Duration.ofSeconds(12));
    answer(shakeHands(), 0);

    assertThat(outcome.response).isNotNull();
    assertThat(addressesTried()).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3");
  }

  @Test
  void waitsLongerForAnAnswerToEachConnectingThatIsIgnored() {
    world.fates.put("10.0.0.1", Fate.IGNORED);

    assertThat(untilFailure()).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(13));
    assertThat(untilFailure()).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(26));
    assertThat(untilFailure()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(38));
    assertThat(untilFailure()).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(38));
  }

  private Duration untilFailure() {
    Outcome outcome = ask();
    Duration waited = Duration.ZERO;
    while (outcome.open() && waited.toMinutes() < 5) {
      world.advance(loop, Duration.ofSeconds(1));
      waited = waited.plusSeconds(1);
    }
    return waited;
  }

  @Test
  void resolvesTheNameAnewForEachConnecting() {
    ask();
    FakeChannel first = shakeHands();
    answer(first, 0);
    world.names.put("broker", List.of("10.0.0.9"));
    first.breakDown();
    world.settle(loop);

    ask();
    world.advance(loop, Duration.ofSeconds(1));

    assertThat(addressesTried()).containsExactly("10.0.0.1", "10.0.0.9");
    assertThat(world.resolved).containsExactly("broker", "broker");
  }

  @Test
  void waitsLongerAfterEachFailureUpToTheLimit() {
    world.fates.put("10.0.0.1", Fate.REFUSED);
    List<Long> waits = new ArrayList<>();
    ask();
    for (int i = 0; i < 8; i++) {
      long failed = world.nanoTime();
      Outcome again = ask();
      assertThat(again.open()).as("the back-off is kept").isTrue();
      while (again.open()) {
        world.advance(loop, MOMENT);
      }
      waits.add((world.nanoTime() - failed) / 1_000_000);
    }
    for (int i = 0; i < waits.size(); i++) {
      double expected = Math.min(1000, 50 * Math.pow(2, i));
      assertThat((double) waits.get(i)).isBetween(expected * 0.8 - 1, expected * 1.2 + 1);
    }
  }

  @Test
  void errorWhileANameIsLookedUpIsAFailureLikeAnother() {
    world.names.put(
        "broker",
        new AbstractList<>() {
          @Override
          public String get(int index) {
            throw new StackOverflowError("made by the test");
          }

          @Override
          public int size() {
            return 1;
          }
        });
    assertThat(ask().failure().detail()).contains("cannot be resolved", "broker");

    world.names.put("broker", List.of("10.0.0.1"));
    Outcome later = ask();
    world.advance(loop, Duration.ofSeconds(1));
    answer(shakeHands(), 0);
    assertThat(later.response).isNotNull();
  }

  @Test
  void wantOfAThreadToLookANameUpIsAFailureLikeAnother() {
    world.lookups =
        task -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    assertThat(ask().failure().detail()).contains("cannot be resolved", "broker");

    world.lookups = Runnable::run;
    Outcome later = ask();
    world.advance(loop, Duration.ofSeconds(1));
    answer(shakeHands(), 0);
    assertThat(later.response).isNotNull();
  }

  @Test
  void aPortThatCannotBeIsAFailureLikeAnother() {
    for (int port : new int[] {-2, 65_536}) {
      BrokerAddress odd = new BrokerAddress(1, "broker", port);
      assertThat(ask(odd, Duration.ofHours(1)).failure().detail())
          .contains("advertised.listeners", String.valueOf(port));
      Outcome again = ask(odd, Duration.ofHours(1));
      assertThat(again.open()).as("the back-off is kept").isTrue();
      world.advance(loop, Duration.ofSeconds(1));
      assertThat(again.open()).isFalse();
    }
  }

  @Test
  void aShorterThrottleDoesNotEndALongerOne() {
    ask();
    Outcome second = ask();
    FakeChannel channel = shakeHands();
    ScriptedServer.Request first = channel.request();
    channel.answer(first, MetadataResponse.defaults().withThrottleTimeMs(60_000));
    channel.answer(channel.request(), MetadataResponse.defaults().withThrottleTimeMs(10));
    world.settle(loop);
    assertThat(second.response).isNotNull();

    world.advance(loop, Duration.ofSeconds(59));
    assertThat(ready()).isFalse();
    world.advance(loop, Duration.ofSeconds(1));
    assertThat(ready()).isTrue();
  }

  @Test
  void whileARequestIsParkedIdlenessIsNotLookedAtAllTheTime() {
    ask();
    shakeHands();
    world.advance(loop, IDLE);

    int looks = 0;
    long endNanos = world.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (loop.nextTimerNanos() <= endNanos) {
      world.advance(loop, Duration.ofNanos(loop.nextTimerNanos() - world.nanoTime()));
      looks++;
    }
    assertThat(looks).isLessThanOrEqualTo(60);
  }

  @Test
  void brokersThatAreGoneAreForgotten() {
    world.fates.put("10.0.0.1", Fate.REFUSED);
    for (int id = 0; id < 1_000; id++) {
      ask(new BrokerAddress(id, "broker", 9092), Duration.ofMinutes(1)).failure();
      world.advance(loop, Duration.ofSeconds(10));
    }
    assertThat(connections.known()).isBetween(1, 100);
  }

  @Test
  void aBrokerThatAnswersNothingButTheHandshakeMayExpectALogin() {
    Outcome outcome = ask();
    FakeChannel channel = shakeHands();
    channel.breakDown();
    world.settle(loop);
    assertThat(outcome.failure().detail()).contains("SASL", "PLAINTEXT");

    ask();
    world.advance(loop, Duration.ofSeconds(1));
    FakeChannel second = shakeHands();
    answer(second, 0);
    Outcome later = ask();
    second.breakDown();
    world.settle(loop);
    assertThat(later.failure().detail()).as("once it has answered").doesNotContain("SASL");

    Outcome parked = ask();
    world.advance(loop, Duration.ofSeconds(1));
    FakeChannel third = shakeHands();
    world.advance(loop, Duration.ofSeconds(5));
    third.breakDown();
    world.settle(loop);
    assertThat(parked.failure().detail()).as("of a parked request").doesNotContain("SASL");
  }

  /** Waits for a tenth of a second for what may take half a minute. */
  private Outcome askImpatiently() {
    Outcome outcome = new Outcome();
    send(
        BROKER,
        new Call<>(
            RequestSpec.of(MetadataRequest.defaults()),
            Duration.ofMillis(100).toNanos(),
            Duration.ofSeconds(30).toNanos(),
            outcome));
    return outcome;
  }

  @Test
  void aCallerThatWaitsForLessThanARequestMayTakeEndsNoConnection() {
    ask();
    FakeChannel channel = shakeHands();
    answer(channel, 0);
    Outcome impatient = askImpatiently();
    Outcome patient = ask();

    world.advance(loop, Duration.ofMillis(100));
    assertThat(impatient.failure().kind()).isEqualTo(RequestFailure.Kind.TIMED_OUT);
    assertThat(impatient.failure().detail()).contains("100 ms");
    assertThat(channel.closed).isFalse();

    answer(channel, 0);
    assertThat(impatient.response).as("it comes too late").isNull();
    answer(channel, 0);
    assertThat(patient.response).isNotNull();
    world.advance(loop, Duration.ofMinutes(1));
    assertThat(channel.closed).isFalse();
  }

  @Test
  void aRequestThatTakesTooLongEndsItsConnectionThoughItsCallerIsGone() {
    ask();
    FakeChannel channel = shakeHands();
    answer(channel, 0);
    Outcome impatient = askImpatiently();
    world.advance(loop, Duration.ofMillis(100));
    RequestFailure told = impatient.failure();
    Outcome patient = ask();

    world.advance(loop, Duration.ofMillis(29_899));
    assertThat(channel.closed).isFalse();
    world.advance(loop, MOMENT);
    assertThat(channel.closed).isTrue();
    assertThat(patient.failure().detail()).contains("30 s");
    assertThat(impatient.failure()).isSameAs(told);
  }

  @Test
  void requestThatCannotBeWrittenAndTimesOutLeavesTheConnectionAlone() {
    ask();
    FakeChannel channel = shakeHands();
    answer(channel, 0);
    Outcome unanswered = ask();

    // The last one of a step: its timer comes before the task that tells of the refusal.
    for (int i = 1; i < EventLoop.TASKS_PER_STEP; i++) {
      loop.execute(() -> {});
    }
    Outcome refused = new Outcome();
    send(
        BROKER,
        new Call<>(
            metadataThat(
                out -> {
                  throw new IllegalStateException("made by the test");
                },
                true),
            0,
            refused));

    assertThat(refused.failure().sent()).isFalse();
    assertThat(channel.closed).isFalse();
    answer(channel, 0);
    assertThat(unanswered.response).isNotNull();
  }

  @Test
  void replacesABootstrapNameByTheCanonicalNamesOfItsAddresses() {
    canonicalLookup();
    world.names.put("alias", List.of("10.0.0.1", "10.0.0.2"));
    world.canonicalNames.put("10.0.0.1", "one.example.org");
    world.canonicalNames.put("10.0.0.2", "gone.example.org");
    world.names.put("one.example.org", List.of("10.0.1.1", "10.0.1.2"));
    world.fates.put("10.0.1.1", Fate.REFUSED);

    Outcome outcome = ask(new BrokerAddress(-1, "alias", 9092), Duration.ofMinutes(1));
    answer(shakeHands(), 0);

    assertThat(outcome.response).isNotNull();
    assertThat(world.resolved).containsExactly("alias", "one.example.org", "gone.example.org");
    assertThat(addressesTried()).containsExactly("10.0.1.1", "10.0.1.2");
  }

  @Test
  void leavesTheNamesOfBrokersAloneAndFailsWhereNoCanonicalNameResolves() {
    canonicalLookup();
    world.canonicalNames.put("10.0.0.1", "gone.example.org");

    ask();
    assertThat(world.resolved).containsExactly("broker");
    Outcome bootstrap = ask(new BrokerAddress(-1, "broker", 9092), Duration.ofMinutes(1));

    assertThat(bootstrap.failure().detail()).contains("cannot be resolved", "broker");
  }

  private void canonicalLookup() {
    NetworkSettings defaults = NetworkSettings.defaults("test");
    connections =
        new Connections(
            loop,
            new NetworkSettings(
                "test",
                defaults.channel(),
                new NetworkSettings.Connect(
                    defaults.connect().reconnectBackoff(),
                    defaults.connect().setupTimeout(),
                    DnsLookup.RESOLVE_CANONICAL_BOOTSTRAP_SERVERS_ONLY),
                defaults.idleNanos(),
                defaults.requestTimeoutNanos(),
                defaults.maxFrameBytes()));
  }

  private List<String> addressesTried() {
    return world.channels.stream().map(channel -> channel.address).toList();
  }
}

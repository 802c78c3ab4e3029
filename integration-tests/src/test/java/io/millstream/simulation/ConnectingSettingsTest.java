package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.KafkaProducer;
import io.millstream.network.ChannelOptions;
import io.millstream.network.Clock;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.NameResolver;
import io.millstream.network.ReadinessListener;
import io.millstream.network.Transport;
import io.millstream.network.TransportChannel;
import io.millstream.network.TransportSelector;
import io.millstream.network.Waiting;
import io.millstream.testing.simulation.NetworkConditions;
import io.millstream.testing.simulation.NetworkConditions.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What settings of connections do. */
class ConnectingSettingsTest {

  private static final String CONNECTED = " connected broker-";

  private final SettingsWorld world = new SettingsWorld();

  @Test
  @ShowsEffectOf("bootstrap.servers")
  void firstConnectionGoesToAServerThatIsNamed() {
    world.producer("bootstrap.servers", "broker-2:9092").partitionsFor(SettingsWorld.TOPIC);
    assertThat(world.moments(CONNECTED + "2")).hasSize(1);
    assertThat(world.moments(CONNECTED)).hasSize(1);
  }

  @Test
  @ShowsEffectOf("client.id")
  void brokersLearnTheNameOfTheClient() {
    world.producer("client.id", "shop 7").partitionsFor(SettingsWorld.TOPIC);
    assertThat(world.moments(" talks with client.id shop 7$")).isNotEmpty();
    assertThat(world.moments(" talks with client.id (?!shop 7)")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 20_000})
  @ShowsEffectOf("connections.max.idle.ms")
  void idleConnectionIsClosed(int millis) {
    world.readyProducer("connections.max.idle.ms", millis, "metadata.max.age.ms", 3_600_000);
    // A second has gone by already.
    world.run(millis - 1_200);
    assertThat(world.moments("closed by client$")).isEmpty();
    world.run(1_200);
    assertThat(world.moments("closed by client$")).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"50, 1000", "400, 400", "50, 3000"})
  @ShowsEffectOf({"reconnect.backoff.ms", "reconnect.backoff.max.ms"})
  void pausesBetweenAttemptsToConnectGrowUpToALimit(int first, int most) {
    world.cluster.brokerIds().forEach(world.cluster::stopBroker);
    KafkaProducer<byte[], byte[]> producer =
        world.producer(
            "bootstrap.servers",
            "broker-1:9092",
            "retry.backoff.ms",
            0,
            "retry.backoff.max.ms",
            0,
            "reconnect.backoff.ms",
            first,
            "reconnect.backoff.max.ms",
            most);
    world.send(producer, 0, new byte[1]);
    world.run(40_000);
    List<Long> pauses = world.gaps(" refused$");
    assertThat(pauses.get(0)).isBetween((long) (first * 0.8), (long) (first * 1.2) + 10);
    List<Long> later = pauses.subList(pauses.size() - 5, pauses.size());
    assertThat(later).allMatch(pause -> pause >= most * 0.79 && pause <= most * 1.2 + 10);
  }

  @ParameterizedTest
  @CsvSource({"500, 500", "500, 3000", "2000, 30000"})
  @ShowsEffectOf({"socket.connection.setup.timeout.ms", "socket.connection.setup.timeout.max.ms"})
  void attemptToConnectIsGivenUpAfterATimeThatGrows(int first, int most) {
    world.simulation.conditions(
        NetworkConditions.of(
            Duration.ofNanos(1_000), Duration.ofMillis(1), new Faults(0, 1, 0, 0, 0)));
    KafkaProducer<byte[], byte[]> producer =
        world.producer(
            "bootstrap.servers",
            "broker-1:9092",
            "retry.backoff.ms",
            0,
            "retry.backoff.max.ms",
            0,
            "reconnect.backoff.ms",
            0,
            "reconnect.backoff.max.ms",
            0,
            "socket.connection.setup.timeout.ms",
            first,
            "socket.connection.setup.timeout.max.ms",
            most);
    world.send(producer, 0, new byte[1]);
    world.run(119_000);
    List<Long> attempts = world.gaps(" lost$");
    assertThat(attempts.get(0)).isBetween((long) (first * 0.8), (long) (first * 1.2) + 10);
    if (most < 10_000) {
      List<Long> later = attempts.subList(attempts.size() - 5, attempts.size());
      assertThat(later).allMatch(each -> each >= most * 0.79 && each <= most * 1.2 + 10);
    } else {
      assertThat(attempts.get(3)).isGreaterThan(4L * first);
    }
  }

  @Test
  @ShowsEffectOf({"send.buffer.bytes", "receive.buffer.bytes"})
  void socketsGetTheirBuffers() {
    Surroundings surroundings = new Surroundings(world.simulation.environment("producer"));
    world
        .producer(surroundings, "send.buffer.bytes", 70_000, "receive.buffer.bytes", 50_000)
        .partitionsFor(SettingsWorld.TOPIC);
    assertThat(surroundings.options).isNotEmpty().containsOnly(new ChannelOptions(70_000, 50_000));
  }

  @Test
  @ShowsEffectOf("client.dns.lookup")
  void allAddressesOfANameAreTried() {
    Surroundings surroundings = new Surroundings(world.simulation.environment("producer"));
    world.cluster.stopBroker(1);
    world
        .producer(
            surroundings,
            "bootstrap.servers",
            "brokers:9092",
            "client.dns.lookup",
            "use_all_dns_ips")
        .partitionsFor(SettingsWorld.TOPIC);
    assertThat(surroundings.asked).startsWith("brokers");
    assertThat(surroundings.asked).doesNotContain("canonical");
  }

  @Test
  @ShowsEffectOf("client.dns.lookup")
  void namesToBeginWithAreReplacedByCanonicalOnes() {
    Surroundings surroundings = new Surroundings(world.simulation.environment("producer"));
    world
        .producer(
            surroundings,
            "bootstrap.servers",
            "brokers:9092",
            "client.dns.lookup",
            "resolve_canonical_bootstrap_servers_only")
        .partitionsFor(SettingsWorld.TOPIC);
    assertThat(surroundings.asked).startsWith("brokers", "canonical");
  }

  /** Notes what is asked of the system; "brokers" and "canonical" name the first two brokers. */
  private static final class Surroundings implements Environment {

    private final Environment simulated;
    private final List<ChannelOptions> options = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    Surroundings(Environment simulated) {
      this.simulated = simulated;
    }

    @Override
    public Transport transport() {
      return () -> {
        TransportSelector selector = simulated.transport().openSelector();
        return new TransportSelector() {
          @Override
          public TransportChannel connect(
              InetSocketAddress address, ChannelOptions wanted, ReadinessListener listener)
              throws IOException {
            options.add(wanted);
            return selector.connect(address, wanted, listener);
          }

          @Override
          public boolean poll(long maxWaitNanos) throws IOException {
            return selector.poll(maxWaitNanos);
          }

          @Override
          public void wakeup() {
            selector.wakeup();
          }

          @Override
          public void close() {
            selector.close();
          }
        };
      };
    }

    @Override
    public NameResolver resolver() {
      return new NameResolver() {
        @Override
        public List<InetAddress> resolve(String host) throws UnknownHostException {
          asked.add(host);
          if (host.equals("brokers") || host.equals("canonical")) {
            List<InetAddress> addresses = new ArrayList<>();
            addresses.addAll(simulated.resolver().resolve("broker-1"));
            addresses.addAll(simulated.resolver().resolve("broker-2"));
            return addresses;
          }
          return simulated.resolver().resolve(host);
        }

        @Override
        public String canonicalName(InetAddress address) {
          return "canonical";
        }
      };
    }

    @Override
    public Clock clock() {
      return simulated.clock();
    }

    @Override
    public RandomGenerator random() {
      return simulated.random();
    }

    @Override
    public Executor helpers() {
      return simulated.helpers();
    }

    @Override
    public Waiting waiting() {
      return simulated.waiting();
    }

    @Override
    public void drive(EventLoop loop, String threadName) {
      simulated.drive(loop, threadName);
    }
  }
}

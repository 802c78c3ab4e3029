package io.millstream.testing.fake;

import io.millstream.testing.fake.BrokerHost.Endpoint;
import io.millstream.testing.fake.BrokerHost.Peer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One broker of a fake cluster: its address, whether it runs, and what only it knows. */
final class FakeBroker {

  private final ClusterState cluster;
  private final int id;
  private final Endpoint endpoint;
  private final ArrayDeque<Runnable> heldBack = new ArrayDeque<>();
  private FetchSessions fetchSessions;
  private boolean running;
  private boolean frozen;
  private boolean fenced;
  private int starts;
  private @Nullable String rack;
  private long slownessNanos;

  FakeBroker(ClusterState cluster, int id) {
    this.cluster = cluster;
    this.id = id;
    this.endpoint = cluster.host().endpoint(id, this::accept);
    this.fetchSessions = new FetchSessions(cluster.random());
  }

  private BrokerHost.PeerListener accept(Peer peer) {
    return new BrokerConnection(this, peer);
  }

  ClusterState cluster() {
    return cluster;
  }

  int id() {
    return id;
  }

  String host() {
    return endpoint.host();
  }

  int port() {
    return endpoint.port();
  }

  @Nullable String rack() {
    return rack;
  }

  void standIn(String named) {
    rack = named;
  }

  /** How long each request takes beside what it takes in any case. */
  long slownessNanos() {
    return slownessNanos;
  }

  void slowDown(long nanosPerRequest) {
    slownessNanos = nanosPerRequest;
  }

  /** Whether the cluster takes it for alive: it may lead partitions and coordinate. */
  boolean running() {
    return running && !fenced;
  }

  boolean frozen() {
    return frozen;
  }

  FetchSessions fetchSessions() {
    return fetchSessions;
  }

  void start() {
    if (!running) {
      cluster.host().note("broker-" + id + " starts");
      running = true;
      starts++;
      fetchSessions = new FetchSessions(cluster.random());
      endpoint.open();
    }
  }

  void stop() {
    if (running) {
      cluster.host().note("broker-" + id + " stops");
      running = false;
      frozen = false;
      fenced = false;
      heldBack.clear();
      endpoint.close();
    }
  }

  void freeze() {
    cluster.host().note("broker-" + id + " freezes");
    frozen = running;
  }

  void fence() {
    freeze();
    fenced = running;
  }

  /** Goes on, and says whether it was fenced until now. */
  boolean thaw() {
    cluster.host().note("broker-" + id + " goes on");
    boolean back = fenced;
    frozen = false;
    while (!frozen && !heldBack.isEmpty()) {
      heldBack.remove().run();
    }
    fenced = false;
    return back;
  }

  /** Runs a task later, unless the broker is stopped before; while it is frozen nothing runs. */
  void later(long delayNanos, Runnable task) {
    int start = starts;
    cluster
        .host()
        .later(
            delayNanos,
            () -> {
              if (running && starts == start) {
                whenRunning(task);
              }
            });
  }

  /** Runs a task now, or when the broker is frozen no more. */
  void whenRunning(Runnable task) {
    if (frozen) {
      heldBack.add(task);
    } else {
      task.run();
    }
  }
}

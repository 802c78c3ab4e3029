package io.millstream.cluster;

import io.millstream.common.KafkaException;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Call;
import io.millstream.network.ConnectionListener;
import io.millstream.network.Connections;
import io.millstream.network.EventLoop;
import io.millstream.network.Purpose;
import io.millstream.network.RepeatedLog;
import io.millstream.network.Reply;
import io.millstream.network.RequestFailure;
import io.millstream.network.Timer;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.MetadataFeatures;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataRequest.MetadataRequestTopic;
import io.millstream.protocol.MetadataResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cluster view up to date: on age, on demand, and as long as somebody waits for a topic.
 * Demands are coalesced into one request at a time, with a back-off between them. Owned by the
 * event loop, but for {@link #view} and {@link #difficulty}.
 */
public final class Metadata {

  private enum State {
    IDLE,
    ASKING,
    PAUSING,
    CLOSED
  }

  private static final Logger LOG = LoggerFactory.getLogger(Metadata.class);

  private final EventLoop loop;
  private final Connections connections;
  private final MetadataSettings settings;
  private final WantedTopics wanted;
  private final List<ClusterListener> listeners = new ArrayList<>();
  private final TopicWaiters waiters;
  private final RecoveryWatch recovery;
  private final RefreshPace pace;
  private final RepeatedLog log;
  private State state = State.IDLE;
  private @Nullable BrokerAddress asked;
  private int asks;
  private boolean needed;
  private boolean wantsAll;
  private @Nullable Timer pauseTimer;
  private volatile String difficulty = "no broker was asked yet";
  private @Nullable Timer ageTimer;
  private volatile ClusterView view = ClusterView.EMPTY;

  /**
   * Creates the metadata of a client that knows nothing yet; the first demand asks a bootstrap
   * server.
   */
  public Metadata(EventLoop loop, Connections connections, MetadataSettings settings) {
    this.loop = loop;
    this.connections = connections;
    this.settings = settings;
    this.wanted = new WantedTopics(settings.topicIdleNanos());
    this.waiters = new TopicWaiters(loop, this::difficulty);
    this.recovery = new RecoveryWatch(loop, connections, settings);
    this.pace = new RefreshPace(loop, settings.retry());
    this.log = new RepeatedLog(loop.environment().clock(), LOG);
    loop.onEnd(
        cause -> {
          transition(State.CLOSED);
          waiters.failAll(new KafkaException("The client " + loop.name() + " was closed"));
        });
    connections.listen(
        new ConnectionListener() {
          @Override
          public void lost(BrokerAddress broker, Purpose purpose, String detail) {
            if (state == State.ASKING && broker.equals(asked)) {
              // It hangs, perhaps, and would not answer this either.
              unanswered(broker, detail);
            } else {
              requestRefresh("a connection was lost");
            }
          }

          @Override
          public void wrongCluster(BrokerAddress broker) {
            LOG.warn(
                "{}: {} is not of the expected cluster; bootstrapping anew", loop.name(), broker);
            recovery.rebootstrap();
            requestRefresh("a broker of another cluster");
          }
        });
  }

  /** Returns what is known now. Any thread may ask. */
  public ClusterView view() {
    return view;
  }

  /** Returns the settings. */
  public MetadataSettings settings() {
    return settings;
  }

  /** Registers who learns of each new view. */
  public void onChange(ClusterListener listener) {
    loop.assertInLoop();
    listeners.add(listener);
  }

  /**
   * Keeps a topic in the view from now on; asks for it if it is not there. With an idle time set,
   * to be called again whenever the topic is used.
   */
  public void want(String topic) {
    loop.assertInLoop();
    if (wanted.use(topic, loop.nanoTime()) && view.topic(topic) == null) {
      askSoon("topic " + topic + " is wanted");
    }
  }

  /**
   * Keeps a topic in the view until it was released as often as it was held; asks for it if it is
   * not there.
   */
  public void hold(String topic) {
    loop.assertInLoop();
    if (wanted.hold(topic, loop.nanoTime()) && view.topic(topic) == null) {
      askSoon("topic " + topic + " is wanted");
    }
  }

  /** Ends a {@link #hold}: with the last, the topic leaves the view with the next refresh. */
  public void release(String topic) {
    loop.assertInLoop();
    wanted.release(topic);
  }

  /** Keeps all topics of the cluster in the view, for subscriptions by pattern. */
  public void wantAll(boolean all) {
    loop.assertInLoop();
    if (all && !wantsAll) {
      askSoon("all topics are wanted");
    }
    wantsAll = all;
  }

  /**
   * Waits until a topic has partitions, and wants it.
   *
   * @param topic its name
   * @param deadline when to give up
   * @param listener learns of the outcome, perhaps within this call
   */
  public void await(String topic, Deadline deadline, TopicListener listener) {
    want(topic);
    TopicView known = view.topic(topic);
    if (known != null && !known.partitions().isEmpty()) {
      listener.known(known);
      return;
    }
    waiters.add(topic, deadline, listener);
    requestRefresh("somebody waits for topic " + topic);
  }

  /**
   * Asks the cluster anew, soon.
   *
   * @param reason for the log
   */
  public void requestRefresh(String reason) {
    loop.assertInLoop();
    note(reason);
    if (state == State.IDLE) {
      pause(pace.afterDemandNanos());
    }
  }

  private void note(String reason) {
    if (!needed) {
      LOG.debug("{}: metadata is asked for: {}", loop.name(), reason);
      needed = true;
    }
  }

  /** Asks for a topic that was not asked for before, without a back-off unless brokers fail. */
  private void askSoon(String reason) {
    note(reason);
    if (state == State.PAUSING && !recovery.inTrouble()) {
      transition(State.IDLE);
    }
    if (state == State.IDLE) {
      // After this step, so that what is demanded together is asked for together.
      pause(0);
    }
  }

  /** Takes over the leaders of which one answer told (KIP-951), where no more is known. */
  public void newLeaderHints(List<LeaderHint> hints) {
    loop.assertInLoop();
    List<LeaderHint> news = ViewMerge.news(view, hints);
    if (!news.isEmpty()) {
      LOG.debug("{}: an answer tells of new leaders: {}", loop.name(), news);
      publish(ViewMerge.hint(view, news));
    }
  }

  /** Returns what stands in the way of knowing the cluster, to end a sentence. Any thread. */
  public String difficulty() {
    return difficulty;
  }

  /** Returns what stands in the way of knowing a topic, to end a sentence. Any thread. */
  public String difficulty(String topic) {
    String obstacle = view.obstacle(topic);
    return obstacle == null ? difficulty : obstacle;
  }

  /** Returns who may be asked now: the known brokers, or the bootstrap servers. */
  List<BrokerAddress> candidates() {
    return recovery.candidates(view);
  }

  private void ask() {
    needed = false;
    BrokerAddress broker = recovery.choose(view);
    if (broker == null) {
      failed(recovery.difficulty());
      return;
    }
    transition(State.ASKING);
    asked = broker;
    int ask = ++asks;
    if (pace.atTheBeginning()) {
      difficulty =
          "%s was asked for metadata and has not answered yet; check that it is a Kafka broker"
              .formatted(broker);
    }
    wanted.forgetIdle(loop.nanoTime());
    boolean all = wantsAll;
    MetadataRequest request =
        MetadataRequest.defaults()
            .withTopics(
                all
                    ? null
                    : wanted.names().stream()
                        .map(name -> MetadataRequestTopic.defaults().withName(name))
                        .toList())
            .withAllowAutoTopicCreation(settings.allowAutoCreation());
    connections.send(
        broker,
        Purpose.CONTROL,
        Call.of(
            request,
            settings.retry().attemptNanos(),
            new Reply<>() {
              @Override
              public void answered(MetadataResponse response, short version) {
                if (state == State.ASKING && ask == asks) {
                  boolean current = MetadataFeatures.leaderEpochsAreCurrent(version);
                  MetadataResponse told = current ? response : ViewMerge.withoutEpochs(response);
                  take(all ? ViewMerge.withMissing(told, wanted.names()) : told, broker, all);
                }
              }

              @Override
              public void failed(RequestFailure failure) {
                if (state == State.ASKING && ask == asks) {
                  unanswered(broker, failure.detail());
                }
              }
            }));
  }

  private void take(MetadataResponse response, BrokerAddress broker, boolean all) {
    ErrorCode error = ErrorCode.of(response.errorCode());
    if (error == ErrorCode.REBOOTSTRAP_REQUIRED) {
      recovery.rebootstrap();
    }
    if (error != ErrorCode.NONE) {
      failed(broker + " answered " + error);
      return;
    }
    if (response.brokers().isEmpty()) {
      failed(broker + " knows of no broker yet");
      return;
    }
    ClusterView old = view;
    if (recovery.otherCluster(old, response)) {
      if (!broker.isBootstrap()) {
        LOG.warn(
            "{}: {} is of cluster {} where {} was expected; bootstrapping anew",
            loop.name(),
            broker,
            response.clusterId(),
            old.clusterId());
        connections.disconnect(broker, broker + " is of another cluster than expected");
        recovery.rebootstrap();
        failed(broker + " is of another cluster than expected");
        return;
      }
      LOG.warn(
          "{}: the bootstrap servers are of cluster {} now, before it was {}",
          loop.name(),
          response.clusterId(),
          old.clusterId());
      old =
          new ClusterView(
              new ClusterView.Identity(old.version(), null, -1),
              List.of(),
              List.of(),
              List.of(),
              Map.of());
    }
    Set<String> told = new LinkedHashSet<>();
    response.topics().forEach(topic -> told.add(String.valueOf(topic.name())));
    ClusterView merged =
        ViewMerge.merge(
            old, response, topic -> all ? told.contains(topic) : wanted.contains(topic));
    loop.metrics().clusterTold();
    pace.answered(!merged.tellsTheSameAs(old));
    difficulty = "the cluster did not tell of it";
    log.reset();
    recovery.succeeded();
    connections.expectCluster(settings.recovery().checkCluster() ? merged.clusterId() : null);
    transition(State.IDLE);
    publish(merged);
    planAge();
    goOn();
  }

  private void unanswered(BrokerAddress broker, String detail) {
    recovery.failed(broker, view);
    failed(detail);
  }

  private void failed(String reason) {
    difficulty = reason;
    log.warn("%s: cannot refresh metadata: %s".formatted(loop.name(), difficulty));
    needed = true;
    if (state == State.ASKING) {
      transition(State.IDLE);
    }
    pause(pace.afterFailureNanos());
  }

  private void goOn() {
    if (state != State.IDLE) {
      return;
    }
    boolean unsettled = !waiters.isEmpty() || wanted.any(topic -> !view.isSettled(topic));
    if (needed || unsettled) {
      needed = true;
      pause(pace.afterFailureNanos());
    } else {
      pace.settled();
    }
  }

  private void pause(long nanos) {
    transition(State.PAUSING);
    if (pauseTimer != null) {
      pauseTimer.cancel();
    }
    pauseTimer =
        loop.schedule(
            nanos,
            () -> {
              if (state == State.PAUSING) {
                transition(State.IDLE);
                if (needed) {
                  ask();
                }
              }
            });
  }

  private void publish(ClusterView next) {
    ClusterView previous = view;
    view = next;
    ViewChanges.log(loop.name(), previous, next);
    for (ClusterListener listener : List.copyOf(listeners)) {
      loop.guarded(() -> listener.changed(previous, next));
    }
    waiters.look(next);
  }

  private void planAge() {
    if (ageTimer != null) {
      ageTimer.cancel();
    }
    ageTimer = loop.schedule(settings.maxAgeNanos(), () -> requestRefresh("of its age"));
  }

  private void transition(State next) {
    boolean allowed =
        switch (next) {
          case IDLE -> state == State.ASKING || state == State.PAUSING;
          case ASKING, PAUSING -> state == State.IDLE;
          case CLOSED -> true;
        };
    if (!allowed && state != State.CLOSED) {
      throw new IllegalStateException("Metadata cannot go from " + state + " to " + next);
    }
    if (state != State.CLOSED) {
      state = next;
    }
  }
}

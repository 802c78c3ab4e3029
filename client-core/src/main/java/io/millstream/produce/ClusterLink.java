package io.millstream.produce;

import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.LeaderHint;
import io.millstream.cluster.TopicView;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Call;
import io.millstream.network.Purpose;
import io.millstream.network.ReadyListener;
import io.millstream.network.RequestFailure;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The real cluster, over the connections for producing. Owned by the event loop. */
final class ClusterLink implements ProduceLink {

  /** How long a broker that could not be reached is left alone before the next attempt. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ClusterClient client;
  private final long requestNanos;

  /**
   * Creates a link.
   *
   * @param client whose connections are used
   * @param requestNanos how long a request may take
   */
  ClusterLink(ClusterClient client, long requestNanos) {
    this.client = client;
    this.requestNanos = requestNanos;
  }

  @Override
  public @Nullable BrokerAddress leader(TopicPartition partition) {
    return client.metadata().view().leader(partition.topic(), partition.partition());
  }

  @Override
  public Uuid topicId(String topic) {
    TopicView view = client.metadata().view().topic(topic);
    return view == null ? Uuid.ZERO_UUID : view.topicId();
  }

  @Override
  public void use(String topic) {
    client.metadata().want(topic);
  }

  @Override
  public void refresh(String reason) {
    client.metadata().requestRefresh(reason);
  }

  @Override
  public void hint(List<LeaderHint> leaders) {
    client.metadata().newLeaderHints(leaders);
  }

  @Override
  public boolean usable(BrokerAddress broker) {
    return client.connections().ready(broker, Purpose.PRODUCE);
  }

  @Override
  public void connect(BrokerAddress broker, Runnable looksAgain) {
    client
        .connections()
        .whenReady(
            broker,
            Purpose.PRODUCE,
            new ReadyListener() {
              @Override
              public void ready() {
                looksAgain.run();
              }

              @Override
              public void unreachable(RequestFailure failure) {
                if (failure.kind() != RequestFailure.Kind.CLOSED) {
                  client.metadata().requestRefresh(failure.detail());
                  client.loop().schedule(PAUSE_NANOS, looksAgain);
                }
              }
            });
  }

  @Override
  public boolean throttled(BrokerAddress broker) {
    return client.connections().throttled(broker, Purpose.PRODUCE);
  }

  @Override
  public @Nullable String obstacle(BrokerAddress broker) {
    return client.connections().lastFailure(broker, Purpose.PRODUCE);
  }

  @Override
  public int inFlight(BrokerAddress broker) {
    return client.connections().inFlight(broker, Purpose.PRODUCE);
  }

  @Override
  public void send(BrokerAddress broker, ProduceCall call) {
    client.connections().send(broker, Purpose.PRODUCE, new Call<>(call, requestNanos, call));
  }

  @Override
  public String difficulty(String topic) {
    return client.metadata().difficulty(topic);
  }
}

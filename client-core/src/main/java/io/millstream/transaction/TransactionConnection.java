package io.millstream.transaction;

import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.CoordinatorListener;
import io.millstream.cluster.CoordinatorType;
import io.millstream.cluster.Coordinators;
import io.millstream.cluster.Deadline;
import io.millstream.cluster.Route;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Call;
import io.millstream.network.ConnectionListener;
import io.millstream.network.Purpose;
import io.millstream.network.Reply;
import io.millstream.network.RequestFailure;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.BrokerVersions;
import org.jspecify.annotations.Nullable;

/** The coordinators, found and reached over the client's connections. Owned by the event loop. */
final class TransactionConnection implements TransactionLink {

  private final ClusterClient client;
  private final Coordinators coordinators;
  private final String transactionalId;
  private final TransactionFeature feature;
  private @Nullable BrokerVersions lastVersions;

  TransactionConnection(ClusterClient client, String transactionalId) {
    this.client = client;
    this.coordinators = client.router().coordinators();
    this.transactionalId = transactionalId;
    this.feature =
        new TransactionFeature(client.loop(), client.metadata().settings().maxAgeNanos());
    client
        .connections()
        .listen(
            new ConnectionListener() {
              @Override
              public void connected(BrokerAddress broker, Purpose purpose) {
                BrokerVersions versions = client.connections().versions(broker, purpose);
                if (versions != null) {
                  feature.heard(versions);
                }
              }
            });
  }

  @Override
  public <R extends ApiResponse> void send(TransactionRequest<R> request, Reply<R> reply) {
    client.loop().assertInLoop();
    // Not within this call, even where the coordinator is known to be out of reach.
    client.loop().execute(() -> find(request, reply));
  }

  private <R extends ApiResponse> void find(TransactionRequest<R> request, Reply<R> reply) {
    Route.Coordinator coordinator = request.coordinator();
    coordinators.find(
        coordinator.type(),
        coordinator.key(),
        Deadline.NEVER,
        new CoordinatorListener() {
          @Override
          public void found(BrokerAddress address) {
            long timeoutNanos = client.router().retry().attemptNanos();
            client
                .connections()
                .send(address, Purpose.COORDINATOR, new Call<>(request, timeoutNanos, reply));
          }

          @Override
          public void notFound(RuntimeException exception) {
            reply.failed(
                new RequestFailure(
                    RequestFailure.Kind.CLOSED,
                    false,
                    String.valueOf(exception.getMessage()),
                    exception));
          }
        });
  }

  @Override
  public void forget(Route.Coordinator coordinator, String reason) {
    coordinators.forget(coordinator.type(), coordinator.key(), reason);
  }

  private @Nullable BrokerVersions versions() {
    BrokerAddress known = coordinators.known(CoordinatorType.TRANSACTION, transactionalId);
    if (known != null) {
      BrokerVersions versions = client.connections().versions(known, Purpose.COORDINATOR);
      lastVersions = versions == null ? lastVersions : versions;
    }
    return lastVersions;
  }

  @Override
  public short transactionVersion() {
    // A connection may outlive a change by weeks.
    BrokerAddress known = coordinators.known(CoordinatorType.TRANSACTION, transactionalId);
    if (known != null && feature.isToBeAsked()) {
      client
          .connections()
          .askVersions(
              known, Purpose.COORDINATOR, client.router().retry().attemptNanos(), feature::heard);
    }
    return feature.level();
  }

  @Override
  public boolean speaks(ApiKey key, int version) {
    BrokerVersions versions = versions();
    return versions != null && versions.has(key, version);
  }

  @Override
  public String obstacle() {
    BrokerAddress known = coordinators.known(CoordinatorType.TRANSACTION, transactionalId);
    return known == null
        ? "its coordinator was not found yet: " + coordinators.difficulty()
        : known + ", its coordinator, has not answered yet";
  }
}

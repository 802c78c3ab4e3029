package io.millstream.group;

import io.millstream.cluster.CoordinatorListener;
import io.millstream.cluster.CoordinatorType;
import io.millstream.cluster.Coordinators;
import io.millstream.cluster.Deadline;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Call;
import io.millstream.network.Connections;
import io.millstream.network.EventLoop;
import io.millstream.network.MessageRequest;
import io.millstream.network.Purpose;
import io.millstream.network.RequestFailure;
import io.millstream.network.Timer;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.BrokerVersions;
import io.millstream.wire.WireWriter;

/** The coordinator of one group, found and reached over the client's connections. */
public final class CoordinatorConnection implements CoordinatorLink {

  private final EventLoop loop;
  private final Coordinators coordinators;
  private final Connections connections;
  private final String groupId;

  /**
   * Creates the link; nothing is sent yet.
   *
   * @param loop the client's
   * @param coordinators knows and finds coordinators
   * @param connections of the client
   * @param groupId the group
   */
  public CoordinatorConnection(
      EventLoop loop, Coordinators coordinators, Connections connections, String groupId) {
    this.loop = loop;
    this.coordinators = coordinators;
    this.connections = connections;
    this.groupId = groupId;
  }

  @Override
  public <R extends ApiResponse> void send(
      Purpose purpose,
      CoordinatorRequest<R> request,
      long timeoutNanos,
      long patienceNanos,
      Reply<R> reply) {
    loop.assertInLoop();
    new Attempt<>(purpose, request, timeoutNanos, patienceNanos, reply).start();
  }

  @Override
  public void forget(String reason) {
    coordinators.forget(CoordinatorType.GROUP, groupId, reason);
  }

  @Override
  public boolean isKnown() {
    return coordinators.known(CoordinatorType.GROUP, groupId) != null;
  }

  @Override
  public String obstacle() {
    BrokerAddress known = coordinators.known(CoordinatorType.GROUP, groupId);
    return known == null
        ? "its coordinator was not found yet: " + coordinators.difficulty()
        : known + ", its coordinator, has not answered yet";
  }

  /**
   * The lookup, which others may share and which may outlast this attempt, and then the request.
   */
  private final class Attempt<R extends ApiResponse>
      implements CoordinatorListener, io.millstream.network.Reply<R> {

    private final Purpose purpose;
    private final CoordinatorRequest<R> request;
    private final long patienceNanos;
    private final Reply<R> reply;
    private final Timer lookupTimer;
    private boolean lookedUp;

    Attempt(
        Purpose purpose,
        CoordinatorRequest<R> request,
        long timeoutNanos,
        long patienceNanos,
        Reply<R> reply) {
      this.purpose = purpose;
      this.request = request;
      this.patienceNanos = patienceNanos;
      this.reply = reply;
      this.lookupTimer = loop.schedule(Math.max(0, timeoutNanos), this::lookupTimedOut);
    }

    void start() {
      coordinators.find(
          CoordinatorType.GROUP, groupId, new Deadline(lookupTimer.deadlineNanos()), this);
    }

    @Override
    public void found(BrokerAddress coordinator) {
      if (endLookup()) {
        long remainingNanos = Math.max(0, lookupTimer.deadlineNanos() - loop.nanoTime());
        connections.send(
            coordinator,
            purpose,
            new Call<>(new Shaped<>(request), remainingNanos, patienceNanos, this));
      }
    }

    @Override
    public void notFound(RuntimeException exception) {
      if (endLookup()) {
        reply.failed(exception);
      }
    }

    private void lookupTimedOut() {
      if (endLookup()) {
        reply.failed(
            new TimeoutException(
                "The coordinator of group %s was not found in time for %s: %s"
                    .formatted(groupId, request.apiKey(), coordinators.difficulty())));
      }
    }

    private boolean endLookup() {
      if (lookedUp) {
        return false;
      }
      lookedUp = true;
      lookupTimer.cancel();
      return true;
    }

    @Override
    public void answered(R response, short version) {
      reply.answered(response);
    }

    @Override
    public void failed(RequestFailure failure) {
      reply.failed(failure.exception());
    }
  }

  /** A request in the shape of the version that is negotiated. */
  private record Shaped<R extends ApiResponse>(CoordinatorRequest<R> request)
      implements MessageRequest<R> {

    @Override
    public ApiKey apiKey() {
      return request.apiKey();
    }

    @Override
    public short version(BrokerVersions versions) {
      return versions.highestCommon(apiKey(), request.newestVersion());
    }

    @Override
    public void write(WireWriter out, short version) {
      request.inVersion().apply(version).write(out, version);
    }
  }
}

package io.millstream.cluster;

import io.millstream.common.KafkaException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Call;
import io.millstream.network.Connections;
import io.millstream.network.Durations;
import io.millstream.network.EventLoop;
import io.millstream.network.Reply;
import io.millstream.network.RequestFailure;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.Reaction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests of the control path to the broker they are for, and again, by the error table,
 * until they succeed, fail for good or their deadline is over. Owned by the event loop.
 */
public final class Router {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private final EventLoop loop;
  private final Connections connections;
  private final Metadata metadata;
  private final Coordinators coordinators;
  private final RetryPolicy retry;
  private final Set<Attempts<?>> open = new LinkedHashSet<>();

  /** Creates the router of a client, and with it its coordinators. */
  public Router(EventLoop loop, Connections connections, Metadata metadata) {
    this.loop = loop;
    this.connections = connections;
    this.metadata = metadata;
    this.retry = metadata.settings().retry();
    this.coordinators = new Coordinators(loop, connections, this);
    loop.onEnd(
        cause ->
            List.copyOf(open)
                .forEach(
                    attempts ->
                        attempts.fail(
                            new KafkaException("The client " + loop.name() + " was closed"))));
  }

  /** Returns where coordinators are known and found. */
  public Coordinators coordinators() {
    return coordinators;
  }

  /** Returns what stands in the way of knowing the cluster, as the end of a sentence. */
  String difficulty() {
    return metadata.difficulty();
  }

  /** Returns how requests are tried again. */
  public RetryPolicy retry() {
    return retry;
  }

  /**
   * Sends a request.
   *
   * @param request what and where to
   * @param outcome learns how it ended, never within this call
   */
  public <R> void send(RoutedRequest<R> request, Outcome<R> outcome) {
    loop.assertInLoop();
    Attempts<R> attempts = new Attempts<>(request, outcome);
    open.add(attempts);
    loop.execute(attempts::next);
  }

  /** One request and all its attempts. */
  private final class Attempts<R> implements Reply<R> {

    private final RoutedRequest<R> request;
    private final Outcome<R> outcome;
    private final long startNanos = loop.nanoTime();
    private final Set<BrokerAddress> failedBrokers = new LinkedHashSet<>();
    private int sent;
    private int failures;
    private @Nullable BrokerAddress broker;
    private String last = "nothing was sent yet";

    private Attempts(RoutedRequest<R> request, Outcome<R> outcome) {
      this.request = request;
      this.outcome = outcome;
    }

    /** Ends the request, unless it has ended. */
    private void fail(RuntimeException exception) {
      if (open.remove(this)) {
        outcome.failed(exception);
      }
    }

    private void next() {
      if (!open.contains(this)) {
        return;
      }
      if (request.deadline().over(loop.nanoTime())) {
        giveUp();
        return;
      }
      Route route = request.route();
      if (route instanceof Route.Coordinator coordinator) {
        coordinators.find(
            coordinator.type(),
            coordinator.key(),
            request.deadline(),
            new CoordinatorListener() {
              @Override
              public void found(BrokerAddress address) {
                sendTo(address);
              }

              @Override
              public void notFound(RuntimeException exception) {
                fail(exception);
              }
            });
        return;
      }
      BrokerAddress address = resolve(route);
      if (address == null) {
        last = route + " is not known: " + metadata.difficulty();
        metadata.requestRefresh(route + " is needed");
        again();
      } else {
        sendTo(address);
      }
    }

    private @Nullable BrokerAddress resolve(Route route) {
      ClusterView view = metadata.view();
      if (route instanceof Route.Any) {
        return BrokerChoice.leastLoaded(
            metadata.candidates(), failedBrokers, connections, loop.environment().random());
      } else if (route instanceof Route.Controller) {
        return view.controller();
      } else if (route instanceof Route.Broker node) {
        return view.broker(node.nodeId());
      } else if (route instanceof Route.Leader leader) {
        return view.leader(leader.topic(), leader.partition());
      }
      return null;
    }

    private void sendTo(BrokerAddress address) {
      broker = address;
      sent++;
      long remaining = request.deadline().remainingNanos(loop.nanoTime());
      long timeout = Math.min(request.attemptNanos(), remaining);
      connections.send(
          address,
          request.purpose(),
          new Call<>(request.spec(), timeout, request.attemptNanos(), this));
    }

    @Override
    public void answered(R response, short version) {
      ErrorCode error = request.error().apply(response);
      if (error == ErrorCode.NONE) {
        if (open.remove(this)) {
          outcome.succeeded(response, version);
        }
        return;
      }
      last = broker + " answered " + error;
      react(error);
      if (error.retriable()) {
        again();
      } else {
        fail(error.exception(text()));
      }
    }

    @Override
    public void failed(RequestFailure failure) {
      last = failure.detail();
      if (!failure.retriable()) {
        fail(failure.exception());
        return;
      }
      if (request.deadline().over(loop.nanoTime())) {
        // That says nothing of the broker: the caller waits no longer.
        giveUp();
        return;
      }
      if (broker != null) {
        failedBrokers.add(broker);
      }
      if (request.route() instanceof Route.Coordinator coordinator) {
        coordinators.forget(coordinator.type(), coordinator.key(), failure.detail());
      } else {
        metadata.requestRefresh("a request got no answer");
      }
      again();
    }

    private void react(ErrorCode error) {
      if (error.reactions().contains(Reaction.REFRESH_METADATA)
          || error == ErrorCode.NOT_CONTROLLER) {
        metadata.requestRefresh("of " + last);
      }
      if (error.reactions().contains(Reaction.FIND_COORDINATOR)
          && request.route() instanceof Route.Coordinator coordinator) {
        coordinators.forget(coordinator.type(), coordinator.key(), last);
      }
    }

    private void again() {
      failures++;
      long now = loop.nanoTime();
      long pause = retry.backoffNanos(failures, loop.environment().random());
      long remaining = request.deadline().remainingNanos(now);
      if (remaining <= 0) {
        giveUp();
      } else {
        LOG.debug("{}: {} is tried again: {}", loop.name(), request.spec().apiKey(), last);
        loop.schedule(Math.min(pause, remaining), this::next);
      }
    }

    private void giveUp() {
      fail(new TimeoutException(text()));
    }

    private String text() {
      return "%s to %s failed after %s and %d attempts; last: %s"
          .formatted(
              request.spec().apiKey(),
              request.route(),
              Durations.text(loop.nanoTime() - startNanos),
              sent,
              last);
    }
  }
}

package io.millstream.cluster;

import io.millstream.common.errors.GroupAuthorizationException;
import io.millstream.network.BrokerAddress;
import io.millstream.network.ConnectionListener;
import io.millstream.network.Connections;
import io.millstream.network.EventLoop;
import io.millstream.network.Purpose;
import io.millstream.network.RepeatedLog;
import io.millstream.network.RequestSpec;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FindCoordinatorRequest;
import io.millstream.protocol.FindCoordinatorResponse;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the coordinators of groups and transactional ids, and finds them: one lookup at a time for
 * each, whoever else asks shares it. Owned by the event loop.
 */
public final class Coordinators {

  private static final Logger LOG = LoggerFactory.getLogger(Coordinators.class);
  private static final int FIRST_BATCHED_VERSION = 4;

  private final EventLoop loop;
  private final Router router;
  private final Map<Key, BrokerAddress> known = new LinkedHashMap<>();
  private final Map<Key, List<CoordinatorListener>> lookups = new LinkedHashMap<>();
  private final Map<Key, RepeatedLog> logs = new LinkedHashMap<>();

  private record Key(CoordinatorType type, String name) {}

  /** What a broker answered, whatever the version. */
  private record Answer(ErrorCode error, @Nullable BrokerAddress broker, int throttleMillis) {}

  /** Writes the key where the version expects it: alone, or from version 4 on in a list. */
  private record Lookup(Key key) implements RequestSpec<Answer> {

    @Override
    public ApiKey apiKey() {
      return ApiKey.FIND_COORDINATOR;
    }

    @Override
    public void write(WireWriter out, short version) {
      FindCoordinatorRequest request =
          FindCoordinatorRequest.defaults().withKeyType(key.type.code());
      (version >= FIRST_BATCHED_VERSION
              ? request.withCoordinatorKeys(List.of(key.name))
              : request.withKey(key.name))
          .write(out, version);
    }

    @Override
    public Answer read(WireReader in, short version) {
      FindCoordinatorResponse response = FindCoordinatorResponse.read(in, version);
      if (version < FIRST_BATCHED_VERSION) {
        return answer(
            response.errorCode(),
            new BrokerAddress(response.nodeId(), response.host(), response.port()),
            response.throttleTimeMs());
      }
      for (FindCoordinatorResponse.Coordinator coordinator : response.coordinators()) {
        if (coordinator.key().equals(key.name)) {
          return answer(
              coordinator.errorCode(),
              new BrokerAddress(coordinator.nodeId(), coordinator.host(), coordinator.port()),
              response.throttleTimeMs());
        }
      }
      return new Answer(ErrorCode.COORDINATOR_NOT_AVAILABLE, null, response.throttleTimeMs());
    }

    private static Answer answer(short code, BrokerAddress broker, int throttleMillis) {
      ErrorCode error = ErrorCode.of(code);
      return new Answer(error, error == ErrorCode.NONE ? broker : null, throttleMillis);
    }

    @Override
    public int throttleTimeMs(Answer response) {
      return response.throttleMillis;
    }
  }

  Coordinators(EventLoop loop, Connections connections, Router router) {
    this.loop = loop;
    this.router = router;
    connections.listen(
        new ConnectionListener() {
          @Override
          public void lost(BrokerAddress broker, Purpose purpose, String detail) {
            if (purpose == Purpose.COORDINATOR || purpose == Purpose.JOIN) {
              forget(broker, detail);
            }
            if (purpose == Purpose.COORDINATOR) {
              // What is parked there would wait for very long before it is found to be dead, too.
              connections.disconnect(broker, Purpose.JOIN, detail);
            }
          }

          @Override
          public void unreachable(BrokerAddress broker, Purpose purpose, String detail) {
            forget(broker, detail);
          }
        });
  }

  /** Returns a coordinator, null while it is not known. */
  public @Nullable BrokerAddress known(CoordinatorType type, String name) {
    loop.assertInLoop();
    return known.get(new Key(type, name));
  }

  /**
   * Finds a coordinator.
   *
   * @param type of what
   * @param name the group id or transactional id
   * @param deadline when to give up; the first of several who ask for the same one decides
   * @param listener learns of the outcome, within this call if it is known already
   */
  public void find(
      CoordinatorType type, String name, Deadline deadline, CoordinatorListener listener) {
    loop.assertInLoop();
    Key key = new Key(type, name);
    BrokerAddress coordinator = known.get(key);
    if (coordinator != null) {
      listener.found(coordinator);
      return;
    }
    List<CoordinatorListener> waiting = lookups.get(key);
    if (waiting != null) {
      waiting.add(listener);
      return;
    }
    lookups.put(key, new ArrayList<>(List.of(listener)));
    router.send(
        new RoutedRequest<>(
            Route.any(),
            Purpose.CONTROL,
            new Lookup(key),
            Answer::error,
            deadline,
            router.retry().attemptNanos()),
        new Outcome<>() {
          @Override
          public void succeeded(Answer response, short version) {
            found(key, response);
          }

          @Override
          public void failed(RuntimeException exception) {
            RuntimeException told =
                exception instanceof GroupAuthorizationException
                    ? GroupAccess.refused(String.valueOf(exception.getMessage()), key.name)
                    : exception;
            finish(key).forEach(waiter -> waiter.notFound(told));
          }
        });
  }

  /** Returns what stands in the way of finding one, as the end of a sentence. */
  public String difficulty() {
    return router.difficulty();
  }

  /**
   * Forgets a coordinator that turned out not to be one any longer; the next request looks it up.
   *
   * @param reason for the log
   */
  public void forget(CoordinatorType type, String name, String reason) {
    loop.assertInLoop();
    BrokerAddress gone = known.remove(new Key(type, name));
    if (gone != null) {
      log(new Key(type, name))
          .info(
              "%s: %s is no longer the coordinator of %s %s: %s"
                  .formatted(loop.name(), gone, type, name, reason));
    }
  }

  private void forget(BrokerAddress broker, String reason) {
    for (Map.Entry<Key, BrokerAddress> entry : List.copyOf(known.entrySet())) {
      if (entry.getValue().equals(broker)) {
        forget(entry.getKey().type, entry.getKey().name, reason);
      }
    }
  }

  private void found(Key key, Answer answer) {
    BrokerAddress broker = answer.broker;
    if (broker == null) {
      throw new IllegalStateException("An answer without error names the coordinator");
    }
    known.put(key, broker);
    log(key)
        .over(
            "%s: %s is the coordinator of %s %s"
                .formatted(loop.name(), broker, key.type, key.name));
    finish(key).forEach(waiter -> waiter.found(broker));
  }

  private RepeatedLog log(Key key) {
    return logs.computeIfAbsent(key, any -> new RepeatedLog(loop.environment().clock(), LOG));
  }

  private List<CoordinatorListener> finish(Key key) {
    List<CoordinatorListener> waiting = lookups.remove(key);
    return waiting == null ? List.of() : waiting;
  }
}

package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FindCoordinatorRequest;
import io.millstream.protocol.FindCoordinatorResponse;
import io.millstream.protocol.FindCoordinatorResponse.Coordinator;
import java.util.List;

/** Tells which broker coordinates a group or a transactional id. */
final class FindCoordinator implements Handler<FindCoordinatorRequest, FindCoordinatorResponse> {

  private static final short FIRST_WITH_KEYS = 4;
  private static final byte LAST_KEY_TYPE = 1;

  private final ClusterState cluster;

  FindCoordinator(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(FindCoordinatorRequest request, Exchange<FindCoordinatorResponse> exchange) {
    List<String> keys = keys(request, exchange.version());
    boolean known = request.keyType() >= 0 && request.keyType() <= LAST_KEY_TYPE;
    List<Coordinator> found =
        keys.stream()
            .map(key -> known ? find(key) : refused(key, ErrorCode.INVALID_REQUEST))
            .toList();
    exchange.answer(answer(found, exchange.version()));
  }

  private static List<String> keys(FindCoordinatorRequest request, short version) {
    return version < FIRST_WITH_KEYS ? List.of(request.key()) : request.coordinatorKeys();
  }

  private Coordinator find(String key) {
    FakeBroker broker = cluster.coordinator(key);
    return broker == null
        ? refused(key, ErrorCode.COORDINATOR_NOT_AVAILABLE)
        : Coordinator.defaults()
            .withKey(key)
            .withNodeId(broker.id())
            .withHost(broker.host())
            .withPort(broker.port());
  }

  private static Coordinator refused(String key, ErrorCode error) {
    return Coordinator.defaults()
        .withKey(key)
        .withNodeId(-1)
        .withPort(-1)
        .withErrorCode(error.code());
  }

  private static FindCoordinatorResponse answer(List<Coordinator> found, short version) {
    if (version >= FIRST_WITH_KEYS) {
      return FindCoordinatorResponse.defaults().withCoordinators(found);
    }
    Coordinator only = found.get(0);
    return FindCoordinatorResponse.defaults()
        .withErrorCode(only.errorCode())
        .withNodeId(only.nodeId())
        .withHost(only.host())
        .withPort(only.port());
  }

  @Override
  public FindCoordinatorResponse refuse(
      FindCoordinatorRequest request, ErrorCode error, short version) {
    return answer(
        keys(request, version).stream().map(key -> refused(key, error)).toList(), version);
  }

  @Override
  public FindCoordinatorResponse throttled(FindCoordinatorResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

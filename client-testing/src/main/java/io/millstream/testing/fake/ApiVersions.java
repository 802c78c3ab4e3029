package io.millstream.testing.fake;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiVersionsRequest;
import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.protocol.ApiVersionsResponse.ApiVersion;
import io.millstream.protocol.ApiVersionsResponse.FinalizedFeatureKey;
import io.millstream.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells which versions the broker speaks, and checks that it is the one that is looked for. */
final class ApiVersions implements Handler<ApiVersionsRequest, ApiVersionsResponse> {

  private static final short FIRST_WITH_SOFTWARE = 3;
  private static final Pattern SOFTWARE =
      Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9\\-.]*[a-zA-Z0-9])?");

  private final ClusterState cluster;

  ApiVersions(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(ApiVersionsRequest request, Exchange<ApiVersionsResponse> exchange) {
    if (exchange.version() >= FIRST_WITH_SOFTWARE
        && !(SOFTWARE.matcher(request.clientSoftwareName()).matches()
            && SOFTWARE.matcher(request.clientSoftwareVersion()).matches())) {
      exchange.answer(refuse(request, ErrorCode.INVALID_REQUEST, exchange.version()));
    } else if (isOther(request.clusterId(), request.nodeId(), exchange.broker())) {
      exchange.answer(refuse(request, ErrorCode.REBOOTSTRAP_REQUIRED, exchange.version()));
    } else {
      exchange.answer(
          ApiVersionsResponse.defaults()
              .withApiKeys(ranges(cluster))
              .withFinalizedFeaturesEpoch(cluster.transactions().levelsEpoch())
              .withFinalizedFeatures(
                  List.of(
                      new FinalizedFeatureKey(
                          "transaction.version", cluster.transactions().level(), (short) 0))));
    }
  }

  /** Checks what the client expects (KIP-1242). */
  private boolean isOther(@Nullable String clusterId, int nodeId, FakeBroker broker) {
    return (clusterId != null && !clusterId.equals(cluster.clusterId()))
        || (nodeId >= 0 && nodeId != broker.id());
  }

  private static List<ApiVersion> ranges(ClusterState cluster) {
    List<ApiVersion> ranges = new ArrayList<>();
    for (ApiKey apiKey : ApiKey.values()) {
      if (cluster.versions().has(apiKey) && cluster.handlers().has(apiKey)) {
        ranges.add(range(apiKey, cluster.versions()));
      }
    }
    return ranges;
  }

  /** Answers a version that the broker does not speak (KIP-511). */
  static ApiVersionsResponse refusal(SpokenVersions versions) {
    return ApiVersionsResponse.defaults()
        .withErrorCode(ErrorCode.UNSUPPORTED_VERSION.code())
        .withApiKeys(List.of(range(ApiKey.API_VERSIONS, versions)));
  }

  private static ApiVersion range(ApiKey apiKey, SpokenVersions versions) {
    return new ApiVersion(apiKey.id(), apiKey.lowestVersion(), versions.newest(apiKey));
  }

  @Override
  public ApiVersionsResponse refuse(ApiVersionsRequest request, ErrorCode error, short version) {
    return ApiVersionsResponse.defaults().withErrorCode(error.code());
  }

  @Override
  public ApiVersionsResponse throttled(ApiVersionsResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

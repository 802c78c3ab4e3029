package io.millstream.network;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiVersionsRequest;
import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The first request of a connection, in one version. A broker that does not know the version
 * answers in version 0 with an error and, from 2.4 on, with the versions it knows (KIP-511).
 *
 * @param version the version to try
 * @param request the request
 */
record Handshake(short version, ApiVersionsRequest request)
    implements RequestSpec<ApiVersionsResponse> {

  static final short UNSUPPORTED_VERSION = 35;
  static final short REBOOTSTRAP_REQUIRED = 129;
  private static final String SOFTWARE_NAME = "millstream";

  /**
   * Begins a handshake with the newest version.
   *
   * @param broker the broker that is expected
   * @param clusterId the cluster that is expected, null for any
   */
  static Handshake with(BrokerAddress broker, @Nullable String clusterId) {
    ApiVersionsRequest request =
        ApiVersionsRequest.defaults()
            .withClientSoftwareName(SOFTWARE_NAME)
            .withClientSoftwareVersion(softwareVersion());
    if (clusterId != null && !broker.isBootstrap()) {
      request = request.withClusterId(clusterId).withNodeId(broker.id());
    }
    return new Handshake(ApiKey.API_VERSIONS.newestVersion(), request);
  }

  /**
   * Returns the handshake to try after the version was refused.
   *
   * @param refusal what the broker answered
   * @return null if there is nothing left to try
   */
  @Nullable Handshake fallback(ApiVersionsResponse refusal) {
    if (version == 0) {
      return null;
    }
    for (ApiVersionsResponse.ApiVersion range : refusal.apiKeys()) {
      if (range.apiKey() == ApiKey.API_VERSIONS.id()
          && range.maxVersion() >= 0
          && range.maxVersion() < version) {
        return new Handshake(range.maxVersion(), request);
      }
    }
    return new Handshake((short) 0, request);
  }

  @Override
  public ApiKey apiKey() {
    return ApiKey.API_VERSIONS;
  }

  @Override
  public void write(WireWriter out, short writtenVersion) {
    request.write(out, writtenVersion);
  }

  @Override
  public ApiVersionsResponse read(WireReader in, short askedVersion) {
    ByteBuffer body = in.slice(in.remaining());
    boolean refused =
        body.remaining() >= 2 && body.getShort(body.position()) == UNSUPPORTED_VERSION;
    return ApiVersionsResponse.read(new WireReader(body), refused ? 0 : askedVersion);
  }

  @Override
  public int throttleTimeMs(ApiVersionsResponse response) {
    return response.throttleTimeMs();
  }

  private static String softwareVersion() {
    String version = Handshake.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}

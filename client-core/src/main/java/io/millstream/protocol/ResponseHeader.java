package io.millstream.protocol;

import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;

/**
 * What stands in front of every response: the correlation id and, where the API's version is
 * flexible, tagged fields. Responses of ApiVersions never have the tagged fields, since a client
 * reads them before it knows what the broker speaks (KIP-511).
 */
public final class ResponseHeader {

  private ResponseHeader() {}

  /**
   * Reads a header.
   *
   * @param in where from
   * @param apiKey the API that was asked
   * @param version the version of the request
   * @return the correlation id
   * @throws io.millstream.wire.MalformedFrameException if it is cut off
   */
  public static int read(WireReader in, ApiKey apiKey, short version) {
    int correlationId = in.readInt();
    if (hasTaggedFields(apiKey, version)) {
      in.skipTaggedFields();
    }
    return correlationId;
  }

  /**
   * Writes a header.
   *
   * @param out where to
   * @param apiKey the API that was asked
   * @param version the version of the request
   * @param correlationId the one of the request
   */
  public static void write(WireWriter out, ApiKey apiKey, short version, int correlationId) {
    out.writeInt(correlationId);
    if (hasTaggedFields(apiKey, version)) {
      out.writeUnsignedVarint(0);
    }
  }

  private static boolean hasTaggedFields(ApiKey apiKey, short version) {
    return apiKey != ApiKey.API_VERSIONS && apiKey.flexible(version);
  }
}

package io.millstream.protocol;

import io.millstream.wire.MalformedFrameException;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * What stands in front of every request.
 *
 * <pre>
 *   int16   API key
 *   int16   API version
 *   int32   correlation id
 *   string  client id, length as int16 in all versions, -1 for null
 *   tagged fields            where the API's version is flexible
 * </pre>
 *
 * @param apiKey the number of the API, which may be one that {@link ApiKey} does not know
 * @param apiVersion the version of the request that follows
 * @param correlationId what the broker repeats in its answer
 * @param clientId the name the client gave itself
 */
public record RequestHeader(
    short apiKey, short apiVersion, int correlationId, @Nullable String clientId) {

  /**
   * Writes a header.
   *
   * @param out where to
   * @param apiKey the API
   * @param version the version of the request that follows
   * @param correlationId what the broker shall repeat in its answer
   * @param clientId the client's name, or null
   */
  public static void write(
      WireWriter out, ApiKey apiKey, short version, int correlationId, @Nullable String clientId) {
    out.writeShort(apiKey.id());
    out.writeShort(version);
    out.writeInt(correlationId);
    out.writeString(clientId, false);
    if (apiKey.flexible(version)) {
      out.writeUnsignedVarint(0);
    }
  }

  /**
   * Reads a header. Of an API or version that is not implemented here only the first three fields
   * are read, since what follows depends on it; the client id is then null.
   *
   * @param in where from
   * @return the header
   * @throws MalformedFrameException if it is cut off
   */
  public static RequestHeader read(WireReader in) {
    short apiKey = in.readShort();
    short version = in.readShort();
    int correlationId = in.readInt();
    ApiKey known = ApiKey.find(apiKey);
    if (known == null || version < known.lowestVersion() || version > known.newestVersion()) {
      return new RequestHeader(apiKey, version, correlationId, null);
    }
    String clientId = in.readNullableString(false);
    if (known.flexible(version)) {
      in.skipTaggedFields();
    }
    return new RequestHeader(apiKey, version, correlationId, clientId);
  }
}

package io.millstream.network;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells from the first four bytes of a connection whether the other side speaks Kafka at all. */
final class FirstBytes {

  private static final int HTTP = asInt("HTTP");
  private static final int SSH = asInt("SSH-");
  private static final int TLS_ALERT = 0x15;
  private static final int TLS_HANDSHAKE = 0x16;
  private static final int TLS_MAJOR_VERSION = 3;

  static final String PROBABLY =
      "; probably this port expects TLS or SASL, or is not a Kafka broker's:"
          + " check host and port in bootstrap.servers, and security.protocol";

  /** Its brokers answer ApiVersions, and close the connection at any other request. */
  static final String SASL =
      "; probably this port expects a client to log in (SASL), which is not built yet: use a"
          + " listener with the protocol PLAINTEXT";

  private FirstBytes() {}

  /**
   * Says what the other side is.
   *
   * @param first the four bytes that would be the size of the first answer
   * @return the rest of a sentence that begins with the broker, null where nothing speaks against
   *     Kafka
   */
  static @Nullable String diagnose(int first) {
    int type = first >>> 24;
    if ((type == TLS_ALERT || type == TLS_HANDSHAKE)
        && (first >>> 16 & 0xff) == TLS_MAJOR_VERSION) {
      return "answered with TLS: this port is for encrypted connections;"
          + " use the broker's plain port, or set security.protocol to SSL or SASL_SSL";
    }
    if (first == HTTP || first >>> 24 == '<') {
      return "answered with HTTP: this is the port of a web server, not of a Kafka broker;"
          + " check host and port in bootstrap.servers";
    }
    if (first == SSH) {
      return "answered with SSH: this is not the port of a Kafka broker;"
          + " check host and port in bootstrap.servers";
    }
    return null;
  }

  private static int asInt(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3];
  }
}

package io.millstream.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code bootstrap.servers}. The name is not resolved.
 *
 * @param host a name or an address, an IPv6 address without its brackets
 * @param port from 1 to 65535
 */
public record ServerAddress(String host, int port) {

  static final String RULE =
      "at least one host:port, with a port from 1 to 65535, an IPv6 address in brackets: [::1]:9092";

  private static final int MOST_PORT = 0xFFFF;

  /**
   * A scheme is accepted and ignored, since addresses are often copied from a broker's listeners.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:[A-Za-z0-9._-]+://)?(?:\\[(?<six>[0-9A-Fa-f:.]+(?:%[A-Za-z0-9._-]+)?)]"
              + "|(?<name>[A-Za-z0-9._-]+)):(?<port>[0-9]{1,5})");

  /** Reads an entry; null where it is not well formed. */
  static @Nullable ServerAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    int port = Integer.parseInt(matcher.group("port"));
    if (port < 1 || port > MOST_PORT) {
      return null;
    }
    String six = matcher.group("six");
    return new ServerAddress(six == null ? matcher.group("name") : six, port);
  }
}

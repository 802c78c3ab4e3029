package io.millstream.testing;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataResponse;
import io.millstream.protocol.RequestHeader;
import io.millstream.protocol.ResponseHeader;
import io.millstream.wire.MalformedFrameException;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/**
 * Asks a broker over a plain socket which brokers it knows: the one sign of life that counts for a
 * client.
 */
final class ReadinessProbe {

  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int LARGEST_ANSWER_BYTES = 1 << 20;

  /** The oldest version the library has; every broker speaks it. */
  private static final short VERSION = ApiKey.METADATA.lowestVersion();

  private ReadinessProbe() {}

  /** Tells whether the broker answers and knows a controller and itself. */
  static boolean knowsItself(int port, int broker) {
    try {
      MetadataResponse answer = ask(port);
      return answer.controllerId() >= 0
          && answer.brokers().stream().anyMatch(node -> node.nodeId() == broker);
    } catch (IOException | MalformedFrameException notYet) {
      return false;
    }
  }

  /** Counts the brokers that this broker knows, 0 if it does not answer. */
  static int knownBrokers(int port) {
    try {
      return ask(port).brokers().size();
    } catch (IOException | MalformedFrameException notYet) {
      return 0;
    }
  }

  private static MetadataResponse ask(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      WireWriter request = new WireWriter();
      RequestHeader.write(request, ApiKey.METADATA, VERSION, 1, "readiness-probe");
      MetadataRequest.defaults().withAllowAutoTopicCreation(false).write(request, VERSION);
      WritableByteChannel out = Channels.newChannel(socket.getOutputStream());
      for (ByteBuffer part : request.toFrame()) {
        while (part.hasRemaining()) {
          out.write(part);
        }
      }
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int size = in.readInt();
      if (size < 0 || size > LARGEST_ANSWER_BYTES) {
        throw new IOException("an answer of " + size + " bytes");
      }
      WireReader answer = new WireReader(ByteBuffer.wrap(in.readNBytes(size)));
      ResponseHeader.read(answer, ApiKey.METADATA, VERSION);
      return MetadataResponse.read(answer, VERSION);
    }
  }
}

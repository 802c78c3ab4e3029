package io.millstream.network;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiMessage;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.protocol.RequestHeader;
import io.millstream.protocol.ResponseHeader;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A TCP server on the loopback address that does to each connection what a test says. */
public final class ScriptedServer implements AutoCloseable {

  private final ServerSocket server;
  private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();

  /** What happens to a connection; it is closed afterwards. */
  public interface Script {
    /** Runs on a thread of its own. */
    void serve(Peer peer) throws IOException;
  }

  /** One connection as the server sees it. */
  public static final class Peer {
    private final DataInputStream in;
    private final OutputStream out;

    private Peer(Socket socket) throws IOException {
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    /** Reads one request: its header, with the body left in the returned reader. */
    public Request request() throws IOException {
      byte[] frame = new byte[in.readInt()];
      in.readFully(frame);
      WireReader reader = new WireReader(ByteBuffer.wrap(frame));
      return new Request(RequestHeader.read(reader), reader);
    }

    /** Answers a request. */
    public void answer(Request request, ApiMessage response) throws IOException {
      answer(request.header().correlationId(), request, response, request.header().apiVersion());
    }

    /** Answers with a correlation id and version of the test's choice. */
    public void answer(int correlationId, Request request, ApiMessage response, short version)
        throws IOException {
      WireWriter writer = new WireWriter();
      ApiKey key = ApiKey.find(request.header().apiKey());
      if (key == null) {
        throw new IOException("unknown API " + request.header());
      }
      ResponseHeader.write(writer, key, request.header().apiVersion(), correlationId);
      response.write(writer, version);
      for (ByteBuffer part : writer.toFrame()) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        out.write(bytes);
      }
      out.flush();
    }

    /** Writes raw bytes. */
    public void write(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Reads until the client closes. */
    public void untilClosed() throws IOException {
      while (in.read() >= 0) {}
    }

    /** Does the handshake as a broker that speaks everything. */
    public void shakeHands() throws IOException {
      answer(request(), everything());
    }
  }

  /** A request as it came in. */
  public record Request(RequestHeader header, WireReader body) {}

  /** Starts a server. */
  public ScriptedServer(Script script) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(() -> accept(script), "scripted-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** Returns the address under a host name of the test's choice. */
  public BrokerAddress address(int id, String host) {
    return new BrokerAddress(id, host, server.getLocalPort());
  }

  /** Returns what a broker answers that speaks all that is implemented here. */
  public static ApiResponse everything() {
    List<ApiVersionsResponse.ApiVersion> ranges = new ArrayList<>();
    for (ApiKey key : ApiKey.values()) {
      ranges.add(
          ApiVersionsResponse.ApiVersion.defaults()
              .withApiKey(key.id())
              .withMinVersion(key.lowestVersion())
              .withMaxVersion(key.newestVersion()));
    }
    return ApiVersionsResponse.defaults().withApiKeys(ranges);
  }

  private void accept(Script script) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread thread = new Thread(() -> serve(script, socket), "scripted-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Script script, Socket socket) {
    try (socket) {
      script.serve(new Peer(socket));
    } catch (IOException e) {
      // The client closed its end, which many tests provoke.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}

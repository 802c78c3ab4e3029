package io.millstream.integration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;

/** A server on the loopback address that is not a Kafka broker. */
final class StrangeServer implements AutoCloseable {

  private interface Manners {
    void meet(Socket client) throws IOException;
  }

  private final ServerSocket server;
  private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();

  private StrangeServer(ServerSocket server, Manners manners) {
    this.server = server;
    Thread thread = new Thread(() -> accept(manners), "strange-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** A web server: whatever it does not understand is a bad request. */
  static StrangeServer http() throws IOException {
    byte[] answer =
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    return new StrangeServer(
        plain(),
        client -> {
          client.getInputStream().read();
          client.getOutputStream().write(answer);
        });
  }

  /** A port for encrypted connections, by the JDK's own implementation. */
  static StrangeServer tls() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    ServerSocket server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    return new StrangeServer(server, client -> client.getInputStream().read());
  }

  /** A port that takes connections and never says anything. */
  static StrangeServer silent() throws IOException {
    return new StrangeServer(
        plain(),
        client -> {
          while (client.getInputStream().read() >= 0) {
            // Listens, and keeps its thoughts to itself.
          }
        });
  }

  private static ServerSocket plain() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private void accept(Manners manners) {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        clients.add(client);
        Thread thread = new Thread(() -> meet(manners, client), "strange-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void meet(Manners manners, Socket client) {
    try (client) {
      manners.meet(client);
    } catch (IOException hungUp) {
      // Clients that do not understand each other part like this.
    }
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}

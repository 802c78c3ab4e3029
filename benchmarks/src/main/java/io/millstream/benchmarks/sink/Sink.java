package io.millstream.benchmarks.sink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The program of the sink: one thread, one selector. It prints its port, then a {@link SinkCount}
 * for each line that it reads from its standard input, and ends with that input.
 */
public final class Sink {

  private final Selector selector = Selector.open();
  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final Tally tally = new Tally();
  private final AtomicInteger countsAsked = new AtomicInteger();
  private final ControlAnswers controlAnswers;

  private Sink() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    int port = server.socket().getLocalPort();
    controlAnswers = new ControlAnswers(port);
    System.out.println(port);
  }

  /** Runs the sink until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    Sink sink = new Sink();
    Thread orders = new Thread(sink::readOrders, "orders");
    orders.setDaemon(true);
    orders.start();
    sink.run();
  }

  private void readOrders() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      while (in.readLine() != null) {
        countsAsked.incrementAndGet();
        selector.wakeup();
      }
    } catch (IOException broken) {
      // A broken pipe means the same as its end.
    }
    Runtime.getRuntime().halt(0);
  }

  private void run() throws IOException {
    while (true) {
      selector.select(this::ready);
      for (int left = countsAsked.getAndSet(0); left > 0; left--) {
        System.out.println(tally.now().line());
      }
    }
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        ((SinkConnection) key.attachment()).ready();
      }
    } catch (IOException lost) {
      // The client has gone; measurements end so.
      key.cancel();
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    key.attach(new SinkConnection(channel, key, controlAnswers, tally));
  }
}

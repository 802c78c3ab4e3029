package io.millstream.testing.fake;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Where the brokers of a fake cluster run: one thread, a clock, chance and a network. Everything
 * but {@link #call} is only for that thread.
 */
public interface BrokerHost {

  /** {@return nanoseconds since an arbitrary moment} */
  long nanoTime();

  /** {@return milliseconds since 1970-01-01 UTC} */
  long wallMillis();

  /** {@return the brokers' source of random numbers} */
  RandomGenerator random();

  /**
   * Runs a task later on the host's thread, never within this call.
   *
   * @param delayNanos after how long; zero for as soon as possible
   * @param task what to run
   */
  void later(long delayNanos, Runnable task);

  /**
   * Reserves an address for a broker; connections are refused until it is opened.
   *
   * @param brokerId whose address it is
   * @param reception is told of each connection
   * @return the address, not open yet
   */
  Endpoint endpoint(int brokerId, Reception reception);

  /**
   * Runs a task on the host's thread and waits for it. Any thread may call this.
   *
   * @param task what to run
   * @param <T> the type of the result
   * @return its result
   */
  <T> T call(Supplier<T> task);

  /**
   * Notes an event for whoever looks for the history of a test.
   *
   * @param event one line without a time
   */
  void note(String event);

  /** The address of one broker. */
  interface Endpoint {

    /** {@return the host to be told to clients} */
    String host();

    /** {@return the port} */
    int port();

    /** Accepts connections from now on. */
    void open();

    /** Refuses connections from now on and cuts those that there are; their listeners are told. */
    void close();
  }

  /** Learns of connections to a broker. */
  interface Reception {

    /**
     * A client has connected.
     *
     * @param peer the client's end
     * @return who learns what it sends
     */
    PeerListener accept(Peer peer);
  }

  /** The other end of a connection. */
  interface Peer {

    /** {@return what names the connection in notes} */
    String name();

    /**
     * Sends bytes; never blocks.
     *
     * @param parts bytes from position to limit, which must not change any more
     */
    void send(ByteBuffer... parts);

    /** Closes the connection after what was sent; the listener is not told. */
    void close();
  }

  /** Learns what the other end of a connection does. */
  interface PeerListener {

    /**
     * Bytes have arrived.
     *
     * @param bytes from position to limit, to be read within this call
     */
    void received(ByteBuffer bytes);

    /** The connection is gone; told once, as the last thing. */
    void closed();
  }
}

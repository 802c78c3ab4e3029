package io.millstream.network;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiMessage;
import io.millstream.protocol.RequestHeader;
import io.millstream.protocol.ResponseHeader;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * A clock that stands still until a test moves it, and a network in memory whose other ends the
 * test plays. Everything runs on the thread of the test.
 */
final class SteppedWorld implements Environment, Clock, Transport, TransportSelector {

  /** What a connection attempt meets. */
  enum Fate {
    ACCEPTED,
    REFUSED_AT_ONCE,
    REFUSED,
    IGNORED
  }

  final List<FakeChannel> channels = new ArrayList<>();
  final List<String> resolved = new ArrayList<>();
  final Map<String, List<String>> names = new HashMap<>();
  final Map<String, String> canonicalNames = new HashMap<>();
  final Map<String, Fate> fates = new HashMap<>();
  private final Random random = new Random(5);
  Executor lookups = Runnable::run;
  private long nowNanos = 1_000_000_000L;

  /** The client's end of a connection, and what the broker does with it. */
  static final class FakeChannel implements TransportChannel {
    final String address;
    private final Fate fate;
    private final ReadinessListener listener;
    private final ArrayDeque<Byte> inbound = new ArrayDeque<>();
    private final ByteArrayOutputStream outbound = new ByteArrayOutputStream();
    private int taken;
    private boolean connected;
    private boolean wantsRead;
    private boolean wantsWrite;
    private boolean broken;
    int room = Integer.MAX_VALUE;
    int writes;
    boolean closed;

    private FakeChannel(String address, Fate fate, ReadinessListener listener) {
      this.address = address;
      this.fate = fate;
      this.listener = listener;
    }

    @Override
    public boolean finishConnect() throws IOException {
      if (fate == Fate.REFUSED) {
        throw new IOException("refused");
      }
      connected = true;
      return true;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      check();
      int count = 0;
      while (target.hasRemaining() && !inbound.isEmpty()) {
        target.put(inbound.remove());
        count++;
      }
      return count;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
      check();
      writes++;
      long count = 0;
      for (int i = offset; i < offset + length; i++) {
        while (sources[i].hasRemaining() && room > 0) {
          outbound.write(sources[i].get());
          room--;
          count++;
        }
      }
      return count;
    }

    private void check() throws IOException {
      if (closed) {
        throw new IllegalStateException("used after it was closed");
      }
      if (broken) {
        throw new IOException("reset by peer");
      }
    }

    @Override
    public void interest(boolean readable, boolean writable) {
      wantsRead = readable;
      wantsWrite = writable;
    }

    @Override
    public void close() {
      closed = true;
    }

    void breakDown() {
      broken = true;
    }

    /** Returns the bytes that were written and not looked at. */
    int unread() {
      return outbound.size() - taken;
    }

    /** Takes the next whole request, or fails. */
    ScriptedServer.Request request() {
      ByteBuffer written = ByteBuffer.wrap(outbound.toByteArray()).position(taken);
      if (written.remaining() < 4 || written.getInt(taken) > written.remaining() - 4) {
        throw new AssertionError("There is no whole request, only " + unread() + " bytes");
      }
      int length = written.getInt();
      taken += 4 + length;
      WireReader reader = new WireReader(written.slice(written.position(), length));
      return new ScriptedServer.Request(RequestHeader.read(reader), reader);
    }

    void answer(ScriptedServer.Request request, ApiMessage response) {
      RequestHeader header = request.header();
      WireWriter writer = new WireWriter();
      ApiKey key = ApiKey.find(header.apiKey());
      if (key == null) {
        throw new AssertionError("unknown API " + header);
      }
      ResponseHeader.write(writer, key, header.apiVersion(), header.correlationId());
      response.write(writer, header.apiVersion());
      for (ByteBuffer part : writer.toFrame()) {
        while (part.hasRemaining()) {
          inbound.add(part.get());
        }
      }
    }

    private boolean tell() {
      if (closed || fate == Fate.IGNORED) {
        return false;
      }
      if (!connected) {
        listener.ready(true, false, false);
        return true;
      }
      boolean readable = wantsRead && (!inbound.isEmpty() || broken);
      boolean writable = wantsWrite && room > 0;
      if (readable || writable) {
        listener.ready(false, readable, writable);
      }
      return readable || writable;
    }
  }

  FakeChannel lastChannel() {
    return channels.get(channels.size() - 1);
  }

  /** Lets everything happen that can without time passing. */
  void settle(EventLoop loop) {
    int steps = 0;
    while (loop.runOnce(0)) {
      if (++steps > 100_000) {
        throw new AssertionError("The loop never comes to rest");
      }
    }
  }

  /** Lets time pass from one timer to the next. */
  void advance(EventLoop loop, Duration duration) {
    settle(loop);
    long endNanos = nowNanos + duration.toNanos();
    while (loop.nextTimerNanos() <= endNanos) {
      nowNanos = Math.max(nowNanos, loop.nextTimerNanos());
      settle(loop);
    }
    nowNanos = endNanos;
    settle(loop);
  }

  @Override
  public TransportChannel connect(
      InetSocketAddress address, ChannelOptions options, ReadinessListener listener)
      throws IOException {
    String text = address.getAddress().getHostAddress();
    Fate fate = fates.getOrDefault(text, Fate.ACCEPTED);
    FakeChannel channel = new FakeChannel(text, fate, listener);
    channels.add(channel);
    if (fate == Fate.REFUSED_AT_ONCE) {
      channel.close();
      throw new IOException("unreachable");
    }
    return channel;
  }

  @Override
  public boolean poll(long maxWaitNanos) {
    boolean told = false;
    for (FakeChannel channel : List.copyOf(channels)) {
      told |= channel.tell();
    }
    return told;
  }

  @Override
  public NameResolver resolver() {
    return new NameResolver() {
      @Override
      public List<InetAddress> resolve(String host) throws UnknownHostException {
        resolved.add(host);
        List<String> addresses = names.get(host);
        if (addresses == null) {
          throw new UnknownHostException(host);
        }
        List<InetAddress> found = new ArrayList<>();
        for (String address : addresses) {
          found.add(InetAddress.getByName(address));
        }
        return found;
      }

      @Override
      public String canonicalName(InetAddress address) {
        return canonicalNames.getOrDefault(address.getHostAddress(), address.getHostAddress());
      }
    };
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public long wallMillis() {
    return nowNanos / 1_000_000;
  }

  @Override
  public Transport transport() {
    return this;
  }

  @Override
  public TransportSelector openSelector() {
    return this;
  }

  @Override
  public void wakeup() {}

  @Override
  public void close() {}

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Executor helpers() {
    throw new UnsupportedOperationException("A connection needs nothing but lookups");
  }

  @Override
  public Executor lookups() {
    return lookups;
  }

  @Override
  public Waiting waiting() {
    return () -> new ParkingGate(this);
  }

  @Override
  public void drive(EventLoop driven, String name) {}
}

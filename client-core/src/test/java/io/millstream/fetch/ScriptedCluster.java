package io.millstream.fetch;

import io.millstream.network.ChannelOptions;
import io.millstream.network.Clock;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.network.NameResolver;
import io.millstream.network.ReadinessListener;
import io.millstream.network.Transport;
import io.millstream.network.TransportChannel;
import io.millstream.network.TransportSelector;
import io.millstream.network.Waiting;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.RequestHeader;
import io.millstream.protocol.ResponseHeader;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A world with a clock that stands still and brokers in memory. They tell of versions, topics and
 * the ends of logs; fetches wait until the test answers them.
 */
final class ScriptedCluster implements Environment, Transport {

  private static final int FIRST_PORT = 9_000;
  private static final Duration STEP = Duration.ofMillis(5);

  private long nowNanos = 1_000_000_000L;
  private final List<Channel> channels = new ArrayList<>();
  private final List<Fetch> fetches = new ArrayList<>();
  private final ScriptedAnswers answers;
  private @Nullable EventLoop loop;

  /** A fetch that waits for its answer. */
  record Fetch(int broker, short version, FetchRequest request, int correlationId, Channel from) {}

  ScriptedCluster(int brokers) {
    answers = new ScriptedAnswers(brokers, FIRST_PORT);
  }

  void use(EventLoop stepped) {
    loop = stepped;
  }

  ScriptedAnswers.Topic topic(String name, int... leaders) {
    return answers.topic(name, leaders);
  }

  /** Brokers that are too old for topic ids in a fetch. */
  void speaksFetch(int newest) {
    answers.speaksFetch(newest);
  }

  void run(Runnable task) {
    stepped().execute(task);
    settle();
  }

  private EventLoop stepped() {
    if (loop == null) {
      throw new IllegalStateException("there is no loop to step");
    }
    return loop;
  }

  void settle() {
    while (stepped().runOnce(0)) {
      // Until nothing is left to do at this moment.
    }
  }

  void advance(Duration duration) {
    long end = nowNanos + duration.toNanos();
    settle();
    while (nowNanos < end) {
      nowNanos = Math.min(end, nowNanos + STEP.toNanos());
      settle();
    }
  }

  List<Fetch> fetches() {
    return fetches;
  }

  /** Returns the only fetch that waits. */
  Fetch fetch() {
    if (fetches.size() != 1) {
      throw new AssertionError("one fetch was expected, there are " + fetches);
    }
    return fetches.get(0);
  }

  void answer(Fetch fetch, ApiResponse response) {
    fetches.remove(fetch);
    fetch.from.send(ApiKey.FETCH, fetch.version, fetch.correlationId, response);
    settle();
  }

  void disconnect(Fetch fetch) {
    fetches.remove(fetch);
    fetch.from.closedByBroker = true;
    settle();
  }

  private void received(Channel from, ByteBuffer frame) {
    WireReader in = new WireReader(frame);
    RequestHeader header = RequestHeader.read(in);
    ApiKey key = ApiKey.find(header.apiKey());
    if (key == null) {
      throw new AssertionError("unknown API " + header);
    }
    short version = header.apiVersion();
    ApiRequest<?> request = (ApiRequest<?>) key.readRequest(in, version);
    if (request instanceof FetchRequest fetch) {
      fetches.add(new Fetch(from.broker, version, fetch, header.correlationId(), from));
      return;
    }
    from.send(key, version, header.correlationId(), answers.to(request));
  }

  /** One connection; what is written to it is read as requests at once. */
  final class Channel implements TransportChannel {

    private final int broker;
    private final ReadinessListener listener;
    private final ArrayDeque<ByteBuffer> toClient = new ArrayDeque<>();
    private ByteArrayOutputStream fromClient = new ByteArrayOutputStream();
    private boolean connected;
    private boolean readable;
    private boolean closed;
    private boolean closedByBroker;

    Channel(int broker, ReadinessListener listener) {
      this.broker = broker;
      this.listener = listener;
    }

    boolean tell() {
      if (closed) {
        return false;
      }
      if (!connected) {
        listener.ready(true, false, false);
        return true;
      }
      if (readable && (closedByBroker || !toClient.isEmpty())) {
        listener.ready(false, true, false);
        return true;
      }
      return false;
    }

    void send(ApiKey key, short version, int correlationId, ApiResponse response) {
      WireWriter out = new WireWriter();
      ResponseHeader.write(out, key, version, correlationId);
      response.write(out, version);
      toClient.addAll(Arrays.asList(out.toFrame()));
    }

    @Override
    public boolean finishConnect() {
      connected = true;
      return true;
    }

    @Override
    public int read(ByteBuffer target) {
      int before = target.position();
      while (target.hasRemaining() && !toClient.isEmpty()) {
        ByteBuffer next = toClient.element();
        int bytes = Math.min(next.remaining(), target.remaining());
        target.put(target.position(), next, next.position(), bytes);
        target.position(target.position() + bytes);
        next.position(next.position() + bytes);
        if (!next.hasRemaining()) {
          toClient.remove();
        }
      }
      return target.position() == before && closedByBroker ? -1 : target.position() - before;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
      long written = 0;
      for (int i = offset; i < offset + length; i++) {
        byte[] bytes = new byte[sources[i].remaining()];
        sources[i].get(bytes);
        fromClient.writeBytes(bytes);
        written += bytes.length;
      }
      ByteBuffer all = ByteBuffer.wrap(fromClient.toByteArray());
      while (all.remaining() >= Integer.BYTES
          && all.remaining() >= Integer.BYTES + all.getInt(all.position())) {
        int size = all.getInt();
        ByteBuffer frame = all.slice(all.position(), size);
        all.position(all.position() + size);
        received(this, frame);
      }
      fromClient = new ByteArrayOutputStream();
      fromClient.write(all.array(), all.position(), all.remaining());
      return written;
    }

    @Override
    public void interest(boolean nowReadable, boolean writable) {
      readable = nowReadable;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Override
  public TransportSelector openSelector() {
    return new TransportSelector() {
      @Override
      public TransportChannel connect(
          InetSocketAddress address, ChannelOptions options, ReadinessListener listener) {
        Channel channel = new Channel(address.getPort() - FIRST_PORT, listener);
        channels.add(channel);
        return channel;
      }

      @Override
      public boolean poll(long maxWaitNanos) {
        boolean told = false;
        for (Channel channel : List.copyOf(channels)) {
          told |= channel.tell();
        }
        return told;
      }

      @Override
      public void wakeup() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Clock clock() {
    return new Clock() {
      @Override
      public long nanoTime() {
        return nowNanos;
      }

      @Override
      public long wallMillis() {
        return nowNanos / 1_000_000;
      }
    };
  }

  @Override
  public Transport transport() {
    return this;
  }

  @Override
  public NameResolver resolver() {
    return host -> List.of(InetAddress.getLoopbackAddress());
  }

  @Override
  public RandomGenerator random() {
    return new Random(1);
  }

  @Override
  public Executor helpers() {
    return Runnable::run;
  }

  @Override
  public Waiting waiting() {
    return () ->
        new Gate() {
          @Override
          public boolean await(BooleanSupplier condition, long deadlineNanos) {
            return condition.getAsBoolean();
          }

          @Override
          public void open() {}
        };
  }

  @Override
  public void drive(EventLoop driven, String name) {}
}

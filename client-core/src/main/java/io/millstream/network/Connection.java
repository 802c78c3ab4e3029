package io.millstream.network;

import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.BrokerVersions;
import io.millstream.protocol.RequestHeader;
import io.millstream.wire.MalformedFrameException;
import io.millstream.wire.WireWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to one address of a broker, from the connecting to the end. Requests are pipelined
 * and answered in order. Owned by the event loop.
 */
final class Connection implements ReadinessListener, Greeting.Line {

  private enum State {
    CONNECTING,
    HANDSHAKE,
    READY,
    CLOSING,
    CLOSED
  }

  /** Who opened the connection. */
  interface Owner {

    /** Requests can be sent. */
    void ready(Connection connection, BrokerVersions versions);

    /** The broker wants to be left in peace for a while. */
    void throttled(int millis);

    /** The connection is gone. The calls that were under way fail after this. */
    void closed(Connection connection, boolean wasReady, Closure closure);
  }

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int READS_PER_TURN = 16;
  private static final long AT_ONCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Connections connections;
  private final EventLoop loop;
  private final BrokerAddress broker;
  private final Owner owner;
  private final FrameReader frames = new FrameReader();
  private final FrameWriter writer;
  private final String text;
  private final Unanswered unanswered;
  private final ConnectionCounts counts;
  private State state = State.CONNECTING;
  private @Nullable TransportChannel channel;
  private @Nullable Timer setupTimer;
  private @Nullable BrokerVersions versions;
  private boolean flushQueued;
  private boolean answered;
  private int nextCorrelationId;
  private long lastUseNanos;

  Connection(
      Connections connections, BrokerAddress broker, Owner owner, InetSocketAddress address) {
    this.connections = connections;
    this.loop = connections.loop();
    this.broker = broker;
    this.owner = owner;
    this.writer = new FrameWriter(this::written);
    String numeric = address.getAddress().getHostAddress();
    this.text = numeric.equals(broker.host()) ? broker.toString() : broker + " at " + numeric;
    this.unanswered = new Unanswered(text);
    this.counts = new ConnectionCounts(loop.metrics().network(), broker.id());
    this.lastUseNanos = loop.nanoTime();
  }

  /** Begins to connect. The owner learns the outcome later, never within this call. */
  void open(InetSocketAddress address, long setupTimeoutNanos) {
    setupTimer = loop.schedule(setupTimeoutNanos, () -> setupTimedOut(setupTimeoutNanos));
    try {
      channel = loop.connect(address, connections.settings().channel(), this);
    } catch (IOException | RuntimeException e) {
      loop.execute(() -> close(Closure.lost(broker.cannotConnect(text, e), e)));
    }
  }

  /** Returns how many requests are written, or are to be written, and not answered. */
  int inFlight() {
    return unanswered.size() + writer.pending();
  }

  /** Says whether an answer is missing for which its caller waits no longer. */
  boolean overdue() {
    return unanswered.anyAbandoned();
  }

  @Nullable BrokerVersions versions() {
    return versions;
  }

  /** Says what keeps a connection from being ready, as a part of a sentence. */
  String obstacle() {
    return state == State.HANDSHAKE
        ? "the connection was accepted but nothing was answered yet" + FirstBytes.PROBABLY
        : "the connection is being set up";
  }

  long lastUseNanos() {
    return lastUseNanos;
  }

  /** Sends a request; the connection must be ready. Failures come later, never within this call. */
  void send(Call<?> call) {
    if (state != State.READY || versions == null) {
      throw new IllegalStateException("The connection to " + text + " is " + state);
    }
    try {
      enqueue(call, call.spec().version(versions));
    } catch (UnsupportedVersionException e) {
      String detail =
          "%s cannot be sent to %s: %s".formatted(call.spec().apiKey(), text, e.getMessage());
      refuse(call, RequestFailure.Kind.UNSUPPORTED_VERSION, detail, e);
    } catch (RuntimeException e) {
      String detail = "%s could not be written for %s".formatted(call.spec().apiKey(), text);
      refuse(call, RequestFailure.Kind.MALFORMED, detail, e);
    }
  }

  /**
   * Ends the connection because a call that it sent got no answer in time. One that was refused,
   * and has not learnt of it, ends alone, and so does one whose caller waits for less than what
   * shows the connection to be dead.
   *
   * @param impatient runs when that time is over, too
   */
  void timedOut(Call<?> call, Runnable impatient) {
    if (!call.begun()) {
      String detail =
          "%s was not sent to %s within %s"
              .formatted(call.spec().apiKey(), text, call.timeoutText());
      call.fail(new RequestFailure(RequestFailure.Kind.TIMED_OUT, false, detail, null), loop);
      return;
    }
    String detail =
        "%s did not answer within %s; %d requests were under way to it"
            .formatted(text, call.timeoutText(), inFlight());
    Closure closure = Closure.timedOut(detail, call);
    if (!call.abandon(closure.failureOf(call, true), loop, impatient)) {
      close(closure);
    }
  }

  void close(Closure closure) {
    if (state == State.CLOSING || state == State.CLOSED) {
      return;
    }
    boolean wasReady = state == State.READY;
    transition(State.CLOSING);
    if (setupTimer != null) {
      setupTimer.cancel();
    }
    // Closed before any call learns of it: from then on nobody reads the buffers of the calls.
    if (channel != null) {
      channel.close();
    }
    List<Call<?>> written = unanswered.removeAll();
    List<Call<?>> begun = new ArrayList<>();
    List<Call<?>> untouched = new ArrayList<>();
    writer.abandon(begun, untouched);
    transition(State.CLOSED);
    counts.closed();
    owner.closed(this, wasReady, closure);
    written.forEach(call -> call.fail(closure.failureOf(call, true), loop));
    begun.forEach(call -> call.fail(closure.failureOf(call, true), loop));
    untouched.forEach(call -> call.fail(closure.failureOf(call, false), loop));
  }

  @Override
  public void ready(boolean connectable, boolean readable, boolean writable) {
    loop.assertInLoop();
    TransportChannel open = channel;
    if (open == null || state == State.CLOSING || state == State.CLOSED) {
      return;
    }
    try {
      if (state == State.CONNECTING) {
        if (open.finishConnect()) {
          beginHandshake(open);
        }
        return;
      }
      if (readable) {
        read(open);
      }
      if (writable && state != State.CLOSED) {
        flush();
      }
    } catch (IOException e) {
      close(Closure.lost(brokenText(e), e));
    }
  }

  private void beginHandshake(TransportChannel open) {
    transition(State.HANDSHAKE);
    counts.opened();
    open.interest(true, false);
    new Greeting(text, loop, this).begin(Handshake.with(broker, connections.expectedClusterId()));
  }

  @Override
  public void agreed(BrokerVersions agreed) {
    versions = agreed;
    transition(State.READY);
    if (setupTimer != null) {
      setupTimer.cancel();
      setupTimer = null;
    }
    owner.ready(this, agreed);
  }

  @Override
  public void refused(String detail) {
    close(Closure.lost(detail, null));
  }

  @Override
  public void wrongBroker(String detail) {
    refused(detail);
    connections.wrongCluster(broker);
  }

  @Override
  public void enqueue(Call<?> call, short version) {
    int correlationId = nextCorrelationId;
    WireWriter out = new WireWriter();
    RequestHeader.write(
        out, call.spec().apiKey(), version, correlationId, connections.settings().clientId());
    call.spec().write(out, version);
    nextCorrelationId = correlationId == Integer.MAX_VALUE ? 0 : correlationId + 1;
    call.writing(version, correlationId);
    lastUseNanos = loop.nanoTime();
    writer.add(call, out.toFrame());
    counts.inFlight(inFlight());
    // Not at once: what is sent in the same step of the loop leaves in one gathering write, and
    // whoever sends is not told of a failure within its own call.
    if (!flushQueued) {
      flushQueued = true;
      loop.execute(this::flushQueued);
    }
  }

  private void refuse(Call<?> call, RequestFailure.Kind kind, String detail, Throwable cause) {
    loop.execute(
        () -> {
          // It may have timed out meanwhile.
          if (!call.done()) {
            call.fail(new RequestFailure(kind, false, detail, cause), loop);
          }
        });
  }

  private void flushQueued() {
    flushQueued = false;
    if (state == State.HANDSHAKE || state == State.READY) {
      try {
        flush();
      } catch (IOException e) {
        close(Closure.lost(brokenText(e), e));
      }
    }
  }

  private void flush() throws IOException {
    if (channel != null) {
      boolean all = writer.write(channel);
      // A call that was told of its writing may have closed the connection.
      if (state == State.HANDSHAKE || state == State.READY) {
        channel.interest(true, !all);
      }
    }
  }

  private void written(Call<?> call, long bytes) {
    counts.written(bytes);
    if (call.spec().answered()) {
      unanswered.add(call);
    } else {
      counts.inFlight(inFlight());
      call.written(loop);
    }
  }

  private void read(TransportChannel open) throws IOException {
    ByteBuffer buffer = connections.readBuffer();
    for (int turn = 0; turn < READS_PER_TURN; turn++) {
      buffer.clear();
      int count = open.read(buffer);
      if (count < 0) {
        close(Closure.lost(text + " closed the connection" + unexpectedEnd(), null));
        return;
      }
      if (count == 0) {
        return;
      }
      counts.read(count);
      buffer.flip();
      if (!takeFrames(buffer) || count < buffer.capacity()) {
        return;
      }
    }
  }

  /** Returns whether the connection is still open. */
  private boolean takeFrames(ByteBuffer buffer) {
    while (true) {
      ByteBuffer frame;
      try {
        frame = frames.next(buffer, connections.settings().maxFrameBytes());
      } catch (MalformedFrameException e) {
        String detail = text + " " + e.getMessage();
        Call<?> next = unanswered.next();
        // Who asked for more than is accepted would only be answered the same again.
        close(
            next == null || state != State.READY
                ? Closure.lost(detail, e)
                : Closure.malformed(detail, e, next));
        return false;
      }
      if (frame == null) {
        return true;
      }
      lastUseNanos = loop.nanoTime();
      take(frame);
      if (state == State.CLOSED) {
        return false;
      }
    }
  }

  private void take(ByteBuffer frame) {
    answered |= state == State.READY;
    counts.answered();
    Unanswered.Answer answer = unanswered.answer(frame, loop);
    counts.inFlight(inFlight());
    if (answer.closure() != null) {
      close(answer.closure());
    } else if (answer.throttleMillis() > 0 && state == State.READY) {
      owner.throttled(answer.throttleMillis());
    }
  }

  private void setupTimedOut(long timeoutNanos) {
    String after = Durations.text(timeoutNanos);
    close(
        Closure.lost(
            state == State.CONNECTING
                ? "%s did not accept the connection within %s".formatted(text, after)
                : "%s accepted the connection but did not answer within %s%s"
                    .formatted(text, after, FirstBytes.PROBABLY),
            null));
  }

  private String brokenText(IOException e) {
    return state == State.CONNECTING
        ? broker.cannotConnect(text, e)
        : "The connection to " + text + " broke: " + Closure.reason(e) + unexpectedEnd();
  }

  private String unexpectedEnd() {
    if (frames.nothingYet()) {
      return " before its first answer" + FirstBytes.PROBABLY;
    }
    // What is parked as the first request may meet the end of its broker much later.
    boolean atOnce = loop.nanoTime() - lastUseNanos < AT_ONCE_NANOS;
    return state == State.READY && !answered && inFlight() > 0 && atOnce
        ? " after the handshake, without an answer to the first request" + FirstBytes.SASL
        : "";
  }

  private void transition(State next) {
    boolean allowed =
        switch (next) {
          case CONNECTING -> false;
          case HANDSHAKE -> state == State.CONNECTING;
          case READY -> state == State.HANDSHAKE;
          case CLOSING -> state != State.CLOSED && state != State.CLOSING;
          case CLOSED -> state == State.CLOSING;
        };
    if (!allowed) {
      throw new IllegalStateException(
          "The connection to %s cannot go from %s to %s".formatted(text, state, next));
    }
    LOG.trace("{}: {} -> {}", text, state, next);
    state = next;
  }
}

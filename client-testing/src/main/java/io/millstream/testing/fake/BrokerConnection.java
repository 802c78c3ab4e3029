package io.millstream.testing.fake;

import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.RequestHeader;
import io.millstream.protocol.ResponseHeader;
import io.millstream.testing.fake.BrokerHost.Peer;
import io.millstream.testing.fake.BrokerHost.PeerListener;
import io.millstream.wire.MalformedFrameException;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection at a broker's side. Its requests are handled one at a time, in order. */
final class BrokerConnection implements PeerListener {

  private static final int SIZE_BYTES = 4;
  private static final int LARGEST_FRAME_BYTES = 100 * 1024 * 1024;

  private final FakeBroker broker;
  private final ClusterState cluster;
  private final Peer peer;
  private final ArrayDeque<ByteBuffer> frames = new ArrayDeque<>();
  private final ByteBuffer size = ByteBuffer.allocate(SIZE_BYTES);
  private @Nullable ByteBuffer frame;
  private boolean busy;
  private boolean open = true;

  BrokerConnection(FakeBroker broker, Peer peer) {
    this.broker = broker;
    this.cluster = broker.cluster();
    this.peer = peer;
  }

  FakeBroker broker() {
    return broker;
  }

  boolean open() {
    return open;
  }

  @Override
  public void received(ByteBuffer bytes) {
    while (bytes.hasRemaining() && open) {
      ByteBuffer current = frame;
      if (current == null) {
        move(bytes, size);
        if (!size.hasRemaining()) {
          int length = size.getInt(0);
          size.clear();
          if (length < 0 || length > LARGEST_FRAME_BYTES) {
            close();
            return;
          }
          frame = ByteBuffer.allocate(length);
        }
      } else {
        move(bytes, current);
        if (!current.hasRemaining()) {
          frames.add(current.flip());
          frame = null;
        }
      }
    }
    handleNext();
  }

  private static void move(ByteBuffer from, ByteBuffer to) {
    int count = Math.min(from.remaining(), to.remaining());
    to.put(from.slice().limit(count));
    from.position(from.position() + count);
  }

  @Override
  public void closed() {
    open = false;
    frames.clear();
  }

  void close() {
    if (open) {
      closed();
      peer.close();
    }
  }

  /** Goes on to the next request; the one before is done with. */
  void next() {
    busy = false;
    handleNext();
  }

  private void handleNext() {
    ByteBuffer next = busy ? null : frames.poll();
    if (next != null) {
      busy = true;
      long nanos = cluster.timing().processingNanos(cluster.random()) + broker.slownessNanos();
      broker.later(nanos, () -> handle(next));
    }
  }

  /** Acts on a request that has come whole, as brokers do, even if nobody waits for it any more. */
  private void handle(ByteBuffer bytes) {
    try {
      WireReader in = new WireReader(bytes);
      RequestHeader header = RequestHeader.read(in);
      ApiKey apiKey = ApiKey.find(header.apiKey());
      if (apiKey == null) {
        note("closed for unknown API " + header.apiKey());
        close();
      } else if (cluster.versions().speaks(apiKey, header.apiVersion())) {
        note(apiKey + " " + header.apiVersion() + " asked");
        if (apiKey == ApiKey.API_VERSIONS) {
          note("talks with client.id " + header.clientId());
        }
        call(
            cluster.handlers().of(apiKey),
            apiKey,
            header,
            apiKey.readRequest(in, header.apiVersion()));
      } else if (apiKey == ApiKey.API_VERSIONS) {
        Exchange<ApiVersionsResponse> exchange = new Exchange<>(this, apiKey, header);
        exchange.answerIn((short) 0, ApiVersions.refusal(cluster.versions()));
      } else {
        note("closed for " + apiKey + " " + header.apiVersion());
        close();
      }
    } catch (MalformedFrameException | UnsupportedVersionException e) {
      note("closed for bytes that are no request: " + e.getMessage());
      close();
    }
  }

  // The table of handlers holds for each API the one that takes its requests.
  @SuppressWarnings("unchecked")
  private <Q extends ApiRequest<A>, A extends ApiResponse> void call(
      Handler<?, ?> found, ApiKey apiKey, RequestHeader header, ApiRequest<?> request) {
    Handler<Q, A> handler = (Handler<Q, A>) found;
    Exchange<A> exchange = new Exchange<>(this, apiKey, header);
    ErrorCode refusal = cluster.faults().nextRefusal(apiKey);
    if (refusal == null) {
      handler.handle((Q) request, exchange);
    } else {
      note(apiKey + " refused with " + refusal);
      exchange.answer(handler.refuse((Q) request, refusal, header.apiVersion()));
    }
  }

  <A extends ApiResponse> void answer(ApiKey apiKey, RequestHeader header, A answer) {
    int delayMillis = cluster.faults().nextDelayMillis(apiKey);
    if (delayMillis > 0) {
      note(apiKey + " answer is late");
      broker.later(
          TimeUnit.MILLISECONDS.toNanos(delayMillis), () -> answerNow(apiKey, header, answer));
    } else {
      answerNow(apiKey, header, answer);
    }
  }

  // As above.
  @SuppressWarnings("unchecked")
  private <A extends ApiResponse> void answerNow(ApiKey apiKey, RequestHeader header, A answer) {
    if (!open) {
      note(apiKey + " answer comes too late");
      return;
    }
    if (cluster.faults().losesAnswer(apiKey)) {
      note(apiKey + " answer lost");
      close();
      return;
    }
    int throttleMillis = cluster.faults().nextThrottleMillis(apiKey);
    A told = answer;
    if (throttleMillis > 0) {
      told = ((Handler<?, A>) cluster.handlers().of(apiKey)).throttled(answer, throttleMillis);
    }
    WireWriter out = new WireWriter();
    ResponseHeader.write(out, apiKey, header.apiVersion(), header.correlationId());
    told.write(out, header.apiVersion());
    ByteBuffer[] frameParts = out.toFrame();
    note(apiKey + " answered");
    broker.whenRunning(() -> peer.send(frameParts));
    broker.later(TimeUnit.MILLISECONDS.toNanos(throttleMillis), this::next);
  }

  void note(String event) {
    cluster.host().note(peer.name() + " broker-" + broker.id() + " " + event);
  }
}

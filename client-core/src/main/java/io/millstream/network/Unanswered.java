package io.millstream.network;

import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.ResponseHeader;
import io.millstream.wire.MalformedFrameException;
import io.millstream.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a connection that are written and not answered: a broker answers them in order.
 * Owned by the event loop.
 */
final class Unanswered {

  private final String peer;
  private final ArrayDeque<Call<?>> calls = new ArrayDeque<>();

  /**
   * What came of a frame.
   *
   * @param throttleMillis for how long the broker wants to be left in peace
   * @param closure why the connection has to end; null if it has not
   */
  record Answer(int throttleMillis, @Nullable Closure closure) {}

  /**
   * Creates the calls of a connection.
   *
   * @param peer names the broker in sentences
   */
  Unanswered(String peer) {
    this.peer = peer;
  }

  int size() {
    return calls.size();
  }

  /** Says whether an answer takes longer than its caller has waited. */
  boolean anyAbandoned() {
    for (Call<?> call : calls) {
      if (call.abandoned()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the one whose answer comes next, null for none. */
  @Nullable Call<?> next() {
    return calls.peek();
  }

  void add(Call<?> call) {
    calls.add(call);
  }

  /** Takes all of them away. */
  List<Call<?>> removeAll() {
    List<Call<?>> all = new ArrayList<>(calls);
    calls.clear();
    return all;
  }

  /** Gives a frame to the call whose turn it is; its reply may close the connection. */
  Answer answer(ByteBuffer frame, EventLoop loop) {
    Call<?> call = calls.peek();
    if (call == null) {
      return broken(peer + " sent an answer without a request");
    }
    try {
      WireReader in = new WireReader(frame);
      int correlationId = ResponseHeader.read(in, call.spec().apiKey(), call.version());
      if (correlationId != call.correlationId()) {
        return broken(
            "%s answered request %d where the answer to %d (%s) was due"
                .formatted(peer, correlationId, call.correlationId(), call.spec().apiKey()));
      }
      return new Answer(call.answer(in, loop, calls::remove), null);
    } catch (MalformedFrameException | UnsupportedVersionException e) {
      String detail =
          "%s sent an answer that is not %s version %d: %s"
              .formatted(peer, call.spec().apiKey(), call.version(), e.getMessage());
      return new Answer(0, Closure.malformed(detail, e, call));
    }
  }

  private static Answer broken(String detail) {
    return new Answer(0, Closure.lost(detail, null));
  }
}

package io.millstream.benchmarks.sink;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.RequestHeader;
import io.millstream.protocol.ResponseHeader;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One client's connection. For the thread of the selector alone. */
final class SinkConnection {

  private static final int SIZE_BYTES = 4;
  private static final int IN_BYTES = 4 * 1024 * 1024;
  private static final int OUT_BYTES = 1024 * 1024;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final ControlAnswers controlAnswers;
  private final ProduceWalk produceWalk;
  private final Tally tally;

  /** Holds at most one request that is not whole yet, behind what was taken already. */
  private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);

  private final ByteBuffer out = ByteBuffer.allocateDirect(OUT_BYTES);
  private int taken;

  SinkConnection(
      SocketChannel channel, SelectionKey key, ControlAnswers controlAnswers, Tally tally) {
    this.channel = channel;
    this.key = key;
    this.controlAnswers = controlAnswers;
    this.produceWalk = new ProduceWalk(tally);
    this.tally = tally;
  }

  /** Reads once, answers every whole request, and writes the answers. */
  void ready() throws IOException {
    if (key.isReadable()) {
      int count = channel.read(in);
      if (count < 0) {
        channel.close();
        return;
      }
      tally.received(count);
      takeAll();
    }
    write();
  }

  private void takeAll() {
    while (in.position() - taken >= SIZE_BYTES) {
      int size = in.getInt(taken);
      if (SIZE_BYTES + size > in.capacity()) {
        throw new IllegalStateException("a request of " + size + " bytes");
      }
      int end = taken + SIZE_BYTES + size;
      if (end > in.position()) {
        makeRoom(end);
        return;
      }
      take(in.duplicate().position(taken + SIZE_BYTES).limit(end).slice());
      taken = end;
    }
    makeRoom(taken + SIZE_BYTES);
  }

  /** Moves the beginning of a request to the front if its end would not fit. */
  private void makeRoom(int end) {
    if (taken == in.position()) {
      in.clear();
      taken = 0;
    } else if (end > in.capacity()) {
      in.limit(in.position()).position(taken);
      in.compact();
      taken = 0;
    }
  }

  private void take(ByteBuffer frame) {
    WireReader reader = new WireReader(frame);
    RequestHeader header = RequestHeader.read(reader);
    if (header.apiKey() == ApiKey.PRODUCE.id()) {
      if (header.apiVersion() != ProduceWalk.VERSION) {
        throw new IllegalStateException("produce requests have one version here");
      }
      produceWalk.take(reader, frame, header.correlationId(), out);
      return;
    }
    ApiKey apiKey = ApiKey.find(header.apiKey());
    if (apiKey == null) {
      throw new IllegalStateException("API " + header.apiKey() + " was never offered");
    }
    WireWriter answer = new WireWriter();
    ResponseHeader.write(answer, apiKey, header.apiVersion(), header.correlationId());
    controlAnswers
        .answer(apiKey.readRequest(reader, header.apiVersion()))
        .write(answer, header.apiVersion());
    for (ByteBuffer part : answer.toFrame()) {
      out.put(part);
    }
  }

  private void write() throws IOException {
    out.flip();
    if (out.hasRemaining()) {
      channel.write(out);
    }
    boolean done = !out.hasRemaining();
    out.compact();
    key.interestOps(done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }
}

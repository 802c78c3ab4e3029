package io.millstream.network;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One connection of bytes, never blocking. Only the event loop uses it. A channel that encrypts
 * wraps another: connecting then includes its handshake.
 */
public interface TransportChannel {

  /**
   * Goes on connecting; called when the channel is connectable.
   *
   * @return whether bytes can be read and written now
   * @throws IOException if the connecting failed
   */
  boolean finishConnect() throws IOException;

  /**
   * Reads what has arrived.
   *
   * @param target where to, at its position
   * @return how many bytes were read, 0 where none is there, -1 where the other side has closed
   * @throws IOException if the connection is broken
   */
  int read(ByteBuffer target) throws IOException;

  /**
   * Writes what fits into the send buffer.
   *
   * @param sources buffers whose positions move by what was written
   * @param offset the first of them to be written
   * @param length how many of them to write
   * @return how many bytes were taken, perhaps 0
   * @throws IOException if the connection is broken
   */
  long write(ByteBuffer[] sources, int offset, int length) throws IOException;

  /**
   * Says what the listener is to be told from now on. Readiness is a level, not an edge: it is told
   * again with each poll until the bytes are taken.
   *
   * @param readable whether to tell of bytes to be read, and of the other side having closed
   * @param writable whether to tell of room in the send buffer
   */
  void interest(boolean readable, boolean writable);

  /** Closes the connection; never fails; closing again does nothing. The listener is not told. */
  void close();
}

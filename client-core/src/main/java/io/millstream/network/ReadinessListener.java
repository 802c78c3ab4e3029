package io.millstream.network;

/** Is told what a channel is ready for. Called on the event loop. */
public interface ReadinessListener {

  /**
   * At least one of the three is true.
   *
   * @param connectable {@link TransportChannel#finishConnect} is to be called
   * @param readable there is something to read, or the other side has closed, or an error
   * @param writable there is room to write, or an error
   */
  void ready(boolean connectable, boolean readable, boolean writable);
}

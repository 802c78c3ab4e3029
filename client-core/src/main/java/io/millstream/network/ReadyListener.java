package io.millstream.network;

/** Learns when a broker can be sent requests; see {@link Connections#whenReady}. */
public interface ReadyListener {

  /** A connection is ready and not throttled. */
  void ready();

  /**
   * No connection came about; all addresses of the broker were tried. Whoever still wants one asks
   * again, and waits for the back-off then.
   *
   * @param failure why
   */
  void unreachable(RequestFailure failure);
}

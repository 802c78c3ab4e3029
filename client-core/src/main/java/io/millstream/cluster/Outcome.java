package io.millstream.cluster;

/**
 * Learns how a routed request ended. Exactly one method is called, once, on the event loop, never
 * from within the call that sent the request.
 *
 * @param <R> the answer
 */
public interface Outcome<R> {

  /**
   * A broker answered, without an error or with one that the sender wanted to see.
   *
   * @param response the answer
   * @param version the version of request and answer
   */
  void succeeded(R response, short version);

  /**
   * All attempts failed, or one did so for good.
   *
   * @param exception for the user: what was tried, where, how often, and the last answer
   */
  void failed(RuntimeException exception);
}

package io.millstream.network;

/**
 * Learns how a request ended. Exactly one of the methods is called, once, on the event loop, and
 * never from within the call that sent the request. From then on the buffers of the request are no
 * longer read.
 *
 * @param <R> what the answer was read into
 */
public interface Reply<R> {

  /**
   * The broker answered; the answer may well say that it refused.
   *
   * @param response the answer
   * @param version the version of request and answer
   */
  void answered(R response, short version);

  /**
   * There is no answer.
   *
   * @param failure what is known about it
   */
  void failed(RequestFailure failure);

  /** A request that the broker does not answer, see {@link RequestSpec#answered}, was written. */
  default void written() {}
}

package io.millstream.network;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.BrokerVersions;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;

/**
 * What a connection needs to know of a request. Its methods run on the event loop, when the request
 * is about to be written and when it was answered.
 *
 * @param <R> what the answer is read into
 */
public interface RequestSpec<R> {

  /** Returns the API that is called. */
  ApiKey apiKey();

  /**
   * Chooses the version, once it is known what the broker speaks.
   *
   * @param versions what the broker speaks
   * @return a version that broker and client have in common
   * @throws io.millstream.common.errors.UnsupportedVersionException if there is none; the request
   *     fails then and the connection stays
   */
  default short version(BrokerVersions versions) {
    return versions.highestCommon(apiKey());
  }

  /**
   * Writes the request, without its header. What is attached must stay unchanged until the reply
   * was called.
   *
   * @throws io.millstream.common.errors.UnsupportedVersionException if the version lacks what the
   *     request needs
   */
  void write(WireWriter out, short version);

  /**
   * Reads the answer, without its header.
   *
   * @param in over a buffer that belongs to the answer alone; slices of it may be kept
   * @throws io.millstream.wire.MalformedFrameException if the bytes are no such answer; the
   *     connection is closed then
   */
  R read(WireReader in, short version);

  /** Returns for how many milliseconds nothing more is to be sent (KIP-219). */
  int throttleTimeMs(R response);

  /** Says whether the broker answers at all; it does not for a Produce with acks 0. */
  default boolean answered() {
    return true;
  }

  /**
   * Makes a generated message known to connections.
   *
   * @param request what to send
   */
  static <R extends ApiResponse> RequestSpec<R> of(ApiRequest<R> request) {
    return of(request, request.apiKey().newestVersion());
  }

  /**
   * Makes a generated message known to connections that is not sent in every version.
   *
   * @param request what to send
   * @param newestVersion the newest version that it may be sent in
   */
  static <R extends ApiResponse> RequestSpec<R> of(ApiRequest<R> request, short newestVersion) {
    return new MessageSpec<>(request, newestVersion);
  }
}

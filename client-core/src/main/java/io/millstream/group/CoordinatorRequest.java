package io.millstream.group;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import java.util.function.IntFunction;

/**
 * A request for a group's coordinator whose shape may depend on the version that is negotiated.
 *
 * @param apiKey the API
 * @param newestVersion the newest version it may be sent in
 * @param inVersion the message in that version
 * @param <R> what is answered
 */
public record CoordinatorRequest<R extends ApiResponse>(
    ApiKey apiKey, short newestVersion, IntFunction<ApiRequest<R>> inVersion) {

  static <R extends ApiResponse> CoordinatorRequest<R> of(ApiRequest<R> message) {
    ApiKey apiKey = message.apiKey();
    return new CoordinatorRequest<>(apiKey, apiKey.newestVersion(), version -> message);
  }

  /** Returns the same request; a task runs each time when it is written. */
  CoordinatorRequest<R> noting(Runnable written) {
    return new CoordinatorRequest<>(
        apiKey,
        newestVersion,
        version -> {
          written.run();
          return inVersion.apply(version);
        });
  }
}

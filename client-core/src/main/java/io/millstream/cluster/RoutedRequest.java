package io.millstream.cluster;

import io.millstream.network.Purpose;
import io.millstream.network.RequestSpec;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.ErrorCode;
import java.util.function.Function;

/**
 * A request that is tried until it succeeds, fails for good or its deadline is over.
 *
 * @param route which broker
 * @param purpose which connection
 * @param spec what to send
 * @param error finds the error in an answer; {@link ErrorCode#NONE} also for errors that the sender
 *     wants to see itself
 * @param deadline when to give up
 * @param attemptNanos how long one attempt may take
 */
public record RoutedRequest<R>(
    Route route,
    Purpose purpose,
    RequestSpec<R> spec,
    Function<R, ErrorCode> error,
    Deadline deadline,
    long attemptNanos) {

  /** Creates one of a generated message on the control connection, 30 s for each attempt. */
  public static <R extends ApiResponse> RoutedRequest<R> of(
      Route route, ApiRequest<R> request, Function<R, ErrorCode> error, Deadline deadline) {
    return new RoutedRequest<>(
        route,
        Purpose.CONTROL,
        RequestSpec.of(request),
        error,
        deadline,
        RetryPolicy.defaults().attemptNanos());
  }

  /** Returns a copy for another connection. */
  public RoutedRequest<R> over(Purpose other) {
    return new RoutedRequest<>(route, other, spec, error, deadline, attemptNanos);
  }

  /** Returns a copy with another time for each attempt. */
  public RoutedRequest<R> withAttempt(long nanos) {
    return new RoutedRequest<>(route, purpose, spec, error, deadline, nanos);
  }
}

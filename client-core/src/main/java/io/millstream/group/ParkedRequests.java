package io.millstream.group;

import io.millstream.network.Purpose;
import io.millstream.network.Timer;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.ErrorCode;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JoinGroup and SyncGroup of one round, of which one is under way at a time: the coordinator
 * answers them when other members have done their part. Says so when that takes long. Owned by the
 * event loop.
 */
final class ParkedRequests {

  private static final Logger LOG = LoggerFactory.getLogger(ParkedRequests.class);

  private final CoordinatorCalls calls;
  private final MemberStatus status;
  private final GroupSettings settings;
  private CoordinatorCalls.Ongoing underWay = CoordinatorCalls.Ongoing.NONE;
  private @Nullable Timer timer;

  ParkedRequests(CoordinatorCalls calls, MemberStatus status, GroupSettings settings) {
    this.calls = calls;
    this.status = status;
    this.settings = settings;
  }

  /**
   * Sends a request, again and again until there is an answer.
   *
   * @param message makes it
   * @param errorOf finds its error in an answer
   * @param deadlineNanos when to give up, on the loop's clock, or {@link CoordinatorCalls#NEVER}
   * @param answered gets the answer
   * @param failed gets why there will be none; a time-out when the deadline is over
   */
  <R extends ApiResponse> void send(
      Supplier<? extends ApiRequest<R>> message,
      Function<R, ErrorCode> errorOf,
      long deadlineNanos,
      BiConsumer<R, ErrorCode> answered,
      Consumer<RuntimeException> failed) {
    cancel();
    timer = calls.loop().schedule(settings.requestTimeoutNanos(), this::tellOfWaiting);
    underWay =
        calls.start(
            new CoordinatorCalls.Plan<>(
                Purpose.JOIN,
                () -> CoordinatorRequest.of(message.get()),
                errorOf,
                settings.parkedRequestTimeoutNanos(),
                deadlineNanos),
            new CoordinatorCalls.Outcome<>() {
              @Override
              public void answered(R response, ErrorCode error) {
                cancel();
                answered.accept(response, error);
              }

              @Override
              public void failed(RuntimeException cause) {
                cancel();
                failed.accept(cause);
              }
            });
  }

  /** Does something after a pause in which nothing is under way. */
  void pause(long nanos, Runnable afterwards) {
    cancel();
    timer = calls.loop().schedule(nanos, afterwards);
  }

  /** Whatever comes now is not heeded. */
  void cancel() {
    underWay.cancel();
    underWay = CoordinatorCalls.Ongoing.NONE;
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void tellOfWaiting() {
    LOG.info(
        "{}: no answer in the state {} for {} s: {}; {}",
        settings.identity().logName(),
        status.state(),
        TimeUnit.NANOSECONDS.toSeconds(settings.requestTimeoutNanos()),
        calls.obstacle(),
        status.state() == MemberState.SYNCING
            ? "it waits for the group's leader to divide the partitions"
            : "it waits for other members to join, at most for the longest max.poll.interval.ms of"
                + " them");
  }
}

package io.millstream.group;

import io.millstream.network.EventLoop;
import io.millstream.network.Purpose;
import io.millstream.network.Timer;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.HeartbeatResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells the coordinator at regular times that the member is alive, in each state that has a
 * generation, and notices when the coordinator has not answered for a whole session. Owned by the
 * event loop.
 */
final class Heartbeats {

  /** What is learned from the answers. */
  interface Listener {

    /** The coordinator wants something else than an unchanged member. */
    void heartbeatAnswered(ErrorCode error);

    /** There will be no answer, whatever is tried. */
    void heartbeatFailed(RuntimeException cause);

    /**
     * The coordinator did not answer for so long that it has removed the member by now, if it still
     * is the coordinator. Heartbeats have stopped.
     *
     * @param silentSeconds since when
     * @param again whether this was said before, and nothing was answered since
     */
    void sessionExpired(long silentSeconds, boolean again);
  }

  private final EventLoop loop;
  private final CoordinatorCalls calls;
  private final MemberStatus status;
  private final GroupSettings settings;
  private final Listener listener;
  private CoordinatorCalls.Ongoing underWay = CoordinatorCalls.Ongoing.NONE;
  private boolean awaited;
  private @Nullable Timer next;
  private @Nullable Timer session;
  private long latestSignNanos;
  private long latestWrittenNanos;

  /** When the session began that is waited for; later than the latest sign if one has expired. */
  private long sessionNanos;

  Heartbeats(
      CoordinatorCalls calls, MemberStatus status, GroupSettings settings, Listener listener) {
    this.loop = calls.loop();
    this.calls = calls;
    this.status = status;
    this.settings = settings;
    this.listener = listener;
  }

  /** Begins anew: the coordinator has just spoken to the member of the current generation. */
  void start() {
    long now = loop.nanoTime();
    latestSignNanos = now;
    start(now, settings.heartbeatIntervalNanos());
  }

  /** Goes on after a session without an answer, with whoever is the coordinator now. */
  void startAtOnce() {
    start(loop.nanoTime(), 0);
  }

  private void start(long now, long firstAfterNanos) {
    stop();
    sessionNanos = now;
    session = loop.schedule(settings.sessionTimeoutNanos(), this::checkSession);
    next = loop.schedule(firstAfterNanos, this::beat);
  }

  void stop() {
    underWay.cancel();
    awaited = false;
    if (next != null) {
      next.cancel();
    }
    if (session != null) {
      session.cancel();
    }
  }

  private void beat() {
    if (!status.generation().isValid()) {
      // The coordinator refused this member in a rebalance; the next generation starts again.
      stop();
      return;
    }
    next = loop.schedule(settings.heartbeatIntervalNanos(), this::beat);
    if (awaited) {
      return;
    }
    Generation generation = status.generation();
    HeartbeatRequest request =
        new HeartbeatRequest(
            settings.identity().groupId(),
            generation.id(),
            generation.memberId(),
            settings.identity().groupInstanceId());
    awaited = true;
    underWay =
        calls.start(
            new CoordinatorCalls.Plan<>(
                Purpose.COORDINATOR,
                () ->
                    CoordinatorRequest.of(request)
                        .noting(() -> latestWrittenNanos = loop.nanoTime()),
                (HeartbeatResponse response) -> ErrorCode.of(response.errorCode()),
                Math.min(settings.requestTimeoutNanos(), settings.sessionTimeoutNanos()),
                CoordinatorCalls.NEVER),
            new CoordinatorCalls.Outcome<>() {
              @Override
              public void answered(HeartbeatResponse response, ErrorCode error) {
                awaited = false;
                if (error == ErrorCode.NONE || error == ErrorCode.REBALANCE_IN_PROGRESS) {
                  // The session was renewed when the heartbeat came, which is not before it was
                  // written, perhaps after many attempts.
                  latestSignNanos = latestWrittenNanos;
                }
                if (error != ErrorCode.NONE) {
                  listener.heartbeatAnswered(error);
                }
              }

              @Override
              public void failed(RuntimeException cause) {
                awaited = false;
                listener.heartbeatFailed(cause);
              }
            });
  }

  private void checkSession() {
    if (!status.generation().isValid()) {
      stop();
      return;
    }
    long now = loop.nanoTime();
    long silentNanos = now - latestSignNanos;
    long leftNanos = settings.sessionTimeoutNanos() - Math.min(silentNanos, now - sessionNanos);
    if (leftNanos > 0) {
      session = loop.schedule(leftNanos, this::checkSession);
      return;
    }
    stop();
    calls.forgetCoordinator("no heartbeat was answered for a whole session");
    boolean again = sessionNanos - latestSignNanos > 0;
    listener.sessionExpired(TimeUnit.NANOSECONDS.toSeconds(silentNanos), again);
  }
}

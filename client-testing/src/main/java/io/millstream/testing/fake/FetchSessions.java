package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FetchRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The fetch sessions of one broker; they end with it. */
final class FetchSessions {

  static final int NO_SESSION = 0;
  private static final int FIRST_EPOCH = 0;
  private static final int FINAL_EPOCH = -1;
  private static final int MOST_SESSIONS = 1000;
  private static final short FIRST_WITH_TOPIC_IDS = 13;

  private final RandomGenerator random;
  private final Map<Integer, FetchSession> byId = new LinkedHashMap<>();

  /**
   * In which session a request is.
   *
   * @param error why it is in none, NONE where all is well
   * @param session the session, null for a request without one
   * @param incremental whether only news are to be told
   */
  record Place(ErrorCode error, @Nullable FetchSession session, boolean incremental) {}

  FetchSessions(RandomGenerator random) {
    this.random = random;
  }

  Place enter(FetchRequest request, short version) {
    boolean byTopicId = version >= FIRST_WITH_TOPIC_IDS;
    if (request.sessionEpoch() == FIRST_EPOCH || request.sessionEpoch() == FINAL_EPOCH) {
      byId.remove(request.sessionId());
      return new Place(
          ErrorCode.NONE,
          request.sessionEpoch() == FIRST_EPOCH ? create(request, byTopicId) : null,
          false);
    }
    FetchSession session = byId.get(request.sessionId());
    if (session == null) {
      return new Place(ErrorCode.FETCH_SESSION_ID_NOT_FOUND, null, true);
    }
    if (session.byTopicId() != byTopicId) {
      return new Place(ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR, null, true);
    }
    if (session.nextEpoch() != request.sessionEpoch()) {
      return new Place(ErrorCode.INVALID_FETCH_SESSION_EPOCH, null, true);
    }
    session.advance();
    session.update(request);
    return new Place(ErrorCode.NONE, session, true);
  }

  private FetchSession create(FetchRequest request, boolean byTopicId) {
    int id;
    do {
      id = random.nextInt(1, Integer.MAX_VALUE);
    } while (byId.containsKey(id));
    if (byId.size() >= MOST_SESSIONS) {
      byId.remove(byId.keySet().iterator().next());
    }
    FetchSession session = new FetchSession(id, byTopicId);
    session.update(request);
    byId.put(id, session);
    return session;
  }

  /** Forgets all sessions, as a broker does that is short of memory. */
  void clear() {
    byId.clear();
  }
}

package io.millstream.testing.fake;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ErrorCode;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a test has ordered to go wrong with the next requests. */
final class Faults {

  private final Map<ApiKey, ArrayDeque<ErrorCode>> refusals = new EnumMap<>(ApiKey.class);
  private final Map<ApiKey, Integer> lostAnswers = new EnumMap<>(ApiKey.class);
  private final Map<ApiKey, ArrayDeque<Integer>> throttles = new EnumMap<>(ApiKey.class);
  private final Map<ApiKey, ArrayDeque<Integer>> delays = new EnumMap<>(ApiKey.class);

  void refuse(ApiKey apiKey, ErrorCode error, int times) {
    ArrayDeque<ErrorCode> queue = refusals.computeIfAbsent(apiKey, key -> new ArrayDeque<>());
    for (int i = 0; i < times; i++) {
      queue.add(error);
    }
  }

  void loseAnswers(ApiKey apiKey, int times) {
    lostAnswers.merge(apiKey, times, Integer::sum);
  }

  void throttle(ApiKey apiKey, int millis, int times) {
    order(throttles, apiKey, millis, times);
  }

  void delayAnswers(ApiKey apiKey, int millis, int times) {
    order(delays, apiKey, millis, times);
  }

  private static void order(
      Map<ApiKey, ArrayDeque<Integer>> orders, ApiKey apiKey, int millis, int times) {
    ArrayDeque<Integer> queue = orders.computeIfAbsent(apiKey, key -> new ArrayDeque<>());
    for (int i = 0; i < times; i++) {
      queue.add(millis);
    }
  }

  void clear() {
    refusals.clear();
    lostAnswers.clear();
    throttles.clear();
    delays.clear();
  }

  /** Takes the error with which the next request is refused without being looked at. */
  @Nullable ErrorCode nextRefusal(ApiKey apiKey) {
    ArrayDeque<ErrorCode> queue = refusals.get(apiKey);
    return queue == null ? null : queue.poll();
  }

  /** Says whether the connection breaks in place of the next answer. */
  boolean losesAnswer(ApiKey apiKey) {
    int left = lostAnswers.getOrDefault(apiKey, 0);
    if (left > 0) {
      lostAnswers.put(apiKey, left - 1);
    }
    return left > 0;
  }

  int nextThrottleMillis(ApiKey apiKey) {
    return next(throttles, apiKey);
  }

  /** Takes the time by which the next answer comes late. */
  int nextDelayMillis(ApiKey apiKey) {
    return next(delays, apiKey);
  }

  private static int next(Map<ApiKey, ArrayDeque<Integer>> orders, ApiKey apiKey) {
    ArrayDeque<Integer> queue = orders.get(apiKey);
    Integer millis = queue == null ? null : queue.poll();
    return millis == null ? 0 : millis;
  }
}

package io.millstream.testing.fake;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.TransactionVersions;
import java.util.EnumMap;
import java.util.Map;

/** Which versions of which APIs the brokers speak: all that are implemented, until limited. */
final class SpokenVersions {

  private final Map<ApiKey, Short> newest = new EnumMap<>(ApiKey.class);

  SpokenVersions() {
    for (ApiKey apiKey : ApiKey.values()) {
      newest.put(apiKey, apiKey.newestVersion());
    }
    newest.put(ApiKey.INIT_PRODUCER_ID, TransactionVersions.NEWEST_STABLE_INIT);
  }

  /** Speaks the version of InitProducerId that brokers of now offer only on request, too. */
  void allowTwoPhases() {
    newest.put(ApiKey.INIT_PRODUCER_ID, ApiKey.INIT_PRODUCER_ID.newestVersion());
  }

  /** Speaks no version above one; a negative one takes the API away. */
  void limit(ApiKey apiKey, int newestVersion) {
    newest.put(apiKey, (short) Math.min(newestVersion, apiKey.newestVersion()));
  }

  boolean speaks(ApiKey apiKey, short version) {
    return version >= apiKey.lowestVersion() && version <= newest(apiKey);
  }

  boolean has(ApiKey apiKey) {
    return newest(apiKey) >= apiKey.lowestVersion();
  }

  short newest(ApiKey apiKey) {
    return newest.getOrDefault(apiKey, (short) -1);
  }
}

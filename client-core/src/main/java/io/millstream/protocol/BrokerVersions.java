package io.millstream.protocol;

import io.millstream.common.errors.UnsupportedVersionException;
import java.util.EnumMap;
import java.util.Map;

/** Which versions of which APIs one broker speaks, as it said in its answer to ApiVersions. */
public final class BrokerVersions {

  private record Range(short lowest, short newest) {}

  private final Map<ApiKey, Range> ranges = new EnumMap<>(ApiKey.class);

  private BrokerVersions() {}

  /**
   * Takes over what a broker said; APIs that are not implemented here are left out.
   *
   * @param response the answer, without an error
   */
  public static BrokerVersions of(ApiVersionsResponse response) {
    BrokerVersions versions = new BrokerVersions();
    for (ApiVersionsResponse.ApiVersion range : response.apiKeys()) {
      ApiKey key = ApiKey.find(range.apiKey());
      if (key != null) {
        versions.ranges.put(key, new Range(range.minVersion(), range.maxVersion()));
      }
    }
    return versions;
  }

  /** A broker that speaks everything that is implemented here. */
  public static BrokerVersions newest() {
    BrokerVersions versions = new BrokerVersions();
    for (ApiKey key : ApiKey.values()) {
      versions.ranges.put(key, new Range(key.lowestVersion(), key.newestVersion()));
    }
    return versions;
  }

  /** Says whether broker and client have a version of an API in common. */
  public boolean has(ApiKey key) {
    return common(key, key.newestVersion()) >= 0;
  }

  /**
   * Says whether broker and client both speak a version of an API, or a newer one.
   *
   * @param key the API
   * @param version the version that brought the feature asked for
   */
  public boolean has(ApiKey key, int version) {
    return common(key, key.newestVersion()) >= version;
  }

  /**
   * Returns the newest version that broker and client have in common.
   *
   * @throws UnsupportedVersionException if there is none
   */
  public short highestCommon(ApiKey key) {
    return highestCommon(key, key.newestVersion());
  }

  /**
   * Returns the newest version, up to a limit, that broker and client have in common.
   *
   * @param key the API
   * @param atMost the newest version that the request can be written in
   * @throws UnsupportedVersionException if there is none
   */
  public short highestCommon(ApiKey key, short atMost) {
    short version = common(key, atMost);
    if (version < 0) {
      Range range = ranges.get(key);
      throw new UnsupportedVersionException(
          range == null
              ? "The broker does not know the API " + key + "; it is too old for this operation"
              : "The broker speaks %s in versions %d to %d, this client in versions %d to %d"
                  .formatted(key, range.lowest, range.newest, key.lowestVersion(), atMost));
    }
    return version;
  }

  private short common(ApiKey key, short atMost) {
    Range range = ranges.get(key);
    if (range == null) {
      return -1;
    }
    short newest = (short) Math.min(range.newest, Math.min(atMost, key.newestVersion()));
    return newest >= Math.max(range.lowest, key.lowestVersion()) ? newest : -1;
  }
}

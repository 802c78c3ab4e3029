package io.millstream.protocol;

import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.ApiVersionsResponse.FinalizedFeatureKey;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which versions of which APIs one broker speaks and which features its cluster has finalized
 * (KIP-584), as it said in its answer to ApiVersions. Immutable.
 */
public final class BrokerVersions {

  private static final Set<ApiKey> OF_EVERY_BROKER =
      Set.of(ApiKey.METADATA, ApiKey.FIND_COORDINATOR);
  private static final String NO_BROKER =
      "; perhaps this is the listener of a KRaft controller: use one of a broker";

  private record Range(short lowest, short newest) {}

  private final Map<ApiKey, Range> ranges;
  private final Map<String, Short> finalizedFeatures;
  private final long featuresEpoch;

  private BrokerVersions(
      Map<ApiKey, Range> ranges, Map<String, Short> finalizedFeatures, long featuresEpoch) {
    this.ranges = ranges;
    this.finalizedFeatures = finalizedFeatures;
    this.featuresEpoch = featuresEpoch;
  }

  /**
   * Takes over what a broker said; APIs that are not implemented here are left out.
   *
   * @param response the answer, without an error
   */
  public static BrokerVersions of(ApiVersionsResponse response) {
    Map<ApiKey, Range> ranges = new EnumMap<>(ApiKey.class);
    for (ApiVersionsResponse.ApiVersion range : response.apiKeys()) {
      ApiKey key = ApiKey.find(range.apiKey());
      if (key != null) {
        ranges.put(key, new Range(range.minVersion(), range.maxVersion()));
      }
    }
    Map<String, Short> finalizedFeatures = new HashMap<>();
    for (FinalizedFeatureKey feature : response.finalizedFeatures()) {
      finalizedFeatures.put(feature.name(), feature.maxVersionLevel());
    }
    return new BrokerVersions(ranges, finalizedFeatures, response.finalizedFeaturesEpoch());
  }

  /** A broker that speaks everything that is implemented here. */
  public static BrokerVersions newest() {
    Map<ApiKey, Range> ranges = new EnumMap<>(ApiKey.class);
    for (ApiKey key : ApiKey.values()) {
      ranges.put(key, new Range(key.lowestVersion(), key.newestVersion()));
    }
    return new BrokerVersions(ranges, Map.of(), -1);
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
   * Returns the level to which the cluster has finalized a feature, such as {@code
   * transaction.version}.
   *
   * @param feature its name
   * @return the level, 0 where the cluster or the broker does not know the feature
   */
  public short finalizedLevel(String feature) {
    return finalizedFeatures.getOrDefault(feature, (short) 0);
  }

  /**
   * Returns how old the finalized features are that the broker knows: brokers learn of a change one
   * after another, and what has the higher epoch is newer.
   *
   * @return the epoch, -1 where the broker does not know of features
   */
  public long featuresEpoch() {
    return featuresEpoch;
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
              ? "The broker does not know the API %s, of which this client needs version %d to %d%s"
                  .formatted(
                      key,
                      key.lowestVersion(),
                      atMost,
                      OF_EVERY_BROKER.contains(key) ? NO_BROKER : "")
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

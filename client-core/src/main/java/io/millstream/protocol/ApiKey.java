package io.millstream.protocol;

import org.jspecify.annotations.Nullable;

/** The APIs this client speaks, with the range of versions it implements of each. */
public enum ApiKey {
  PRODUCE(0, 7, 13, 9),
  FETCH(1, 10, 18, 12),
  LIST_OFFSETS(2, 4, 11, 6),
  METADATA(3, 7, 13, 9),
  OFFSET_COMMIT(8, 6, 10, 8),
  OFFSET_FETCH(9, 5, 10, 6),
  FIND_COORDINATOR(10, 2, 6, 3),
  JOIN_GROUP(11, 3, 9, 6),
  HEARTBEAT(12, 2, 4, 4),
  LEAVE_GROUP(13, 2, 5, 4),
  SYNC_GROUP(14, 2, 5, 4),
  API_VERSIONS(18, 0, 5, 3),
  CREATE_TOPICS(19, 3, 7, 5),
  DELETE_TOPICS(20, 3, 6, 4),
  INIT_PRODUCER_ID(22, 1, 5, 2),
  OFFSET_FOR_LEADER_EPOCH(23, 2, 4, 4);

  private static final @Nullable ApiKey[] BY_ID = byId();

  private final short id;
  private final short lowestVersion;
  private final short newestVersion;
  private final short firstFlexibleVersion;

  ApiKey(int id, int lowestVersion, int newestVersion, int firstFlexibleVersion) {
    this.id = (short) id;
    this.lowestVersion = (short) lowestVersion;
    this.newestVersion = (short) newestVersion;
    this.firstFlexibleVersion = (short) firstFlexibleVersion;
  }

  /** Returns the number that stands for this API on the wire. */
  public short id() {
    return id;
  }

  /** Returns the lowest version that is implemented here. */
  public short lowestVersion() {
    return lowestVersion;
  }

  /** Returns the newest version that is implemented here. */
  public short newestVersion() {
    return newestVersion;
  }

  /**
   * Says whether a version has compact lengths and tagged fields (KIP-482).
   *
   * @param version any version
   */
  public boolean flexible(short version) {
    return version >= firstFlexibleVersion;
  }

  /**
   * Finds an API by its number.
   *
   * @param id the number on the wire
   * @return the API, or null where it is not implemented here
   */
  public static @Nullable ApiKey find(short id) {
    return id >= 0 && id < BY_ID.length ? BY_ID[id] : null;
  }

  private static @Nullable ApiKey[] byId() {
    int largest = 0;
    for (ApiKey apiKey : values()) {
      largest = Math.max(largest, apiKey.id);
    }
    @Nullable ApiKey[] byId = new ApiKey[largest + 1];
    for (ApiKey apiKey : values()) {
      byId[apiKey.id] = apiKey;
    }
    return byId;
  }
}

package io.millstream.protocol;

/** Features of the group APIs that a version has or has not, by name. */
public final class GroupVersions {

  /** The newest OffsetCommit that names topics; later ones carry topic ids alone (KIP-848). */
  public static final short NEWEST_OFFSET_COMMIT_BY_NAME = 9;

  /** The newest OffsetFetch that names topics; later ones carry topic ids alone (KIP-848). */
  public static final short NEWEST_OFFSET_FETCH_BY_NAME = 9;

  private GroupVersions() {}

  /** Says whether LeaveGroup takes a list of members (KIP-345). */
  public static boolean leaveNamesSeveralMembers(int version) {
    return version >= 3;
  }

  /** Says whether OffsetFetch asks for several groups at once (KIP-709). */
  public static boolean offsetFetchAsksSeveralGroups(int version) {
    return version >= 8;
  }

  /** Says whether OffsetFetch can wait for open transactions to be decided (KIP-447). */
  public static boolean offsetFetchCanRequireStable(int version) {
    return version >= 7;
  }
}

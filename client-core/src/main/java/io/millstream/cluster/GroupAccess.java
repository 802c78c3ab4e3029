package io.millstream.cluster;

import io.millstream.common.errors.GroupAuthorizationException;
import io.millstream.protocol.ErrorCode;

/** How a client learns that it may not use a consumer group. */
public final class GroupAccess {

  private GroupAccess() {}

  /**
   * Returns the exception of an error, which names the group where it is about that.
   *
   * @param error what a broker answered
   * @param text what was wanted, and what came of it
   * @param groupId the group
   */
  public static RuntimeException exception(ErrorCode error, String text, String groupId) {
    return error == ErrorCode.GROUP_AUTHORIZATION_FAILED
        ? refused(text, groupId)
        : error.exception(text);
  }

  /** See {@link #exception}. */
  static GroupAuthorizationException refused(String text, String groupId) {
    return new GroupAuthorizationException(
        "%s: grant this client READ on group %s, or check which user it logs in as"
            .formatted(text, groupId),
        groupId);
  }
}

package io.millstream.common.errors;

import org.jspecify.annotations.Nullable;

/** The user may not use the group. */
public class GroupAuthorizationException extends AuthorizationException {

  private static final long serialVersionUID = 1L;

  private final @Nullable String groupId;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param groupId the group; null where it is not known
   */
  public GroupAuthorizationException(@Nullable String message, @Nullable String groupId) {
    super(message);
    this.groupId = groupId;
  }

  /**
   * Creates the exception without naming the group.
   *
   * @param message what happened; null for no message
   */
  public GroupAuthorizationException(@Nullable String message) {
    this(message, null);
  }

  /** {@return the group, or null where it is not known} */
  public @Nullable String groupId() {
    return groupId;
  }

  /**
   * Creates the exception with a message that names the group.
   *
   * @param groupId the group
   * @return the exception
   */
  public static GroupAuthorizationException forGroupId(String groupId) {
    return new GroupAuthorizationException("No permission for group " + groupId, groupId);
  }
}

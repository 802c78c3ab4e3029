package io.millstream.clients.consumer;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a consumer is closed. Each method named {@code with…} changes and returns this object. */
public class CloseOptions {

  private GroupMembershipOperation operation = GroupMembershipOperation.DEFAULT;
  private @Nullable Duration timeout;

  private CloseOptions() {}

  /** What becomes of the membership in the group. */
  public enum GroupMembershipOperation {
    /** Leave the group at once. */
    LEAVE_GROUP,
    /** Stay a member until the session times out, so that a quick restart moves nothing. */
    REMAIN_IN_GROUP,
    /** Leave, unless the member is static ({@code group.instance.id}). */
    DEFAULT
  }

  /**
   * Creates options with a time limit.
   *
   * @param timeout how long closing may take; null for the default
   * @return the options
   */
  public static CloseOptions timeout(@Nullable Duration timeout) {
    return new CloseOptions().withTimeout(timeout);
  }

  /**
   * Creates options that tell what becomes of the membership.
   *
   * @param operation what becomes of it
   * @return the options
   */
  public static CloseOptions groupMembershipOperation(GroupMembershipOperation operation) {
    return new CloseOptions().withGroupMembershipOperation(operation);
  }

  /**
   * Sets the time limit.
   *
   * @param timeout how long closing may take; null for the default
   * @return these options
   */
  public CloseOptions withTimeout(@Nullable Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /**
   * Sets what becomes of the membership.
   *
   * @param operation what becomes of it
   * @return these options
   */
  public CloseOptions withGroupMembershipOperation(GroupMembershipOperation operation) {
    this.operation = Objects.requireNonNull(operation, "operation");
    return this;
  }

  /** {@return what becomes of the membership} */
  public GroupMembershipOperation groupMembershipOperation() {
    return operation;
  }

  /** {@return how long closing may take; empty for the default} */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }
}

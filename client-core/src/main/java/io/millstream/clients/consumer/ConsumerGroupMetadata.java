package io.millstream.clients.consumer;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a consumer is in its group. Immutable. */
public class ConsumerGroupMetadata {

  private final String groupId;
  private final int generationId;
  private final String memberId;
  private final Optional<String> groupInstanceId;

  /**
   * Describes a member.
   *
   * @param groupId the group
   * @param generationId the generation, or for {@code group.protocol=consumer} the member epoch; -1
   *     for none
   * @param memberId the member's id; empty for none
   * @param groupInstanceId the id of a static member
   */
  public ConsumerGroupMetadata(
      String groupId, int generationId, String memberId, Optional<String> groupInstanceId) {
    this.groupId = Objects.requireNonNull(groupId, "group.id");
    this.generationId = generationId;
    this.memberId = Objects.requireNonNull(memberId, "memberId");
    this.groupInstanceId = Objects.requireNonNull(groupInstanceId, "groupInstanceId");
  }

  /**
   * Describes someone who is no member.
   *
   * @param groupId the group
   */
  public ConsumerGroupMetadata(String groupId) {
    this(groupId, -1, "", Optional.empty());
  }

  /** {@return the group} */
  public String groupId() {
    return groupId;
  }

  /** {@return the generation or member epoch, or -1 for none} */
  public int generationId() {
    return generationId;
  }

  /** {@return the member's id; empty for none} */
  public String memberId() {
    return memberId;
  }

  /** {@return the id of a static member} */
  public Optional<String> groupInstanceId() {
    return groupInstanceId;
  }

  @Override
  public String toString() {
    return "GroupMetadata(groupId = "
        + groupId
        + ", generationId = "
        + generationId
        + ", memberId = "
        + memberId
        + ", groupInstanceId = "
        + groupInstanceId.orElse("")
        + ")";
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ConsumerGroupMetadata other
        && groupId.equals(other.groupId)
        && generationId == other.generationId
        && memberId.equals(other.memberId)
        && groupInstanceId.equals(other.groupInstanceId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(groupId, generationId, memberId, groupInstanceId);
  }
}

package io.millstream.group;

import io.millstream.clients.consumer.CommitFailedException;
import io.millstream.cluster.GroupAccess;
import io.millstream.common.errors.RebalanceInProgressException;
import io.millstream.protocol.ErrorCode;

/**
 * Whether the coordinator still takes the member for one of the group: what its answers to
 * heartbeats and commits say of that, and what may be committed meanwhile. Owned by the event loop.
 */
final class Standing implements Membership {

  private final GroupSettings settings;
  private final MemberStatus status;
  private final Member member;

  /** The member that has to act on it. */
  interface Member {

    /** Says whether it shares topics; else its partitions were assigned by hand. */
    boolean isSubscribed();

    /** The group needs it to rebalance. */
    void rejoin(String why);

    /** The coordinator no longer takes it for one of the group. */
    void generationRefused(GroupVerdict verdict, String why);

    /** The membership has ended, and the application has to hear why. */
    void fail(RuntimeException cause);
  }

  Standing(GroupSettings settings, MemberStatus status, Member member) {
    this.settings = settings;
    this.status = status;
    this.member = member;
  }

  void heartbeatAnswered(ErrorCode error) {
    String why = "the coordinator answered " + error + " to a heartbeat";
    switch (GroupVerdict.of(error)) {
      case REJOIN -> member.rejoin("another member came or went");
      case GENERATION_LOST, MEMBERSHIP_LOST ->
          member.generationRefused(GroupVerdict.of(error), why);
      case FINE, RETRY, RETRY_ELSEWHERE -> {}
      case FATAL ->
          member.fail(
              GroupAccess.exception(error, endText(error, why), settings.identity().groupId()));
    }
  }

  @Override
  public Generation generationToCommit() {
    Generation generation = status.generation();
    if (!member.isSubscribed() || generation.isValid()) {
      return generation;
    }
    String groupId = settings.identity().groupId();
    switch (status.state()) {
      case JOINING, ASSIGNING, SYNCING ->
          throw new RebalanceInProgressException(
              "Offsets cannot be committed now: group "
                  + groupId
                  + " rebalances, and this member is in no generation. Call poll() to complete it");
      case FAILED ->
          throw new CommitFailedException(
              "Offsets cannot be committed: the membership in group "
                  + groupId
                  + " has ended, and its partitions may be read by others. poll() throws why");
      case UNJOINED, PREPARING, STABLE, LEAVING ->
          throw new CommitFailedException(
              "Offsets cannot be committed: the consumer is out of group "
                  + groupId
                  + ", and its partitions may be read by others. Mostly the time between two polls"
                  + " was longer than max.poll.interval.ms = "
                  + settings.maxPollIntervalMillis()
                  + ": raise it, or make batches smaller with max.poll.records. Call poll() to join"
                  + " again");
    }
    throw new IllegalStateException("A member in the state " + status.state());
  }

  @Override
  public void commitRefused(Generation generation, ErrorCode error) {
    if (!generation.isValid() || !generation.equals(status.generation())) {
      return;
    }
    String why = "the coordinator answered " + error + " to a commit";
    switch (GroupVerdict.of(error)) {
      case REJOIN -> member.rejoin(why);
      case GENERATION_LOST, MEMBERSHIP_LOST ->
          member.generationRefused(GroupVerdict.of(error), why);
      case FINE, RETRY, RETRY_ELSEWHERE -> {}
      case FATAL -> {
        if (error == ErrorCode.FENCED_INSTANCE_ID) {
          member.fail(error.exception(endText(error, why)));
        }
      }
    }
  }

  private String endText(ErrorCode error, String why) {
    return "The consumer is no member of group "
        + settings.identity().groupId()
        + ": "
        + why
        + (error == ErrorCode.FENCED_INSTANCE_ID
            ? "; group.instance.id = "
                + settings.identity().groupInstanceId()
                + " is in use by another consumer"
            : "");
  }
}

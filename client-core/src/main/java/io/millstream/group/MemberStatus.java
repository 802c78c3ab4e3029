package io.millstream.group;

import io.millstream.clients.consumer.ConsumerGroupMetadata;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * State and generation of a member. Owned by the event loop; only {@link #published} and {@link
 * #isCurrentRound} may be asked from elsewhere.
 */
final class MemberStatus {

  private static final Logger LOG = LoggerFactory.getLogger(MemberStatus.class);

  private final GroupIdentity identity;
  private MemberState state = MemberState.UNJOINED;
  private Generation generation = Generation.NONE;
  private String memberId = "";
  private volatile int round;
  private volatile ConsumerGroupMetadata published;

  MemberStatus(GroupIdentity identity) {
    this.identity = identity;
    this.published = metadata();
  }

  MemberState state() {
    return state;
  }

  /** The one place where the state changes. */
  void transition(MemberState to, String why) {
    if (!state.next().contains(to)) {
      throw new IllegalStateException(
          identity.logName() + ": " + state + " → " + to + " is not allowed: " + why);
    }
    LOG.debug("{}: {} → {}: {}", identity.logName(), state, to, why);
    state = to;
  }

  /** Starts a new round: whatever an older one left on its way is no longer heeded. */
  int newRound() {
    // Only the loop writes.
    int next = round + 1;
    round = next;
    return next;
  }

  /** Any thread. */
  boolean isCurrentRound(int number) {
    return round == number;
  }

  Generation generation() {
    return generation;
  }

  /** Returns the id to join with: the latest the coordinator gave, or empty. */
  String memberId() {
    return memberId;
  }

  void memberIdGiven(String newMemberId) {
    memberId = newMemberId;
  }

  void entered(Generation newGeneration) {
    generation = newGeneration;
    memberId = newGeneration.memberId();
    published = metadata();
  }

  /** The generation is over for this member, but its id may still be good. */
  void generationLost() {
    generation = Generation.NONE;
    published = metadata();
  }

  /** The coordinator knows the member no longer. */
  void membershipLost() {
    memberId = "";
    generationLost();
  }

  /** Any thread; what {@code groupMetadata()} returns. */
  ConsumerGroupMetadata published() {
    return published;
  }

  private ConsumerGroupMetadata metadata() {
    return new ConsumerGroupMetadata(
        identity.groupId(),
        generation.id(),
        generation.memberId(),
        Optional.ofNullable(identity.groupInstanceId()));
  }
}

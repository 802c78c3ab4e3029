package io.millstream.produce;

import io.millstream.network.BrokerAddress;
import io.millstream.transaction.Identities;
import io.millstream.transaction.PartitionSequences;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop's side of one partition: which batch may leave next, under which sequence, and what
 * happens to the order after an error. Owned by the event loop.
 */
final class PartitionLane {

  /*
   * With idempotence, the broker takes a batch only if its sequence follows the last one, knows
   * the last five batches again, and refuses the others as out of order. So:
   *
   * After an error the failed batch comes back, and those behind it do as the broker refuses them.
   * Nothing leaves until all of them have been answered; then the first goes alone, and only its
   * success opens the lane again.
   *
   * A broker that knows nothing of an identity takes any sequence, so the second batch in place of
   * a lost first one. Hence the first batch under an identity goes alone. So does a batch that may
   * be in the log already: were it refused for another reason, the broker would take, or know
   * again, those behind it, and they would end before it.
   *
   * A batch that is given up after it got a sequence leaves a gap: the broker may or may not have
   * it. Once nothing is in flight, the next batch settles it. If that one was written before and
   * may be in the log, it is sent again as it was: accepted or known again, the given-up batch is
   * in the log, too; out of order, neither of them is. If it was never written, or surely refused,
   * nothing of unknown fate is left, and the lane begins to number anew under another epoch.
   */

  private static final int MOST_IN_FLIGHT = 5;
  private static final long NO_GAP = -1;

  private final PartitionQueue queue;
  private final ProduceSettings.Delivery delivery;
  private final BatchNumbering numbering;
  private final Consumer<PartitionLane> changed;
  private final LaneAgenda agenda = new LaneAgenda();
  private final Deque<ProducerBatch> inFlight = new ArrayDeque<>();
  private final List<ProducerBatch> returned = new ArrayList<>();
  private int inFlightLeaderId = -1;
  private boolean recovering;
  private long gapAt = NO_GAP;
  private long notBeforeNanos;
  private boolean delayed;
  private @Nullable ProducerBatch splitting;
  private @Nullable Refusal refusal;

  /**
   * Creates the lane of a partition of which nothing was sent.
   *
   * @param changed told whenever something else may leave, or sooner, so that somebody looks
   */
  PartitionLane(
      PartitionQueue queue,
      ProduceSettings.Delivery delivery,
      Identities identities,
      Consumer<PartitionLane> changed) {
    this.queue = queue;
    this.delivery = delivery;
    this.numbering = new BatchNumbering(identities);
    this.changed = changed;
  }

  PartitionQueue queue() {
    return queue;
  }

  BatchNumbering numbering() {
    return numbering;
  }

  /** Returns what the sender has noted of it. */
  LaneAgenda agenda() {
    return agenda;
  }

  boolean isEmpty() {
    return inFlight.isEmpty() && returned.isEmpty() && splitting == null && queue.isEmpty();
  }

  /** Says whether a batch was sent and is not answered. */
  boolean holdsInFlight(ProducerBatch batch) {
    return inFlight.contains(batch);
  }

  /** Says whether a batch was sent and is not answered, or is being split. */
  boolean holdsUnderWay(ProducerBatch batch) {
    return batch == splitting || inFlight.contains(batch);
  }

  /** Keeps the lane closed until all have ended that a refused id fails; null opens it again. */
  void refuse(@Nullable Refusal refused) {
    refusal = refused;
    changed.accept(this);
  }

  /** Returns what fails the batches that are there, null if nothing does. */
  @Nullable Refusal refusal() {
    return refusal;
  }

  /** Returns why a batch cannot be numbered yet, as a sentence, null if nothing is known. */
  @Nullable String identityObstacle(ProducerBatch batch) {
    return delivery.idempotent() ? numbering.obstacle(batch.travel()) : null;
  }

  /** Keeps the lane closed until a moment. */
  void delay(long untilNanos) {
    notBeforeNanos = untilNanos;
    delayed = true;
    changed.accept(this);
  }

  /** Returns until when the lane is closed, {@link Long#MAX_VALUE} if it is not. */
  long delayedUntilNanos() {
    return delayed ? notBeforeNanos : Long.MAX_VALUE;
  }

  /** Opens the lane before its time. */
  void hurry() {
    delayed = false;
    changed.accept(this);
  }

  /** Says whether a batch, were there one, could leave for a leader now. */
  boolean open(long nowNanos, BrokerAddress leader) {
    if (delayed && notBeforeNanos - nowNanos > 0) {
      return false;
    }
    delayed = false;
    if (splitting != null || refusal != null) {
      return false;
    }
    if (inFlight.isEmpty()) {
      return true;
    }
    return inFlightLeaderId == leader.id()
        && !recovering
        && !numbering.beginsAnew()
        && gapAt == NO_GAP
        && (!delivery.idempotent() || mayHaveCompany())
        && (!delivery.ordered() || inFlight.size() < mostInFlight());
  }

  /** Says whether the broker will refuse what comes behind a batch that it refuses. */
  private boolean mayHaveCompany() {
    ProducerBatch first = inFlight.peek();
    boolean alone = first != null && first.travel().perhapsAppended;
    return numbering.established()
        && !alone
        && (returned.isEmpty() || !returned.get(0).travel().perhapsAppended);
  }

  private int mostInFlight() {
    return delivery.idempotent() ? MOST_IN_FLIGHT : 1;
  }

  /** Returns the batch that would leave next, null if there is none that is ready. */
  @Nullable ProducerBatch next() {
    if (!returned.isEmpty()) {
      return returned.get(0);
    }
    ProducerBatch head = queue.head();
    return head != null && head.state() == ProducerBatch.State.READY ? head : null;
  }

  /** Says whether nothing but the open batch waits here. */
  boolean nothingSealed() {
    return returned.isEmpty() && queue.head() == null;
  }

  /** Takes a batch away, to be given up, that is not under way and has none before it. */
  void remove(ProducerBatch batch) {
    if (returned.contains(batch)) {
      givenUp(batch);
    } else if (queue.head() == batch) {
      queue.removeHead();
    } else {
      throw new IllegalStateException("A batch of " + queue.partition() + " is not the first");
    }
  }

  /** Returns the batch that was begun first of those that are sealed and not done, null if none. */
  @Nullable ProducerBatch oldest() {
    ProducerBatch oldest = older(queue.head(), splitting);
    for (ProducerBatch batch : inFlight) {
      oldest = older(oldest, batch);
    }
    return returned.isEmpty() ? oldest : older(oldest, returned.get(0));
  }

  private static @Nullable ProducerBatch older(
      @Nullable ProducerBatch one, @Nullable ProducerBatch other) {
    if (other == null || other.state() == ProducerBatch.State.DONE) {
      return one;
    }
    return one == null || other.createdNanos() - one.createdNanos() < 0 ? other : one;
  }

  /** Returns how many batches wait to be sent, or sent again; an open one if begun by a moment. */
  int waitingBatches(long begunByNanos) {
    return returned.size() + (splitting == null ? 0 : 1) + queue.waitingBatches(begunByNanos);
  }

  /** Returns how many batches were sent and are not answered. */
  int batchesInFlight() {
    return inFlight.size();
  }

  /** Returns all batches that are not done, in order; the last one may be open. */
  List<ProducerBatch> all() {
    List<ProducerBatch> all = sent();
    queue.addTo(all);
    all.removeIf(batch -> batch.state() == ProducerBatch.State.DONE);
    return all;
  }

  private List<ProducerBatch> sent() {
    List<ProducerBatch> sent = new ArrayList<>(inFlight);
    if (splitting != null) {
      sent.add(splitting);
    }
    sent.addAll(returned);
    sent.sort(Comparator.comparingLong(ProducerBatch::firstRecord));
    return sent;
  }

  /**
   * Sends the next batch on its way; the lane must be open and have one.
   *
   * @return the batch with its header written; null while no identity is known
   */
  @Nullable ProducerBatch take(BrokerAddress leader) {
    ProducerBatch batch = next();
    if (batch == null) {
      throw new IllegalStateException("Nothing is ready for " + queue.partition());
    }
    if (delivery.idempotent()) {
      settleGap(batch);
      if (!numbering.number(batch)) {
        return null;
      }
    }
    if (returned.isEmpty()) {
      queue.removeHead();
    } else {
      returned.remove(0);
    }
    Travel travel = batch.travel();
    travel.seal(batch.writer(), numbering.transactional());
    batch.transition(ProducerBatch.State.IN_FLIGHT);
    travel.attempts++;
    inFlight.add(batch);
    inFlightLeaderId = leader.id();
    return batch;
  }

  private void settleGap(ProducerBatch next) {
    if (gapAt == NO_GAP || next.firstRecord() < gapAt) {
      return;
    }
    if (next.travel().sequenced() && next.travel().perhapsAppended) {
      recovering = true;
      return;
    }
    numbering.renumber("a batch of " + queue.partition() + " was given up");
    forgetNumbers();
  }

  private void forgetNumbers() {
    gapAt = NO_GAP;
    returned.forEach(batch -> batch.travel().unsequence());
  }

  /** The broker has the batch: in its log, or known again. */
  void acknowledged(ProducerBatch batch) {
    inFlight.remove(batch);
    changed.accept(this);
    numbering.acknowledged(batch.travel());
    if (returned.isEmpty() || batch.firstRecord() < returned.get(0).firstRecord()) {
      recovering = false;
    }
    if (gapAt != NO_GAP && batch.firstRecord() > gapAt) {
      gapAt = NO_GAP;
    }
    if (batch.travel().wholePerhapsAppended) {
      // The log had nothing of the whole, nor of what came behind it.
      returned.forEach(part -> part.travel().wholePerhapsAppended = false);
    }
  }

  /** The batch comes back, to be sent again in its place. */
  void comesBack(ProducerBatch batch) {
    inFlight.remove(batch);
    batch.transition(ProducerBatch.State.READY);
    insert(batch);
  }

  private void insert(ProducerBatch batch) {
    if (numbering.beginsAnew()) {
      batch.travel().unsequence();
    }
    int index = 0;
    while (index < returned.size() && returned.get(index).firstRecord() < batch.firstRecord()) {
      index++;
    }
    returned.add(index, batch);
    recovering = delivery.idempotent();
    changed.accept(this);
  }

  /** The batch is given up; it may be in flight, come back, or never have left. */
  void givenUp(ProducerBatch batch) {
    inFlight.remove(batch);
    returned.remove(batch);
    changed.accept(this);
    if (returned.isEmpty() || batch.firstRecord() < returned.get(0).firstRecord()) {
      recovering = false;
    }
    if (batch.travel().sequenced() && !numbering.beginsAnew()) {
      gapAt = Math.max(gapAt, batch.firstRecord());
    }
  }

  /** Says whether no other batch of this lane that was sent comes before one. */
  boolean isFirst(ProducerBatch batch) {
    boolean first = splitting == null;
    for (ProducerBatch other : inFlight) {
      first &= other == batch || other.firstRecord() > batch.firstRecord();
    }
    for (ProducerBatch other : returned) {
      first &= other.firstRecord() > batch.firstRecord();
    }
    return first;
  }

  /**
   * Says whether a batch that was refused as out of order may be sent again: something before it
   * failed. Else the broker has lost what it had acknowledged.
   */
  boolean followsAFailure(ProducerBatch batch) {
    return !isFirst(batch) || (gapAt != NO_GAP && batch.firstRecord() > gapAt);
  }

  /** The broker does not know the identity of a batch any more, and so has not taken it. */
  void identityLost(ProducerBatch batch, String reason) {
    batch.travel().perhapsAppended = false;
    if (numbering.lost(batch.travel(), reason)) {
      forgetNumbers();
    }
  }

  /** The broker has lost what came before a batch, and so has not taken it. */
  void outOfOrder(ProducerBatch batch, String reason) {
    if (numbering.outOfOrder(batch.travel(), reason)) {
      forgetNumbers();
    }
  }

  /** Keeps the lane closed while a batch that came back is being split. */
  void beginSplit(ProducerBatch batch) {
    inFlight.remove(batch);
    splitting = batch;
  }

  /** Puts the parts in the place of the whole; they share out its sequence. */
  void endSplit(List<ProducerBatch> parts) {
    ProducerBatch whole = splitting;
    splitting = null;
    changed.accept(this);
    if (whole == null) {
      return;
    }
    Travel before = whole.travel();
    for (ProducerBatch part : parts) {
      Travel travel = part.travel();
      travel.attempts = before.attempts;
      travel.lastProblem = before.lastProblem;
      travel.perhapsAppended = before.perhapsAppended;
      travel.wholePerhapsAppended = before.perhapsAppended || before.wholePerhapsAppended;
      if (before.sequenced()) {
        int offset = (int) (part.firstRecord() - whole.firstRecord());
        travel.identity = before.identity;
        travel.baseSequence = PartitionSequences.plus(before.baseSequence, offset);
      }
      insert(part);
    }
  }
}

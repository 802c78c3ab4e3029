package io.millstream.produce;

import io.millstream.clients.producer.RecordMetadata;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the future of a send refers to: a batch, or a record that waits for its topic. It ends by
 * being settled: done, or replaced by a successor, such as the parts of a split batch. Any thread
 * may ask; only the event loop settles.
 */
abstract sealed class Sending permits ProducerBatch, WaitingRecord {

  private static final VarHandle GATE;

  static {
    try {
      GATE = MethodHandles.lookup().findVarHandle(Sending.class, "gate", Gate.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // Written through the handle.
  private volatile @Nullable Gate gate;

  private @Nullable List<Flush> flushes;

  /** Says whether it is done or replaced. */
  abstract boolean settled();

  /** Returns what replaced it for one of its records, null if nothing did. */
  abstract @Nullable Sending successor(int index);

  /** Returns the place of one of its records in the successor. */
  abstract int successorIndex(int index);

  /** Returns why a record failed, null if it was sent; to be asked when done. */
  abstract @Nullable RuntimeException exception(int index);

  /** Returns where a record stands; to be asked when done. */
  abstract RecordMetadata metadata(int index);

  /** Returns the loop that settles it. */
  abstract EventLoop loop();

  /**
   * Waits until it is settled.
   *
   * @return whether it is
   */
  final boolean awaitSettled(long deadlineNanos) throws InterruptedException {
    if (settled()) {
      return true;
    }
    if (loop().inLoop()) {
      throw new IllegalStateException(
          "A callback runs on the thread that sends, so it cannot wait for a record that is not"
              + " sent yet; use that record's own callback instead of its future");
    }
    Gate mine = gate;
    if (mine == null) {
      Gate created = loop().environment().waiting().gate();
      Gate other = (Gate) GATE.compareAndExchange(this, null, created);
      mine = other == null ? created : other;
    }
    return mine.await(this::settled, deadlineNanos);
  }

  /** Has a flush told when this is done. For the loop. */
  final void addFlush(Flush flush) {
    if (flushes == null) {
      flushes = new ArrayList<>();
    }
    flushes.add(flush);
    flush.waitsForOneMore();
  }

  /** To be called on the loop once it is settled. */
  final void tellSettled() {
    Gate waiters = gate;
    if (waiters != null) {
      waiters.open();
    }
    List<Flush> told = flushes;
    flushes = null;
    if (told != null) {
      told.forEach(Flush::oneIsDone);
    }
  }

  /** Has those who flush wait for a successor, too. For the loop, before this is settled. */
  final void handFlushesTo(Sending successor) {
    if (flushes != null) {
      flushes.forEach(successor::addFlush);
    }
  }
}

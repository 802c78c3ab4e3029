package io.millstream.transaction;

import io.millstream.cluster.CoordinatorType;
import io.millstream.cluster.Route;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.InvalidProducerEpochException;
import io.millstream.network.Durations;
import io.millstream.network.EventLoop;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.TransactionVersions;

/**
 * What the transactions of one producer come to: which state follows from which answer and which
 * failure. Owned by the event loop.
 */
final class TransactionCourse implements TransactionEvents {

  final EventLoop loop;
  final TransactionSettings settings;
  final CoordinatorRequests requests;
  final TransactionStatus status;
  final Undertakings undertakings;
  final Participants participants;
  final GroupOffsets groupOffsets;
  ProducerIdentity identity = ProducerIdentity.NONE;
  OpenTransaction open = new OpenTransaction(false, 0);
  private final Runnable looksAgain;
  private final CoordinatorSteps steps;

  /**
   * Creates the course of a producer that has no producer id yet.
   *
   * @param loop the loop it belongs to
   * @param settings how transactions run
   * @param link to the coordinators
   * @param looksAgain has the sender look for what can leave; not within this call
   */
  TransactionCourse(
      EventLoop loop, TransactionSettings settings, TransactionLink link, Runnable looksAgain) {
    this.loop = loop;
    this.settings = settings;
    this.looksAgain = looksAgain;
    Route.Coordinator coordinator =
        new Route.Coordinator(CoordinatorType.TRANSACTION, settings.transactionalId());
    requests = new CoordinatorRequests(loop, link, settings.backoff());
    status = new TransactionStatus(loop, settings.transactionalId());
    undertakings = new Undertakings(loop, settings.maxBlockNanos(), requests::obstacle);
    participants = new Participants(loop, coordinator, requests, this, () -> identity);
    groupOffsets = new GroupOffsets(coordinator, requests, this);
    steps = new CoordinatorSteps(coordinator, settings, requests);
    loop.onEnd(
        cause ->
            undertakings.close(
                new KafkaException("The producer " + loop.name() + " was closed meanwhile")));
  }

  /** Takes over the transactional id. */
  void initialize() {
    status.transition(TransactionState.INITIALIZING, "initTransactions() was called");
    identify(ProducerIdentity.NONE);
  }

  /** Opens a transaction, by the version of the protocol that the cluster speaks now. */
  void begin() {
    TransactionLink link = requests.link();
    boolean isVersionTwo =
        link.transactionVersion() >= TransactionVersions.LEVEL_OF_VERSION_TWO
            && link.speaks(ApiKey.END_TXN, TransactionVersions.FIRST_END_WITH_EPOCH);
    open = new OpenTransaction(isVersionTwo, loop.nanoTime());
    status.transition(
        TransactionState.IN_TRANSACTION,
        "beginTransaction() was called, version " + (isVersionTwo ? 2 : 1));
    looksAgain.run();
  }

  /** Begins to commit; goes on when nothing is left. */
  void commit() {
    status.transition(TransactionState.COMMITTING, "commitTransaction() was called");
    looksAgain.run();
  }

  /** Begins to abort; goes on when nothing is left. */
  void abort(String why) {
    status.transition(TransactionState.ABORTING, why);
    participants.clear();
    requests.stopTrying();
    looksAgain.run();
  }

  /** The sender has nothing left: what is being ended can be ended. */
  void nothingLeft() {
    if (requests.isQuiet() && !open.endSent) {
      if (status.state() == TransactionState.COMMITTING) {
        end(true);
      } else if (status.state() == TransactionState.ABORTING) {
        end(false);
      }
    }
  }

  @Override
  public void touching() {
    open.touched = true;
  }

  @Override
  public void confirmed() {
    open.confirmed = true;
    looksAgain.run();
  }

  /** A batch has failed for good; see {@link BatchScope#failed}. */
  void batchFailed(RuntimeException cause, boolean numbered) {
    open.needsEpoch |= numbered;
    judge(TransactionVerdict.ofBatch(cause), cause);
  }

  @Override
  public void refused(ErrorCode error, RuntimeException cause) {
    judge(TransactionVerdict.of(error), cause);
    undertakings.end(TransactionOperation.SEND_OFFSETS, cause);
    looksAgain.run();
  }

  @Override
  public void broken(RuntimeException cause, boolean lasting) {
    boolean stopped = cause instanceof CoordinatorRequests.StoppedException;
    judge(lasting && !stopped ? TransactionVerdict.START_ANEW : TransactionVerdict.ABORT, cause);
    undertakings.end(TransactionOperation.SEND_OFFSETS, cause);
    looksAgain.run();
  }

  private void judge(TransactionVerdict verdict, RuntimeException cause) {
    switch (verdict) {
      case FINE, TRY_AGAIN, ABORT -> abortable(cause);
      case ABORT_UNKNOWN_PRODUCER -> {
        open.producerUnknown = true;
        abortable(cause);
      }
      case EPOCH_OVER -> epochOver(cause);
      case START_ANEW -> startAnew(cause);
    }
  }

  /** Lets the transaction only be aborted from now on. */
  void abortable(RuntimeException cause) {
    if (status.state().takesRecords()) {
      status.fail(TransactionState.ABORTABLE, cause);
      open.endSent = false;
      participants.clear();
      undertakings.end(
          TransactionOperation.COMMIT, status.refusal(TransactionOperation.COMMIT.toString()));
      looksAgain.run();
    }
  }

  /*
   * Two things end an epoch: another instance that takes over, and the coordinator itself when it
   * aborts a transaction that was open for too long (KIP-588). Both answer the same. What tells
   * them apart is that the coordinator raises the epoch of an open transaction by one to abort it,
   * and only afterwards gives another instance a higher one. So to go on from our epoch plus one,
   * in a request that the coordinator refuses if it is not the epoch of now (KIP-360), succeeds
   * after a time-out and never takes anything from another instance. That holds only if the
   * coordinator surely had the transaction open, and surely was not asked to end it: otherwise
   * another instance may have been given just that epoch.
   */
  private boolean mayHaveTimedOut() {
    return isLongOpen()
        && open.confirmed
        && !open.endUnanswered
        && identity.epoch() < Short.MAX_VALUE - 2
        && goesOnFromEpochs();
  }

  private boolean isLongOpen() {
    return loop.nanoTime() - open.beganNanos >= settings.timeoutNanos();
  }

  private boolean goesOnFromEpochs() {
    return requests
        .link()
        .speaks(ApiKey.INIT_PRODUCER_ID, TransactionVersions.FIRST_INIT_WITH_EPOCH);
  }

  private void epochOver(RuntimeException cause) {
    if (status.state().isLast()) {
      return;
    }
    if (!mayHaveTimedOut()) {
      fenced(cause);
      return;
    }
    open.timedOut = true;
    abortable(timedOut(cause));
  }

  private RuntimeException timedOut(RuntimeException cause) {
    InvalidProducerEpochException timedOut =
        new InvalidProducerEpochException(
            "The transaction was open for "
                + Durations.text(loop.nanoTime() - open.beganNanos)
                + ", longer than transaction.timeout.ms="
                + settings.timeoutMillis()
                + ", so that its coordinator has aborted it");
    timedOut.initCause(cause);
    return timedOut;
  }

  private void fenced(RuntimeException cause) {
    if (!status.state().isLast()) {
      status.fail(TransactionState.FENCED, cause);
      giveUp(status.fenced(String.valueOf(cause.getMessage()), cause));
    }
  }

  private void startAnew(RuntimeException cause) {
    TransactionState before = status.state();
    if (!before.isLast()) {
      status.fail(TransactionState.FATAL, cause);
      giveUp(before == TransactionState.INITIALIZING ? cause : status.refusal("The transaction"));
    }
  }

  private void giveUp(RuntimeException failure) {
    participants.clear();
    undertakings.endAll(failure);
    looksAgain.run();
  }

  // The end of a transaction.

  private void end(boolean commit) {
    if (open.timedOut) {
      identify(identity.next());
    } else if (open.producerUnknown) {
      identify(identity);
    } else if (commit ? open.confirmed : open.touched) {
      open.endSent = true;
      steps.end(identity, commit, open.isVersionTwo, ended(commit));
    } else {
      over();
    }
  }

  private CoordinatorSteps.Ended ended(boolean commit) {
    return new CoordinatorSteps.Ended() {
      @Override
      public void done(ProducerIdentity next) {
        if (!next.equals(identity)) {
          identity = next;
          open.needsEpoch = false;
        }
        over();
      }

      @Override
      public void refused(ErrorCode error, RuntimeException cause, boolean afterUnanswered) {
        open.endUnanswered |= afterUnanswered;
        open.endSent = false;
        TransactionVerdict verdict = TransactionVerdict.of(error);
        if (commit && open.isVersionTwo && error == ErrorCode.INVALID_TXN_STATE) {
          // The coordinator has aborted it, and takes an abort for that one sent again.
          abortable(isLongOpen() ? timedOut(cause) : cause);
        } else if (commit) {
          judge(verdict, cause);
        } else if (verdict == TransactionVerdict.EPOCH_OVER) {
          epochOver(cause);
          looksAgain.run();
        } else if (verdict == TransactionVerdict.ABORT_UNKNOWN_PRODUCER) {
          open.producerUnknown = true;
          looksAgain.run();
        } else if (error == ErrorCode.INVALID_TXN_STATE && !open.confirmed) {
          // The coordinator has never heard of it: what would have opened it there was refused.
          over();
        } else {
          startAnew(cause);
        }
      }

      @Override
      public void failed(RuntimeException cause) {
        startAnew(cause);
      }
    };
  }

  private void over() {
    if (!open.needsEpoch) {
      ready("the transaction is over");
    } else if (goesOnFromEpochs()) {
      identify(identity);
    } else {
      startAnew(
          new KafkaException(
              "The transaction is aborted, but the sequence numbers have a gap, and brokers before"
                  + " 2.5 give no other epoch to a producer that goes on"));
    }
  }

  private void identify(ProducerIdentity from) {
    open.endSent = true;
    steps.identify(
        from,
        new CoordinatorSteps.Ended() {
          @Override
          public void done(ProducerIdentity next) {
            identity = next;
            ready("producer id " + next.producerId() + " epoch " + next.epoch());
          }

          @Override
          public void refused(ErrorCode error, RuntimeException cause, boolean afterUnanswered) {
            if (TransactionVerdict.of(error) == TransactionVerdict.EPOCH_OVER) {
              fenced(cause);
            } else {
              startAnew(cause);
            }
          }

          @Override
          public void failed(RuntimeException cause) {
            startAnew(cause);
          }
        });
  }

  private void ready(String why) {
    TransactionOperation ended =
        switch (status.state()) {
          case INITIALIZING -> TransactionOperation.INITIALIZE;
          case COMMITTING -> TransactionOperation.COMMIT;
          default -> TransactionOperation.ABORT;
        };
    participants.clear();
    groupOffsets.clear();
    status.transition(TransactionState.READY, why);
    undertakings.end(ended, null);
    looksAgain.run();
  }
}

package io.millstream.transaction;

import io.millstream.common.errors.ClusterAuthorizationException;
import io.millstream.common.errors.InvalidPidMappingException;
import io.millstream.common.errors.InvalidProducerEpochException;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.errors.TransactionalIdAuthorizationException;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.Reaction;

/** What an error means to a transaction. The error table decides. */
enum TransactionVerdict {
  /** No error. */
  FINE,
  /** The same request is sent again. */
  TRY_AGAIN,
  /** The transaction can be aborted, and the producer goes on with the next one. */
  ABORT,
  /** The same, but the coordinator does not know the producer id any more. */
  ABORT_UNKNOWN_PRODUCER,
  /** The epoch is over: another instance took over, or the transaction was open for too long. */
  EPOCH_OVER,
  /** Only another producer can go on. */
  START_ANEW;

  static TransactionVerdict of(ErrorCode error) {
    return switch (error) {
      case NONE -> FINE;
      case PRODUCER_FENCED, INVALID_PRODUCER_EPOCH -> EPOCH_OVER;
      case INVALID_PRODUCER_ID_MAPPING -> ABORT_UNKNOWN_PRODUCER;
      default -> {
        if (error.retriable()) {
          yield TRY_AGAIN;
        }
        yield error.reactions().contains(Reaction.ABORT_TRANSACTION) ? ABORT : START_ANEW;
      }
    };
  }

  /** Judges what a batch of the transaction failed of, for good. */
  static TransactionVerdict ofBatch(RuntimeException cause) {
    if (cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException) {
      return EPOCH_OVER;
    }
    if (cause instanceof InvalidPidMappingException) {
      return ABORT_UNKNOWN_PRODUCER;
    }
    boolean lasting =
        cause instanceof ClusterAuthorizationException
            || cause instanceof TransactionalIdAuthorizationException
            || cause instanceof UnsupportedVersionException;
    return lasting ? START_ANEW : ABORT;
  }
}

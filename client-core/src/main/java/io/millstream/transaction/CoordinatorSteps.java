package io.millstream.transaction;

import io.millstream.cluster.Route;
import io.millstream.protocol.EndTxnRequest;
import io.millstream.protocol.EndTxnResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.InitProducerIdRequest;
import io.millstream.protocol.InitProducerIdResponse;
import io.millstream.protocol.TransactionVersions;

/** The requests that begin and end what one epoch of a producer does. Owned by the event loop. */
final class CoordinatorSteps {

  private final Route.Coordinator coordinator;
  private final int timeoutMillis;
  private final CoordinatorRequests requests;

  /** Learns how a step ended. */
  interface Ended {

    /**
     * It succeeded.
     *
     * @param next the identity to go on with
     */
    void done(ProducerIdentity next);

    /**
     * The coordinator refused.
     *
     * @param error why
     * @param cause what the user hears
     * @param afterUnanswered whether an earlier attempt may have reached the coordinator
     */
    void refused(ErrorCode error, RuntimeException cause, boolean afterUnanswered);

    /** There is no answer, and there will be none. */
    void failed(RuntimeException cause);
  }

  CoordinatorSteps(Route.Coordinator coordinator, int timeoutMillis, CoordinatorRequests requests) {
    this.coordinator = coordinator;
    this.timeoutMillis = timeoutMillis;
    this.requests = requests;
  }

  /**
   * Asks for a producer id and epoch.
   *
   * @param from the identity to go on from, which fails if it is not that of now (KIP-360); {@link
   *     ProducerIdentity#NONE} to take over whatever there is
   */
  void identify(ProducerIdentity from, Ended ended) {
    InitProducerIdRequest message =
        new InitProducerIdRequest(
            coordinator.key(), timeoutMillis, from.producerId(), from.epoch());
    requests.send(
        new TransactionRequest<>(coordinator, message, message.apiKey().newestVersion()),
        response -> ErrorCode.of(response.errorCode()),
        new CoordinatorRequests.Outcome<>() {
          @Override
          public void answered(
              InitProducerIdResponse response, ErrorCode error, boolean afterUnanswered) {
            if (error == ErrorCode.NONE) {
              ended.done(new ProducerIdentity(response.producerId(), response.producerEpoch()));
            } else {
              ended.refused(error, refusal(error, "give a producer id"), afterUnanswered);
            }
          }

          @Override
          public void failed(RuntimeException cause) {
            ended.failed(cause);
          }
        });
  }

  /** Asks for the end of the transaction. */
  void end(ProducerIdentity identity, boolean commit, boolean isVersionTwo, Ended ended) {
    EndTxnRequest message =
        new EndTxnRequest(coordinator.key(), identity.producerId(), identity.epoch(), commit);
    short newest =
        isVersionTwo
            ? message.apiKey().newestVersion()
            : TransactionVersions.NEWEST_END_OF_VERSION_ONE;
    requests.send(
        new TransactionRequest<>(coordinator, message, newest),
        response -> ErrorCode.of(response.errorCode()),
        new CoordinatorRequests.Outcome<>() {
          @Override
          public void answered(EndTxnResponse response, ErrorCode error, boolean afterUnanswered) {
            if (error != ErrorCode.NONE) {
              ended.refused(
                  error,
                  refusal(error, (commit ? "commit" : "abort") + " the transaction"),
                  afterUnanswered);
            } else if (response.producerId() < 0) {
              ended.done(identity);
            } else {
              ended.done(new ProducerIdentity(response.producerId(), response.producerEpoch()));
            }
          }

          @Override
          public void failed(RuntimeException cause) {
            ended.failed(cause);
          }
        });
  }

  private RuntimeException refusal(ErrorCode error, String what) {
    String remedy =
        switch (error) {
          case INVALID_TRANSACTION_TIMEOUT ->
              "; transaction.timeout.ms="
                  + timeoutMillis
                  + " is more than transaction.max.timeout.ms of the brokers";
          case TRANSACTIONAL_ID_AUTHORIZATION_FAILED ->
              "; the user may not write under this transactional.id";
          default -> "";
        };
    return error.exception(coordinator + " refused to " + what + remedy);
  }
}

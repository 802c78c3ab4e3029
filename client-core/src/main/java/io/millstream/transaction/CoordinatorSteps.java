package io.millstream.transaction;

import io.millstream.cluster.Route;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.EndTxnRequest;
import io.millstream.protocol.EndTxnResponse;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.InitProducerIdRequest;
import io.millstream.protocol.InitProducerIdResponse;
import io.millstream.protocol.TransactionVersions;

/** The requests that begin and end what one epoch of a producer does. Owned by the event loop. */
final class CoordinatorSteps {

  private static final String NO_TWO_PHASES =
      "transaction.two.phase.commit.enable=true needs InitProducerId in version 6, which the"
          + " coordinator does not speak. Brokers 4.4 do with unstable.api.versions.enable=true;"
          + " they also need transaction.two.phase.commit.enable=true";

  private final Route.Coordinator coordinator;
  private final TransactionSettings settings;
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

  CoordinatorSteps(
      Route.Coordinator coordinator, TransactionSettings settings, CoordinatorRequests requests) {
    this.coordinator = coordinator;
    this.settings = settings;
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
        InitProducerIdRequest.defaults()
            .withTransactionalId(coordinator.key())
            .withTransactionTimeoutMs(settings.timeoutMillis())
            .withProducerId(from.producerId())
            .withProducerEpoch(from.epoch())
            .withEnable2Pc(settings.twoPhases());
    requests.send(
        new TransactionRequest<>(
            coordinator,
            message,
            settings.twoPhases()
                ? TransactionVersions.FIRST_INIT_WITH_TWO_PHASES
                : TransactionVersions.NEWEST_STABLE_INIT),
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
            ended.failed(
                settings.twoPhases() && cause instanceof UnsupportedVersionException
                    ? new UnsupportedVersionException(NO_TWO_PHASES, cause)
                    : cause);
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
                  + settings.timeoutMillis()
                  + " is more than transaction.max.timeout.ms of the brokers";
          case TRANSACTIONAL_ID_AUTHORIZATION_FAILED ->
              settings.twoPhases()
                  ? "; either transaction.two.phase.commit.enable is not set for the brokers, or the"
                      + " user may not WRITE or TWO_PHASE_COMMIT under this transactional.id"
                  : "; the user may not write under this transactional.id";
          default -> "";
        };
    return error.exception(coordinator + " refused to " + what + remedy);
  }
}

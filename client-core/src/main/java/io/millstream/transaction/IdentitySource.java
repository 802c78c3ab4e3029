package io.millstream.transaction;

import io.millstream.cluster.Deadline;
import io.millstream.cluster.Outcome;
import io.millstream.cluster.Route;
import io.millstream.cluster.RoutedRequest;
import io.millstream.cluster.Router;
import io.millstream.network.EventLoop;
import io.millstream.network.Purpose;
import io.millstream.network.RequestSpec;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.InitProducerIdRequest;
import io.millstream.protocol.InitProducerIdResponse;
import io.millstream.protocol.TransactionVersions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an idempotent producer has its identity from: asked of the cluster when first needed, and
 * raised to the next epoch whenever a partition has to number anew. Owned by the event loop.
 */
public final class IdentitySource implements Identities {

  private static final Logger LOG = LoggerFactory.getLogger(IdentitySource.class);

  private final EventLoop loop;
  private final Router router;
  private final Runnable onKnown;
  private final Consumer<RuntimeException> onRefused;
  private @Nullable ProducerIdentity current;
  private boolean asking;
  private ErrorCode lastAnswer = ErrorCode.NONE;

  /**
   * Creates a source that has asked nobody yet.
   *
   * @param loop the loop it belongs to
   * @param router asks the cluster
   * @param onKnown told when an identity was given
   * @param onRefused told when the cluster refuses to give one
   */
  public IdentitySource(
      EventLoop loop, Router router, Runnable onKnown, Consumer<RuntimeException> onRefused) {
    this.loop = loop;
    this.router = router;
    this.onKnown = onKnown;
    this.onRefused = onRefused;
  }

  @Override
  public @Nullable ProducerIdentity current() {
    loop.assertInLoop();
    if (current == null && !asking) {
      ask();
    }
    return current;
  }

  @Override
  public @Nullable String obstacle() {
    loop.assertInLoop();
    if (!asking) {
      return null;
    }
    return "no producer id is known yet, which idempotence needs: "
        + (lastAnswer == ErrorCode.NONE
            ? "the request for one is not answered"
            : "the cluster answers " + lastAnswer);
  }

  @Override
  public void renumber(ProducerIdentity old, String reason) {
    loop.assertInLoop();
    ProducerIdentity known = current;
    if (known == null) {
      return;
    }
    if (known.producerId() != old.producerId()) {
      // Replaced already, for another partition.
      return;
    }
    if (known.exhausted()) {
      LOG.info("{}: asking for another producer id: {}", loop.name(), reason);
      current = null;
    } else {
      current = known.next();
      LOG.info("{}: the producer epoch is now {}: {}", loop.name(), current.epoch(), reason);
    }
  }

  @Override
  public void replace(ProducerIdentity old, String reason) {
    loop.assertInLoop();
    if (old.equals(current)) {
      LOG.info("{}: asking for another producer id: {}", loop.name(), reason);
      current = null;
    }
  }

  private void ask() {
    asking = true;
    lastAnswer = ErrorCode.NONE;
    RoutedRequest<InitProducerIdResponse> request =
        new RoutedRequest<>(
            Route.any(),
            Purpose.CONTROL,
            RequestSpec.of(
                InitProducerIdRequest.defaults()
                    .withTransactionalId(null)
                    .withTransactionTimeoutMs(Integer.MAX_VALUE),
                TransactionVersions.NEWEST_STABLE_INIT),
            this::note,
            Deadline.NEVER,
            router.retry().attemptNanos());
    router.send(
        request,
        new Outcome<>() {
          @Override
          public void succeeded(InitProducerIdResponse response, short version) {
            asking = false;
            current = new ProducerIdentity(response.producerId(), response.producerEpoch());
            LOG.info(
                "{}: producer id {} epoch {}",
                loop.name(),
                response.producerId(),
                response.producerEpoch());
            onKnown.run();
          }

          @Override
          public void failed(RuntimeException exception) {
            asking = false;
            onRefused.accept(exception);
          }
        });
  }

  private ErrorCode note(InitProducerIdResponse response) {
    lastAnswer = ErrorCode.of(response.errorCode());
    return lastAnswer;
  }
}

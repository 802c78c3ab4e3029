package io.millstream.transaction;

import io.millstream.clients.producer.ProducerConfig;
import io.millstream.network.Backoff;
import io.millstream.settings.ParsedSettings;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a producer's transactions run.
 *
 * @param transactionalId {@code transactional.id}
 * @param timeoutMillis {@code transaction.timeout.ms}: after how long the coordinator aborts
 * @param twoPhases {@code transaction.two.phase.commit.enable}: the coordinator never aborts by
 *     itself
 * @param maxBlockNanos {@code max.block.ms}: how long a caller waits
 * @param backoff {@code retry.backoff.ms} and {@code retry.backoff.max.ms}
 */
public record TransactionSettings(
    String transactionalId,
    int timeoutMillis,
    boolean twoPhases,
    long maxBlockNanos,
    Backoff backoff) {

  /**
   * Takes them from a producer's settings.
   *
   * @param settings of a producer
   * @return null for a producer without transactions
   */
  public static @Nullable TransactionSettings from(ParsedSettings settings) {
    String transactionalId = settings.optionalText(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    return transactionalId == null
        ? null
        : new TransactionSettings(
            transactionalId,
            settings.integer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
            settings.flag(ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG),
            settings.nanos(ProducerConfig.MAX_BLOCK_MS_CONFIG),
            new Backoff(
                settings.nanos(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                settings.nanos(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG)));
  }

  /** Returns for how long a transaction may be open. */
  long timeoutNanos() {
    return twoPhases ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }
}

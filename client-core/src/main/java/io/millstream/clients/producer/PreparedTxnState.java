package io.millstream.clients.producer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells which transaction a producer had prepared, for a transaction manager outside that stores it
 * as text and compares it later (KIP-939). Immutable.
 */
public class PreparedTxnState {

  private static final long NO_PRODUCER_ID = -1;
  private static final short NO_EPOCH = -1;

  private final long producerId;
  private final short epoch;

  /** Tells of no transaction. */
  public PreparedTxnState() {
    this(NO_PRODUCER_ID, NO_EPOCH);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @param serializedState {@code producerId:epoch}; null or empty for no transaction
   * @throws IllegalArgumentException if it is anything else
   */
  public PreparedTxnState(@Nullable String serializedState) {
    if (serializedState == null || serializedState.isEmpty()) {
      producerId = NO_PRODUCER_ID;
      epoch = NO_EPOCH;
      return;
    }
    int colon = serializedState.indexOf(':');
    if (colon < 0 || colon != serializedState.lastIndexOf(':')) {
      throw invalid(serializedState, null);
    }
    try {
      producerId = Long.parseLong(serializedState.substring(0, colon));
      epoch = Short.parseShort(serializedState.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw invalid(serializedState, e);
    }
    if (producerId < 0 || epoch < 0) {
      throw invalid(serializedState, null);
    }
  }

  PreparedTxnState(long producerId, short epoch) {
    this.producerId = producerId;
    this.epoch = epoch;
  }

  private static IllegalArgumentException invalid(
      String serializedState, @Nullable NumberFormatException cause) {
    return new IllegalArgumentException(
        "'%s' is no prepared transaction; expected a producer id and an epoch as in 4711:3"
            .formatted(serializedState),
        cause);
  }

  /** {@return the producer's id; -1 for no transaction} */
  public long producerId() {
    return producerId;
  }

  /** {@return the producer's epoch; -1 for no transaction} */
  public short epoch() {
    return epoch;
  }

  /** {@return whether a transaction was prepared} */
  public boolean hasTransaction() {
    return producerId != NO_PRODUCER_ID;
  }

  /** Returns {@code producerId:epoch}, empty for no transaction. */
  @Override
  public String toString() {
    return hasTransaction() ? producerId + ":" + epoch : "";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PreparedTxnState that
        && producerId == that.producerId
        && epoch == that.epoch;
  }

  @Override
  public int hashCode() {
    return Objects.hash(producerId, epoch);
  }
}

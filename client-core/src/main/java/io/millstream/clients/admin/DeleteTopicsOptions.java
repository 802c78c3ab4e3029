package io.millstream.clients.admin;

import org.jspecify.annotations.Nullable;

/** How topics are deleted. */
public class DeleteTopicsOptions extends AbstractOptions<DeleteTopicsOptions> {

  private boolean retryOnQuotaViolation = true;

  /** Creates the default options: a topic is tried again when a quota forbids it now. */
  public DeleteTopicsOptions() {}

  @Override
  public DeleteTopicsOptions timeoutMs(@Nullable Integer timeoutMs) {
    this.timeoutMs = timeoutMs;
    return this;
  }

  /**
   * Sets whether a topic is tried again when a quota forbids it now (KIP-599).
   *
   * @param retryOnQuotaViolation true to try again until the time-out
   * @return these options
   */
  public DeleteTopicsOptions retryOnQuotaViolation(boolean retryOnQuotaViolation) {
    this.retryOnQuotaViolation = retryOnQuotaViolation;
    return this;
  }

  /**
   * Tells whether a topic is tried again when a quota forbids it now.
   *
   * @return true if it is
   */
  public boolean shouldRetryOnQuotaViolation() {
    return retryOnQuotaViolation;
  }
}

package io.millstream.clients.admin;

import org.jspecify.annotations.Nullable;

/** How topics are created. */
public class CreateTopicsOptions extends AbstractOptions<CreateTopicsOptions> {

  private boolean validateOnly;
  private boolean retryOnQuotaViolation = true;

  /**
   * Creates the default options: topics are created, and tried again when a quota forbids it now.
   */
  public CreateTopicsOptions() {}

  @Override
  public CreateTopicsOptions timeoutMs(@Nullable Integer timeoutMs) {
    this.timeoutMs = timeoutMs;
    return this;
  }

  /**
   * Sets whether the broker only checks the request.
   *
   * @param validateOnly true to create nothing
   * @return these options
   */
  public CreateTopicsOptions validateOnly(boolean validateOnly) {
    this.validateOnly = validateOnly;
    return this;
  }

  /**
   * Tells whether the broker only checks the request.
   *
   * @return true if nothing is created
   */
  public boolean shouldValidateOnly() {
    return validateOnly;
  }

  /**
   * Sets whether a topic is tried again when a quota forbids it now (KIP-599).
   *
   * @param retryOnQuotaViolation true to try again until the time-out
   * @return these options
   */
  public CreateTopicsOptions retryOnQuotaViolation(boolean retryOnQuotaViolation) {
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

package io.millstream.clients.admin;

import org.jspecify.annotations.Nullable;

/**
 * What every operation of the admin client can be told.
 *
 * @param <T> the options of the operation
 */
// Raw bound as in Kafka's API, which users' subclasses compile against.
@SuppressWarnings("rawtypes")
public abstract class AbstractOptions<T extends AbstractOptions> {

  /**
   * How long the operation may take in milliseconds, or null for {@code default.api.timeout.ms}.
   */
  protected @Nullable Integer timeoutMs = null;

  /** Creates options with the client's default time-out. */
  public AbstractOptions() {}

  /**
   * Sets how long the operation may take.
   *
   * @param timeoutMs milliseconds, or null for {@code default.api.timeout.ms}
   * @return these options
   */
  // Kafka's self type: T is the subclass itself by its declaration.
  @SuppressWarnings("unchecked")
  public T timeoutMs(@Nullable Integer timeoutMs) {
    this.timeoutMs = timeoutMs;
    return (T) this;
  }

  /**
   * Gives how long the operation may take.
   *
   * @return milliseconds, or null for {@code default.api.timeout.ms}
   */
  public @Nullable Integer timeoutMs() {
    return timeoutMs;
  }
}

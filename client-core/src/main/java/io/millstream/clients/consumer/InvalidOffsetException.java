package io.millstream.clients.consumer;

import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A consumer stands at no offset, or at none that exists, and may not choose one by itself. */
public abstract class InvalidOffsetException extends KafkaException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public InvalidOffsetException(@Nullable String message) {
    super(message);
  }

  /** {@return the partitions it happened to} */
  public abstract Set<TopicPartition> partitions();
}

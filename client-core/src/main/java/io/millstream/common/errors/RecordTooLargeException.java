package io.millstream.common.errors;

import io.millstream.common.TopicPartition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record is larger than the client, the topic or the broker allows. */
public class RecordTooLargeException extends ApiException {

  private static final long serialVersionUID = 1L;

  private final transient @Nullable Map<TopicPartition, Long> recordTooLargePartitions;

  /** Creates the exception without message and cause. */
  public RecordTooLargeException() {
    super();
    recordTooLargePartitions = null;
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param cause why it happened; null where that is not known
   */
  public RecordTooLargeException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    recordTooLargePartitions = null;
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   */
  public RecordTooLargeException(@Nullable String message) {
    super(message);
    recordTooLargePartitions = null;
  }

  /**
   * Creates the exception.
   *
   * @param cause why it happened; null where that is not known
   */
  public RecordTooLargeException(@Nullable Throwable cause) {
    super(cause);
    recordTooLargePartitions = null;
  }

  /**
   * Creates the exception.
   *
   * @param message what happened; null for no message
   * @param recordTooLargePartitions the partitions with the offset of the record in each
   */
  public RecordTooLargeException(
      @Nullable String message, Map<TopicPartition, Long> recordTooLargePartitions) {
    super(message);
    this.recordTooLargePartitions =
        Collections.unmodifiableMap(new LinkedHashMap<>(recordTooLargePartitions));
  }

  /** {@return the partitions with the offset of the record in each, or null if not known} */
  public @Nullable Map<TopicPartition, Long> recordTooLargePartitions() {
    return recordTooLargePartitions;
  }
}

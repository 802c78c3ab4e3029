package io.millstream.common.errors;

import io.millstream.common.TopicPartition;
import io.millstream.common.header.Headers;
import io.millstream.common.header.internals.RecordHeaders;
import io.millstream.common.record.TimestampType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A deserializer could not read the key or value of a record that was fetched. The consumer stands
 * at that record: to skip it, seek to {@link #offset()} + 1.
 */
public class RecordDeserializationException extends SerializationException {

  private static final long serialVersionUID = 1L;

  /** Which part of the record could not be read. */
  public enum DeserializationExceptionOrigin {
    /** The key. */
    KEY,
    /** The value. */
    VALUE
  }

  private final @Nullable DeserializationExceptionOrigin origin;
  private final TopicPartition partition;
  private final long offset;
  private final long timestamp;
  private final TimestampType timestampType;
  private final transient @Nullable ByteBuffer keyBuffer;
  private final transient @Nullable ByteBuffer valueBuffer;
  private final transient Headers headers;

  /**
   * Creates an exception that tells nothing of the record but where it is.
   *
   * @param partition the partition of the record
   * @param offset the offset of the record
   * @param message what happened
   * @param cause what the deserializer threw
   * @deprecated since Kafka 3.9; give the record too
   */
  @Deprecated
  public RecordDeserializationException(
      TopicPartition partition, long offset, @Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
    this.origin = null;
    this.partition = partition;
    this.offset = offset;
    this.timestamp = -1;
    this.timestampType = TimestampType.NO_TIMESTAMP_TYPE;
    this.keyBuffer = null;
    this.valueBuffer = null;
    this.headers = new RecordHeaders();
  }

  // Ten parameters, since the public API of Kafka has them.
  /**
   * Creates the exception.
   *
   * @param origin which part could not be read
   * @param partition the partition of the record
   * @param offset the offset of the record
   * @param timestamp the timestamp of the record, in milliseconds since 1970
   * @param timestampType what the timestamp means
   * @param keyBuffer the bytes of the key; null where it has none
   * @param valueBuffer the bytes of the value; null where it has none
   * @param headers the headers of the record
   * @param message what happened
   * @param cause what the deserializer threw
   */
  public RecordDeserializationException(
      DeserializationExceptionOrigin origin,
      TopicPartition partition,
      long offset,
      long timestamp,
      TimestampType timestampType,
      @Nullable ByteBuffer keyBuffer,
      @Nullable ByteBuffer valueBuffer,
      Headers headers,
      @Nullable String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.origin = origin;
    this.partition = partition;
    this.offset = offset;
    this.timestamp = timestamp;
    this.timestampType = timestampType;
    this.keyBuffer = keyBuffer;
    this.valueBuffer = valueBuffer;
    this.headers = headers;
  }

  /** {@return which part could not be read; null where who created this did not say} */
  public @Nullable DeserializationExceptionOrigin origin() {
    return origin;
  }

  /** {@return the partition of the record} */
  public TopicPartition topicPartition() {
    return partition;
  }

  /** {@return the offset of the record} */
  public long offset() {
    return offset;
  }

  /** {@return what the timestamp means} */
  public TimestampType timestampType() {
    return timestampType;
  }

  /** {@return the timestamp of the record, in milliseconds since 1970} */
  public long timestamp() {
    return timestamp;
  }

  /** {@return the bytes of the key, or null where the record has none} */
  public @Nullable ByteBuffer keyBuffer() {
    return keyBuffer;
  }

  /** {@return the bytes of the value, or null where the record has none} */
  public @Nullable ByteBuffer valueBuffer() {
    return valueBuffer;
  }

  /** {@return the headers of the record} */
  public Headers headers() {
    return headers;
  }
}

package io.millstream.clients.consumer;

import io.millstream.common.Configurable;
import io.millstream.common.TopicPartition;
import java.util.Map;

/**
 * Sees the records before {@code poll} returns them, and may change them; and is told what was
 * committed. What it throws is logged and not passed on.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public interface ConsumerInterceptor<K, V> extends Configurable, AutoCloseable {

  /**
   * Called on the polling thread.
   *
   * @param records what was fetched, or what the interceptor before returned
   * @return what {@code poll} returns
   */
  ConsumerRecords<K, V> onConsume(ConsumerRecords<K, V> records);

  /**
   * Called when offsets were committed.
   *
   * @param offsets what was committed
   */
  void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets);

  /** Called when the consumer is closed. */
  @Override
  void close();
}

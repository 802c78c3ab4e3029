package io.millstream.clients.consumer;

import io.millstream.common.TopicPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Told how an asynchronous commit ended. */
public interface OffsetCommitCallback {

  /**
   * Called inside a later call of the consumer, on the thread of that call.
   *
   * @param offsets what was to be committed
   * @param exception why it was not, or null if it was
   */
  void onComplete(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception exception);
}

package io.millstream.produce;

import io.millstream.common.errors.RecordTooLargeException;

/**
 * The largest record that can be sent.
 *
 * @param maxRequestBytes {@code max.request.size}
 * @param memoryBytes {@code buffer.memory}
 */
record RecordLimits(int maxRequestBytes, long memoryBytes) {

  /**
   * Refuses a record that cannot be sent.
   *
   * @param topic its topic
   * @param recordBytes its size, without the header of the batch
   * @param neededBytes the memory it takes
   * @throws RecordTooLargeException if it is too large
   */
  void check(String topic, int recordBytes, long neededBytes) {
    if (recordBytes > maxRequestBytes) {
      throw new RecordTooLargeException(
          ("A record for topic %s takes %d bytes, which is more than max.request.size=%d; raise"
                  + " that setting, and message.max.bytes of the brokers or max.message.bytes of"
                  + " the topic with it")
              .formatted(topic, recordBytes, maxRequestBytes));
    }
    if (neededBytes > memoryBytes) {
      throw new RecordTooLargeException(
          "A record for topic %s takes %d bytes of memory, which is more than buffer.memory=%d; raise that setting"
              .formatted(topic, neededBytes, memoryBytes));
    }
  }
}

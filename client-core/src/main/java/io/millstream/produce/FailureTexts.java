package io.millstream.produce;

import io.millstream.common.TopicPartition;
import io.millstream.network.Durations;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.ProduceResponse.PartitionProduceResponse;

/** The sentences that users see when their records fail. */
final class FailureTexts {

  /** Ends the text of a batch that is refused as out of order, and follows no failure. */
  static final String DATA_LOSS =
      ". All before it was acknowledged, so the broker has lost records, perhaps by an unclean"
          + " leader election";

  /** Ends the text of a batch whose whole one broker may have taken and another has not. */
  static final String SPLIT_IN_DOUBT =
      ". It is a part of a batch that one broker had perhaps taken as a whole, and then one found"
          + " too large, so the record may be in the log; give max.message.bytes of the topic, or"
          + " message.max.bytes, the same value on all brokers, and no less than batch.size";

  private final ProduceSettings settings;

  FailureTexts(ProduceSettings settings) {
    this.settings = settings;
  }

  /**
   * Ends what a broker answered with what to look at, where its own words do not tell.
   *
   * @return empty for most errors
   */
  static String remedy(ErrorCode error, PartitionProduceResponse told, String topic) {
    boolean tooFew =
        error == ErrorCode.NOT_ENOUGH_REPLICAS
            || error == ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND;
    return tooFew && told.errorMessage() == null
        ? ": fewer replicas are in sync than min.insync.replicas of topic %s asks for; see that its brokers run, or lower it"
            .formatted(topic)
        : "";
  }

  /** A batch that was not delivered in time. */
  String expired(ProducerBatch batch, String phase) {
    Travel travel = batch.travel();
    String last = travel.lastProblem.isEmpty() ? "" : "; last: " + travel.lastProblem;
    return "%s of %s not delivered within delivery.timeout.ms=%s: %s after %s%s%s"
        .formatted(
            records(batch),
            batch.partition(),
            Durations.text(settings.patience().deliveryNanos()),
            phase,
            attempts(travel.attempts),
            last,
            travel.perhapsAppended ? ". The records may have been written all the same" : "");
  }

  /** A batch that the broker refused, or that was tried often enough. */
  String refused(ProducerBatch batch, String problem) {
    return "%s of %s failed after %s: %s"
        .formatted(records(batch), batch.partition(), attempts(batch.travel().attempts), problem);
  }

  /** A record that waited for its topic or partition. */
  String unknown(TopicPartition target, int partitions, String reason) {
    long blockNanos = settings.buffering().maxBlockNanos();
    long deliveryNanos = settings.patience().deliveryNanos();
    String within =
        deliveryNanos < blockNanos
            ? "delivery.timeout.ms=" + Durations.text(deliveryNanos)
            : "max.block.ms=" + Durations.text(blockNanos);
    return partitions == 0
        ? "No metadata of topic %s within %s, so its record was not sent: %s"
            .formatted(target.topic(), within, reason)
        : "Topic %s has %d partitions and did not get a partition %d within %s, so the record for it was not sent"
            .formatted(target.topic(), partitions, target.partition(), within);
  }

  /** A batch that was pending when the producer was closed or died. */
  String abandoned(ProducerBatch batch, String reason) {
    boolean written =
        batch.travel().perhapsAppended || batch.state() == ProducerBatch.State.IN_FLIGHT;
    return "%s of %s: %s%s"
        .formatted(
            records(batch),
            batch.partition(),
            reason,
            written ? ". The request was under way: the records may have been written" : "");
  }

  private static String records(ProducerBatch batch) {
    return batch.recordCount() == 1 ? "1 record" : batch.recordCount() + " records";
  }

  private static String attempts(int attempts) {
    return switch (attempts) {
      case 0 -> "no attempt";
      case 1 -> "1 attempt";
      default -> attempts + " attempts";
    };
  }
}

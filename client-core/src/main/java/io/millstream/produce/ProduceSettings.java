package io.millstream.produce;

import io.millstream.clients.producer.ProducerConfig;
import io.millstream.compression.Codec;
import io.millstream.network.Backoff;
import io.millstream.settings.ParsedSettings;
import org.jspecify.annotations.Nullable;

/**
 * How records are gathered and delivered.
 *
 * @param buffering how they wait
 * @param delivery how they are sent
 * @param patience for how long and how often it is tried
 * @param codec {@code compression.type}
 * @param compressionLevel level of the codec
 * @param choosing how partitions are chosen
 */
public record ProduceSettings(
    Buffering buffering,
    Delivery delivery,
    Patience patience,
    Codec codec,
    int compressionLevel,
    Choosing choosing) {

  /** Stands for {@code acks=all}: all in-sync replicas have the record. */
  static final short ACKS_ALL = -1;

  /**
   * How records wait.
   *
   * @param memoryBytes {@code buffer.memory}
   * @param batchBytes {@code batch.size}
   * @param linger {@code linger.ms}
   * @param maxBlockNanos {@code max.block.ms}
   */
  public record Buffering(long memoryBytes, int batchBytes, Linger linger, long maxBlockNanos) {}

  /**
   * How records are sent.
   *
   * @param acks {@code acks}: 0, 1 or {@link #ACKS_ALL}
   * @param idempotent {@code enable.idempotence}
   * @param maxInFlight {@code max.in.flight.requests.per.connection}
   * @param maxRequestBytes {@code max.request.size}
   */
  public record Delivery(short acks, boolean idempotent, int maxInFlight, int maxRequestBytes) {

    /** Says whether a retry may never overtake what was sent after it. */
    boolean ordered() {
      return idempotent || maxInFlight == 1;
    }
  }

  /**
   * For how long and how often it is tried.
   *
   * @param deliveryNanos {@code delivery.timeout.ms}, from the call of {@code send}
   * @param requestNanos {@code request.timeout.ms}
   * @param retries {@code retries}
   * @param backoff {@code retry.backoff.ms} and {@code retry.backoff.max.ms}
   */
  public record Patience(long deliveryNanos, long requestNanos, int retries, Backoff backoff) {}

  /**
   * How the partitions of records are chosen that name none.
   *
   * @param ignoreKeys {@code partitioner.ignore.keys}
   * @param adaptive {@code partitioner.adaptive.partitioning.enable}
   * @param availabilityNanos {@code partitioner.availability.timeout.ms}, zero for never
   * @param rack the one of {@code client.rack} where {@code partitioner.rack.aware} is on, else
   *     null
   */
  public record Choosing(
      boolean ignoreKeys, boolean adaptive, long availabilityNanos, @Nullable String rack) {

    /** All partitions get the same, and keys decide. */
    static final Choosing EVENLY = new Choosing(false, false, 0, null);
  }

  /**
   * Takes from a producer's settings what concerns its records.
   *
   * @param settings of a producer
   */
  public static ProduceSettings from(ParsedSettings settings) {
    Codec codec = Codec.of(settings.text(ProducerConfig.COMPRESSION_TYPE_CONFIG));
    if (codec == null) {
      throw new IllegalArgumentException("an unknown codec passed the rule of its key");
    }
    return new ProduceSettings(
        new Buffering(
            settings.number(ProducerConfig.BUFFER_MEMORY_CONFIG),
            settings.integer(ProducerConfig.BATCH_SIZE_CONFIG),
            new Linger(
                settings.nanos(ProducerConfig.LINGER_MS_CONFIG),
                !settings.given(ProducerConfig.LINGER_MS_CONFIG)),
            settings.nanos(ProducerConfig.MAX_BLOCK_MS_CONFIG)),
        new Delivery(
            acks(settings.text(ProducerConfig.ACKS_CONFIG)),
            settings.flag(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG),
            settings.integer(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
            settings.integer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG)),
        new Patience(
            settings.nanos(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG),
            settings.nanos(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG),
            settings.integer(ProducerConfig.RETRIES_CONFIG),
            new Backoff(
                settings.nanos(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                settings.nanos(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG))),
        codec,
        level(codec, settings),
        choosing(settings));
  }

  private static Choosing choosing(ParsedSettings settings) {
    return new Choosing(
        settings.flag(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG),
        settings.flag(ProducerConfig.PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG),
        settings.nanos(ProducerConfig.PARTITIONER_AVAILABILITY_TIMEOUT_MS_CONFIG),
        settings.flag(ProducerConfig.PARTITIONER_RACK_AWARE_CONFIG)
            ? settings.text(ProducerConfig.CLIENT_RACK_CONFIG)
            : null);
  }

  private static short acks(String text) {
    return switch (text) {
      case "0" -> 0;
      case "1" -> 1;
      default -> ACKS_ALL;
    };
  }

  private static int level(Codec codec, ParsedSettings settings) {
    return switch (codec) {
      case GZIP -> settings.integer(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG);
      case LZ4 -> settings.integer(ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG);
      case ZSTD -> settings.integer(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG);
      case NONE, SNAPPY -> codec.defaultLevel();
    };
  }
}

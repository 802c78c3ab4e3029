package io.millstream.settings;

import static io.millstream.settings.Rule.atLeast;
import static io.millstream.settings.Rule.between;
import static io.millstream.settings.Rule.betweenOr;
import static io.millstream.settings.Rule.notEmpty;
import static io.millstream.settings.Rule.oneOf;
import static io.millstream.settings.Rule.servers;
import static io.millstream.settings.Setting.flag;
import static io.millstream.settings.Setting.integer;
import static io.millstream.settings.Setting.list;
import static io.millstream.settings.Setting.number;
import static io.millstream.settings.Setting.plugin;
import static io.millstream.settings.Setting.plugins;
import static io.millstream.settings.Setting.text;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.clients.producer.Partitioner;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.clients.producer.ProducerInterceptor;
import io.millstream.common.serialization.Serializer;
import java.util.List;

/** What only a producer has, or with a default of its own. */
final class ProducerDefinitions {

  private ProducerDefinitions() {}

  static List<Setting> all() {
    return List.of(
        text(ProducerConfig.ACKS_CONFIG, "all")
            .rule(oneOf("all", "-1", "0", "1"))
            .low()
            .doc(
                "What the producer waits for: all (or -1) for all replicas in sync, 1 for the"
                    + " leader alone, 0 for nothing."),
        integer(ProducerConfig.BATCH_SIZE_CONFIG, 16_384)
            .rule(atLeast(0))
            .medium()
            .doc(
                "Largest size of a batch of records of one partition as sent, in bytes. Zero sends"
                    + " each record alone."),
        list(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)
            .rule(servers())
            .required()
            .high()
            .doc(CommonClientConfigs.BOOTSTRAP_SERVERS_DOC),
        number(ProducerConfig.BUFFER_MEMORY_CONFIG, 33_554_432)
            .rule(atLeast(0))
            .high()
            .doc("Memory for records that wait to be sent, in bytes."),
        text(ProducerConfig.CLIENT_ID_CONFIG, "").medium().doc(CommonClientConfigs.CLIENT_ID_DOC),
        text(ProducerConfig.CLIENT_RACK_CONFIG, "")
            .low()
            .doc(
                "Rack of the client, as the brokers' broker.rack spells it; for"
                    + " partitioner.rack.aware."),
        integer(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, -1)
            .rule(betweenOr(1, 9, -1))
            .medium()
            .doc("Level of gzip, from 1 (fast) to 9 (small); -1 for the default of zlib."),
        integer(ProducerConfig.COMPRESSION_LZ4_LEVEL_CONFIG, 9)
            .rule(between(1, 17))
            .medium()
            .doc(
                "Level of lz4, from 1 to 17 (small); 9, as in Kafka, is the fast compressor instead."),
        text(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none")
            .rule(oneOf("none", "gzip", "snappy", "lz4", "zstd"))
            .high()
            .doc("How batches are compressed: none, gzip, snappy, lz4 or zstd."),
        integer(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, 3)
            .rule(between(-131072, 22))
            .medium()
            .doc("Level of zstd, from -131072 (fast) to 22 (small)."),
        number(ProducerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG, 540_000)
            .medium()
            .doc(CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_DOC),
        integer(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 120_000)
            .rule(atLeast(0))
            .medium()
            .doc(
                "How long a record may take from send until it is acknowledged or fails, retries"
                    + " included, in milliseconds. At least linger.ms plus request.timeout.ms."),
        flag(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
            .low()
            .doc(ProducerConfig.ENABLE_IDEMPOTENCE_DOC),
        flag(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, true)
            .low()
            .doc(CommonClientConfigs.ENABLE_METRICS_PUSH_DOC)
            .notBuilt(false),
        plugins(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, ProducerInterceptor.class)
            .low()
            .doc(ProducerConfig.INTERCEPTOR_CLASSES_DOC),
        plugin(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, Serializer.class)
            .required()
            .high()
            .doc(ProducerConfig.KEY_SERIALIZER_CLASS_DOC),
        number(ProducerConfig.LINGER_MS_CONFIG, 5)
            .rule(atLeast(0))
            .medium()
            .unset("adaptive, at most 5")
            .doc(
                "How long a batch that is not full waits for more records, in milliseconds. Where it"
                    + " is not given, a batch leaves at once for a broker that has answered all and"
                    + " got nothing for 2 ms, and else after 5 ms at the latest."),
        number(ProducerConfig.MAX_BLOCK_MS_CONFIG, 60_000)
            .rule(atLeast(0))
            .medium()
            .doc(
                "How long a call of the producer may wait for metadata or for room in the buffer,"
                    + " in milliseconds."),
        integer(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5)
            .rule(atLeast(1))
            .low()
            .doc(
                "How many produce requests may be under way to a broker. At most 5 with"
                    + " enable.idempotence."),
        integer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1_048_576)
            .rule(atLeast(0))
            .medium()
            .doc(
                "Largest size of a produce request, and of a single record before compression, in"
                    + " bytes."),
        number(ProducerConfig.METADATA_MAX_IDLE_CONFIG, 300_000)
            .rule(atLeast(5000))
            .low()
            .doc(
                "How long the producer keeps the metadata of a topic it no longer sends to, in"
                    + " milliseconds."),
        flag(ProducerConfig.PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG, true)
            .low()
            .doc(
                "Whether records without a key go more often to partitions whose brokers answer"
                    + " faster. Has no effect with partitioner.class."),
        number(ProducerConfig.PARTITIONER_AVAILABILITY_TIMEOUT_MS_CONFIG, 0)
            .rule(atLeast(0))
            .low()
            .doc(
                "How long a broker may fail to take a batch before its partitions get no records"
                    + " without a key, in milliseconds. Zero never avoids one. Has no effect without"
                    + " partitioner.adaptive.partitioning.enable."),
        plugin(ProducerConfig.PARTITIONER_CLASS_CONFIG, Partitioner.class)
            .medium()
            .doc(
                "Chooses the partitions: class name, class or instance of Partitioner. Without it"
                    + " the key's hash decides, and records without a key stay on one partition for"
                    + " a batch."),
        flag(ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG, false)
            .medium()
            .doc("Whether the partition is chosen without regard to the key."),
        flag(ProducerConfig.PARTITIONER_RACK_AWARE_CONFIG, false)
            .low()
            .doc(
                "Whether records without a key prefer partitions whose leader is in the rack of"
                    + " client.rack. Has no effect with partitioner.class."),
        integer(ProducerConfig.RECEIVE_BUFFER_CONFIG, 32_768)
            .rule(atLeast(-1))
            .medium()
            .doc(CommonClientConfigs.RECEIVE_BUFFER_DOC),
        integer(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE)
            .rule(between(0, Integer.MAX_VALUE))
            .high()
            .doc(CommonClientConfigs.RETRIES_DOC),
        integer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 60_000)
            .low()
            .doc(ProducerConfig.TRANSACTION_TIMEOUT_DOC),
        flag(ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG, false)
            .low()
            .doc(
                "Whether the brokers keep a transaction open until this producer, or one that takes"
                    + " over its transactional.id, ends it (KIP-939): transaction.timeout.ms does"
                    + " not apply. Brokers 4.4 allow it where unstable.api.versions.enable and"
                    + " transaction.two.phase.commit.enable are set there."),
        text(ProducerConfig.TRANSACTIONAL_ID_CONFIG, null)
            .rule(notEmpty())
            .low()
            .doc(ProducerConfig.TRANSACTIONAL_ID_DOC),
        plugin(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, Serializer.class)
            .required()
            .high()
            .doc(ProducerConfig.VALUE_SERIALIZER_CLASS_DOC));
  }
}

package io.millstream.settings;

import static io.millstream.settings.Rule.atLeast;
import static io.millstream.settings.Rule.notEmpty;
import static io.millstream.settings.Rule.offsetReset;
import static io.millstream.settings.Rule.oneOf;
import static io.millstream.settings.Rule.oneOfIgnoringCase;
import static io.millstream.settings.Rule.servers;
import static io.millstream.settings.Setting.flag;
import static io.millstream.settings.Setting.integer;
import static io.millstream.settings.Setting.list;
import static io.millstream.settings.Setting.number;
import static io.millstream.settings.Setting.plugin;
import static io.millstream.settings.Setting.plugins;
import static io.millstream.settings.Setting.text;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.clients.consumer.ConsumerConfig;
import io.millstream.clients.consumer.ConsumerInterceptor;
import io.millstream.clients.consumer.ConsumerPartitionAssignor;
import io.millstream.clients.consumer.RangeAssignor;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.common.serialization.Deserializer;
import java.util.List;

/** What only a consumer has, or with a default of its own. */
final class ConsumerDefinitions {

  private ConsumerDefinitions() {}

  static List<Setting> all() {
    return List.of(
        flag(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, true)
            .medium()
            .doc(
                "Whether a topic is created when the consumer asks for it, if the broker does so."),
        integer(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, 5000)
            .rule(atLeast(0))
            .low()
            .doc("Time between commits in the background, in milliseconds."),
        text(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest")
            .rule(offsetReset())
            .medium()
            .doc(ConsumerConfig.AUTO_OFFSET_RESET_DOC),
        list(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)
            .rule(servers())
            .required()
            .high()
            .doc(CommonClientConfigs.BOOTSTRAP_SERVERS_DOC),
        flag(ConsumerConfig.CHECK_CRCS_CONFIG, true)
            .low()
            .doc("Whether the checksums of fetched batches are checked."),
        text(ConsumerConfig.CLIENT_ID_CONFIG, "").low().doc(CommonClientConfigs.CLIENT_ID_DOC),
        text(ConsumerConfig.CLIENT_RACK_CONFIG, "")
            .low()
            .doc(CommonClientConfigs.CLIENT_RACK_DOC)
            .notBuilt(),
        number(ConsumerConfig.CONNECTIONS_MAX_IDLE_MS_CONFIG, 540_000)
            .medium()
            .doc(CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_DOC),
        integer(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 60_000)
            .rule(atLeast(0))
            .medium()
            .doc(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_DOC),
        flag(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, true)
            .medium()
            .doc("Whether offsets of polled records are committed in the background."),
        flag(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, true)
            .low()
            .doc(CommonClientConfigs.ENABLE_METRICS_PUSH_DOC)
            .notBuilt(false),
        flag(ConsumerConfig.EXCLUDE_INTERNAL_TOPICS_CONFIG, true)
            .medium()
            .doc("Whether a pattern leaves the topics out that Kafka keeps for itself.")
            .notBuilt(),
        integer(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 52_428_800)
            .rule(atLeast(0))
            .medium()
            .doc(
                "Most bytes that one fetch asks for. A larger first batch is delivered all the"
                    + " same."),
        integer(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500)
            .rule(atLeast(0))
            .low()
            .doc("How long a broker may gather fetch.min.bytes, in milliseconds."),
        integer(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1)
            .rule(atLeast(0))
            .high()
            .doc(
                "How many bytes a broker gathers before it answers a fetch, unless"
                    + " fetch.max.wait.ms is over."),
        text(ConsumerConfig.GROUP_ID_CONFIG, null).high().doc(CommonClientConfigs.GROUP_ID_DOC),
        text(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, null)
            .rule(notEmpty())
            .medium()
            .doc(CommonClientConfigs.GROUP_INSTANCE_ID_DOC),
        text(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic")
            .rule(oneOfIgnoringCase("CONSUMER", "CLASSIC"))
            .high()
            .doc(ConsumerConfig.GROUP_PROTOCOL_DOC)
            .notBuilt(),
        text(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, null)
            .medium()
            .doc(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_DOC)
            .notBuilt(),
        integer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3000)
            .high()
            .doc(CommonClientConfigs.HEARTBEAT_INTERVAL_MS_DOC),
        plugins(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, ConsumerInterceptor.class)
            .low()
            .doc(ProducerConfig.INTERCEPTOR_CLASSES_DOC)
            .notBuilt(),
        text(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted")
            .rule(oneOf("read_committed", "read_uncommitted"))
            .medium()
            .doc(ConsumerConfig.ISOLATION_LEVEL_DOC),
        plugin(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, Deserializer.class)
            .required()
            .high()
            .doc(ConsumerConfig.KEY_DESERIALIZER_CLASS_DOC),
        integer(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1_048_576)
            .rule(atLeast(0))
            .high()
            .doc(
                "Most bytes that one fetch asks of a partition. A larger first batch is delivered"
                    + " all the same."),
        integer(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 300_000)
            .rule(atLeast(1))
            .medium()
            .doc(CommonClientConfigs.MAX_POLL_INTERVAL_MS_DOC),
        integer(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500)
            .rule(atLeast(1))
            .medium()
            .doc("Most records that one poll returns."),
        plugins(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                ConsumerPartitionAssignor.class,
                RangeAssignor.class)
            .medium()
            .doc(
                "Assignors of a classic group, in order of preference: class names, classes or"
                    + " instances."),
        integer(ConsumerConfig.RECEIVE_BUFFER_CONFIG, 65_536)
            .rule(atLeast(-1))
            .medium()
            .doc(CommonClientConfigs.RECEIVE_BUFFER_DOC),
        integer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 45_000)
            .high()
            .doc(CommonClientConfigs.SESSION_TIMEOUT_MS_DOC),
        text(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "implicit")
            .rule(oneOf("implicit", "explicit"))
            .medium()
            .doc("How a share consumer acknowledges records: implicit or explicit.")
            .notBuilt(),
        text(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "BATCH_OPTIMIZED")
            .rule(oneOfIgnoringCase("batch_optimized", "record_limit"))
            .medium()
            .doc("How a share consumer acquires records: batch_optimized or record_limit.")
            .notBuilt(),
        plugin(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, Deserializer.class)
            .required()
            .high()
            .doc(ConsumerConfig.VALUE_DESERIALIZER_CLASS_DOC),
        number(ConsumerConfig.FETCH_BUFFER_MAX_BYTES_CONFIG, 67_108_864L)
            .rule(atLeast(1))
            .medium()
            .doc(
                "Most bytes of fetched batches that wait for poll. A larger batch is fetched"
                    + " alone."),
        integer(ConsumerConfig.FETCH_MAX_DECOMPRESSED_BATCH_BYTES_CONFIG, 134_217_728)
            .rule(atLeast(1))
            .medium()
            .doc("Most bytes that one fetched batch may have when decompressed."));
  }
}

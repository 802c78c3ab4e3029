package io.millstream.settings;

import static io.millstream.settings.Rule.atLeast;
import static io.millstream.settings.Rule.oneOf;
import static io.millstream.settings.Rule.oneOfIgnoringCase;
import static io.millstream.settings.Setting.flag;
import static io.millstream.settings.Setting.integer;
import static io.millstream.settings.Setting.list;
import static io.millstream.settings.Setting.number;
import static io.millstream.settings.Setting.text;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.clients.producer.ProducerConfig;
import java.util.List;

/** What all clients have in common. */
final class CommonDefinitions {

  private CommonDefinitions() {}

  static List<Setting> all() {
    return List.of(
        number(CommonClientConfigs.BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG, 0)
            .rule(atLeast(0))
            .high()
            .doc(CommonClientConfigs.BOOTSTRAP_RESOLVE_TIMEOUT_MS_DOC)
            .notBuilt(),
        text(CommonClientConfigs.CLIENT_DNS_LOOKUP_CONFIG, "use_all_dns_ips")
            .rule(oneOf("use_all_dns_ips", "resolve_canonical_bootstrap_servers_only"))
            .medium()
            .doc(CommonClientConfigs.CLIENT_DNS_LOOKUP_DOC),
        list("config.providers")
            .low()
            .doc("Sources of values that settings name in place of the value itself.")
            .notBuilt(),
        flag(CommonClientConfigs.METADATA_CLUSTER_CHECK_ENABLE_CONFIG, true)
            .low()
            .doc(CommonClientConfigs.METADATA_CLUSTER_CHECK_ENABLE_DOC),
        number(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 300_000)
            .rule(atLeast(0))
            .low()
            .doc(CommonClientConfigs.METADATA_MAX_AGE_DOC),
        number(CommonClientConfigs.METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG, 300_000)
            .rule(atLeast(0))
            .low()
            .doc(CommonClientConfigs.METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_DOC),
        text(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "rebootstrap")
            .rule(oneOfIgnoringCase("REBOOTSTRAP", "NONE"))
            .low()
            .doc(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_DOC),
        number(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000)
            .rule(atLeast(0))
            .low()
            .doc(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_DOC),
        number(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50)
            .rule(atLeast(0))
            .low()
            .doc(CommonClientConfigs.RECONNECT_BACKOFF_MS_DOC),
        integer(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, 30_000)
            .rule(atLeast(0))
            .medium()
            .doc(CommonClientConfigs.REQUEST_TIMEOUT_MS_DOC),
        number(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 1000)
            .rule(atLeast(0))
            .low()
            .doc(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_DOC),
        number(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 100)
            .rule(atLeast(0))
            .low()
            .doc(CommonClientConfigs.RETRY_BACKOFF_MS_DOC),
        text(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT")
            .rule(oneOfIgnoringCase("SASL_SSL", "PLAINTEXT", "SSL", "SASL_PLAINTEXT"))
            .medium()
            .doc(CommonClientConfigs.SECURITY_PROTOCOL_DOC)
            .notBuilt(),
        text(ProducerConfig.SECURITY_PROVIDERS_CONFIG, null)
            .low()
            .doc("Classes that create security providers, separated by commas.")
            .notBuilt(),
        integer(CommonClientConfigs.SEND_BUFFER_CONFIG, 131_072)
            .rule(atLeast(-1))
            .medium()
            .doc(CommonClientConfigs.SEND_BUFFER_DOC),
        number(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 30_000)
            .medium()
            .doc(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_DOC),
        number(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 10_000)
            .medium()
            .doc(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_DOC));
  }
}

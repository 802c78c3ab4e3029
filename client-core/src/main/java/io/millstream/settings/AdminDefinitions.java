package io.millstream.settings;

import static io.millstream.settings.Rule.atLeast;
import static io.millstream.settings.Rule.between;
import static io.millstream.settings.Rule.servers;
import static io.millstream.settings.Setting.flag;
import static io.millstream.settings.Setting.integer;
import static io.millstream.settings.Setting.list;
import static io.millstream.settings.Setting.number;
import static io.millstream.settings.Setting.text;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.clients.admin.AdminClientConfig;
import java.util.List;

/** What only an admin client has, or with a default of its own. */
final class AdminDefinitions {

  private AdminDefinitions() {}

  static List<Setting> all() {
    return List.of(
        list(AdminClientConfig.BOOTSTRAP_CONTROLLERS_CONFIG)
            .rule(servers())
            .high()
            .doc(AdminClientConfig.BOOTSTRAP_CONTROLLERS_DOC)
            .notBuilt(),
        list(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
            .rule(servers())
            .high()
            .doc(CommonClientConfigs.BOOTSTRAP_SERVERS_DOC),
        text(CommonClientConfigs.CLIENT_ID_CONFIG, "")
            .medium()
            .doc(CommonClientConfigs.CLIENT_ID_DOC),
        number(CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_CONFIG, 300_000)
            .medium()
            .doc(CommonClientConfigs.CONNECTIONS_MAX_IDLE_MS_DOC),
        integer(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, 60_000)
            .rule(atLeast(0))
            .medium()
            .doc(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_DOC),
        flag(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false)
            .low()
            .doc(CommonClientConfigs.ENABLE_METRICS_PUSH_DOC)
            .notBuilt(),
        integer(CommonClientConfigs.RECEIVE_BUFFER_CONFIG, 65_536)
            .rule(atLeast(-1))
            .medium()
            .doc(CommonClientConfigs.RECEIVE_BUFFER_DOC),
        integer(CommonClientConfigs.RETRIES_CONFIG, Integer.MAX_VALUE)
            .rule(between(0, Integer.MAX_VALUE))
            .low()
            .doc(CommonClientConfigs.RETRIES_DOC));
  }
}

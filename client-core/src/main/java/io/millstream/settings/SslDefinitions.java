package io.millstream.settings;

import static io.millstream.settings.Setting.list;
import static io.millstream.settings.Setting.plugin;
import static io.millstream.settings.Setting.secret;
import static io.millstream.settings.Setting.text;

import io.millstream.common.config.SslConfigs;
import java.util.List;

/** Settings of TLS, the same for all clients. */
final class SslDefinitions {

  private SslDefinitions() {}

  static List<Setting> all() {
    return List.of(
        list(SslConfigs.SSL_CIPHER_SUITES_CONFIG)
            .low()
            .doc(SslConfigs.SSL_CIPHER_SUITES_DOC)
            .notBuilt(),
        list(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, "TLSv1.2", "TLSv1.3")
            .medium()
            .doc(SslConfigs.SSL_ENABLED_PROTOCOLS_DOC)
            .notBuilt(),
        text(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "https")
            .low()
            .doc(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_DOC)
            .notBuilt(),
        plugin(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, Object.class)
            .low()
            .doc(SslConfigs.SSL_ENGINE_FACTORY_CLASS_DOC)
            .notBuilt(),
        secret(SslConfigs.SSL_KEY_PASSWORD_CONFIG)
            .high()
            .doc(SslConfigs.SSL_KEY_PASSWORD_DOC)
            .notBuilt(),
        text(SslConfigs.SSL_KEYMANAGER_ALGORITHM_CONFIG, "SunX509")
            .low()
            .doc(SslConfigs.SSL_KEYMANAGER_ALGORITHM_DOC)
            .notBuilt(),
        secret(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG)
            .high()
            .doc(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_DOC)
            .notBuilt(),
        secret(SslConfigs.SSL_KEYSTORE_KEY_CONFIG)
            .high()
            .doc(SslConfigs.SSL_KEYSTORE_KEY_DOC)
            .notBuilt(),
        text(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, null)
            .high()
            .doc(SslConfigs.SSL_KEYSTORE_LOCATION_DOC)
            .notBuilt(),
        secret(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG)
            .high()
            .doc(SslConfigs.SSL_KEYSTORE_PASSWORD_DOC)
            .notBuilt(),
        text(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "JKS")
            .medium()
            .doc(SslConfigs.SSL_KEYSTORE_TYPE_DOC)
            .notBuilt(),
        text(SslConfigs.SSL_PROTOCOL_CONFIG, "TLSv1.3")
            .medium()
            .doc(SslConfigs.SSL_PROTOCOL_DOC)
            .notBuilt(),
        text(SslConfigs.SSL_PROVIDER_CONFIG, null)
            .medium()
            .doc(SslConfigs.SSL_PROVIDER_DOC)
            .notBuilt(),
        text(SslConfigs.SSL_SECURE_RANDOM_IMPLEMENTATION_CONFIG, null)
            .low()
            .doc(SslConfigs.SSL_SECURE_RANDOM_IMPLEMENTATION_DOC)
            .notBuilt(),
        text(SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_CONFIG, "PKIX")
            .low()
            .doc(SslConfigs.SSL_TRUSTMANAGER_ALGORITHM_DOC)
            .notBuilt(),
        secret(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG)
            .high()
            .doc(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_DOC)
            .notBuilt(),
        text(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, null)
            .high()
            .doc(SslConfigs.SSL_TRUSTSTORE_LOCATION_DOC)
            .notBuilt(),
        secret(SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG)
            .high()
            .doc(SslConfigs.SSL_TRUSTSTORE_PASSWORD_DOC)
            .notBuilt(),
        text(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "JKS")
            .medium()
            .doc(SslConfigs.SSL_TRUSTSTORE_TYPE_DOC)
            .notBuilt());
  }
}

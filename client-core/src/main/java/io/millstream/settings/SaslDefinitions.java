package io.millstream.settings;

import static io.millstream.settings.Rule.between;
import static io.millstream.settings.Rule.oneOfIgnoringCase;
import static io.millstream.settings.Setting.className;
import static io.millstream.settings.Setting.decimal;
import static io.millstream.settings.Setting.flag;
import static io.millstream.settings.Setting.integer;
import static io.millstream.settings.Setting.list;
import static io.millstream.settings.Setting.number;
import static io.millstream.settings.Setting.plugin;
import static io.millstream.settings.Setting.secret;
import static io.millstream.settings.Setting.smallInteger;
import static io.millstream.settings.Setting.text;

import io.millstream.common.config.SaslConfigs;
import java.util.List;

/** Settings of SASL, the same for all clients. */
final class SaslDefinitions {

  private SaslDefinitions() {}

  static List<Setting> all() {
    return List.of(
        plugin(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS, Object.class)
            .medium()
            .doc(SaslConfigs.SASL_CLIENT_CALLBACK_HANDLER_CLASS_DOC)
            .notBuilt(),
        secret(SaslConfigs.SASL_JAAS_CONFIG)
            .medium()
            .doc(SaslConfigs.SASL_JAAS_CONFIG_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_KERBEROS_KINIT_CMD, "/usr/bin/kinit")
            .low()
            .doc(SaslConfigs.SASL_KERBEROS_KINIT_CMD_DOC)
            .notBuilt(),
        number(SaslConfigs.SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN, 60_000)
            .low()
            .doc(SaslConfigs.SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_KERBEROS_SERVICE_NAME, null)
            .medium()
            .doc(SaslConfigs.SASL_KERBEROS_SERVICE_NAME_DOC)
            .notBuilt(),
        decimal(SaslConfigs.SASL_KERBEROS_TICKET_RENEW_JITTER, 0.05)
            .low()
            .doc(SaslConfigs.SASL_KERBEROS_TICKET_RENEW_JITTER_DOC)
            .notBuilt(),
        decimal(SaslConfigs.SASL_KERBEROS_TICKET_RENEW_WINDOW_FACTOR, 0.8)
            .low()
            .doc(SaslConfigs.SASL_KERBEROS_TICKET_RENEW_WINDOW_FACTOR_DOC)
            .notBuilt(),
        plugin(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS, Object.class)
            .medium()
            .doc(SaslConfigs.SASL_LOGIN_CALLBACK_HANDLER_CLASS_DOC)
            .notBuilt(),
        plugin(SaslConfigs.SASL_LOGIN_CLASS, Object.class)
            .medium()
            .doc(SaslConfigs.SASL_LOGIN_CLASS_DOC)
            .notBuilt(),
        integer(SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS, null)
            .low()
            .doc(SaslConfigs.SASL_LOGIN_CONNECT_TIMEOUT_MS_DOC)
            .notBuilt(),
        integer(SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS, null)
            .low()
            .doc(SaslConfigs.SASL_LOGIN_READ_TIMEOUT_MS_DOC)
            .notBuilt(),
        smallInteger(SaslConfigs.SASL_LOGIN_REFRESH_BUFFER_SECONDS, 300)
            .rule(between(0, 3600))
            .low()
            .doc(SaslConfigs.SASL_LOGIN_REFRESH_BUFFER_SECONDS_DOC)
            .notBuilt(),
        smallInteger(SaslConfigs.SASL_LOGIN_REFRESH_MIN_PERIOD_SECONDS, 60)
            .rule(between(0, 900))
            .low()
            .doc(SaslConfigs.SASL_LOGIN_REFRESH_MIN_PERIOD_SECONDS_DOC)
            .notBuilt(),
        decimal(SaslConfigs.SASL_LOGIN_REFRESH_WINDOW_FACTOR, 0.8)
            .rule(between(0.5, 1.0))
            .low()
            .doc(SaslConfigs.SASL_LOGIN_REFRESH_WINDOW_FACTOR_DOC)
            .notBuilt(),
        decimal(SaslConfigs.SASL_LOGIN_REFRESH_WINDOW_JITTER, 0.05)
            .rule(between(0.0, 0.25))
            .low()
            .doc(SaslConfigs.SASL_LOGIN_REFRESH_WINDOW_JITTER_DOC)
            .notBuilt(),
        number(SaslConfigs.SASL_LOGIN_RETRY_BACKOFF_MAX_MS, 10_000)
            .low()
            .doc(SaslConfigs.SASL_LOGIN_RETRY_BACKOFF_MAX_MS_DOC)
            .notBuilt(),
        number(SaslConfigs.SASL_LOGIN_RETRY_BACKOFF_MS, 100)
            .low()
            .doc(SaslConfigs.SASL_LOGIN_RETRY_BACKOFF_MS_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_MECHANISM, "GSSAPI")
            .medium()
            .doc(SaslConfigs.SASL_MECHANISM_DOC)
            .notBuilt(),
        flag(SaslConfigs.SASL_OAUTHBEARER_ALLOW_UNVERIFIED_AUDIENCE, false)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ALLOW_UNVERIFIED_AUDIENCE_DOC)
            .notBuilt(),
        flag(SaslConfigs.SASL_OAUTHBEARER_ALLOW_UNVERIFIED_ISSUER, false)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ALLOW_UNVERIFIED_ISSUER_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_ALGORITHM, "RS256")
            .rule(oneOfIgnoringCase("ES256", "RS256"))
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_ALGORITHM_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_AUD, null)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_AUD_DOC)
            .notBuilt(),
        integer(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_EXP_SECONDS, 300)
            .rule(between(0, 86_400))
            .low()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_EXP_SECONDS_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_ISS, null)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_ISS_DOC)
            .notBuilt(),
        flag(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_JTI_INCLUDE, false)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_JTI_INCLUDE_DOC)
            .notBuilt(),
        integer(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_NBF_SECONDS, 60)
            .rule(between(0, 3600))
            .low()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_NBF_SECONDS_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_SUB, null)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_SUB_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_FILE, null)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_FILE_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE, null)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE_DOC)
            .notBuilt(),
        secret(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE, null)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID, null)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID_DOC)
            .notBuilt(),
        secret(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET_DOC)
            .notBuilt(),
        integer(SaslConfigs.SASL_OAUTHBEARER_CLOCK_SKEW_SECONDS, 30)
            .low()
            .doc(SaslConfigs.SASL_OAUTHBEARER_CLOCK_SKEW_SECONDS_DOC)
            .notBuilt(),
        list(SaslConfigs.SASL_OAUTHBEARER_EXPECTED_AUDIENCE)
            .high()
            .doc(SaslConfigs.SASL_OAUTHBEARER_EXPECTED_AUDIENCE_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_EXPECTED_ISSUER, null)
            .high()
            .doc(SaslConfigs.SASL_OAUTHBEARER_EXPECTED_ISSUER_DOC)
            .notBuilt(),
        flag(SaslConfigs.SASL_OAUTHBEARER_HEADER_URLENCODE, false)
            .low()
            .doc(SaslConfigs.SASL_OAUTHBEARER_HEADER_URLENCODE_DOC)
            .notBuilt(),
        number(SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_REFRESH_MS, 3_600_000)
            .low()
            .doc(SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_REFRESH_MS_DOC)
            .notBuilt(),
        number(SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MAX_MS, 10_000)
            .low()
            .doc(SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MAX_MS_DOC)
            .notBuilt(),
        number(SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MS, 100)
            .low()
            .doc(SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MS_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_URL, null)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_JWKS_ENDPOINT_URL_DOC)
            .notBuilt(),
        className(
                SaslConfigs.SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS,
                SaslConfigs.DEFAULT_SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS_DOC)
            .notBuilt(),
        className(
                SaslConfigs.SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS,
                SaslConfigs.DEFAULT_SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_SCOPE, null)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_SCOPE_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_SCOPE_CLAIM_NAME, "scope")
            .low()
            .doc(SaslConfigs.SASL_OAUTHBEARER_SCOPE_CLAIM_NAME_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_SUB_CLAIM_NAME, "sub")
            .low()
            .doc(SaslConfigs.SASL_OAUTHBEARER_SUB_CLAIM_NAME_DOC)
            .notBuilt(),
        text(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL, null)
            .medium()
            .doc(SaslConfigs.SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL_DOC)
            .notBuilt());
  }
}

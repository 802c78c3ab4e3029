package io.millstream.common.config;

/** Keys of the settings for SASL. */
public class SaslConfigs {

  /** SASL mechanism by which the client authenticates. */
  public static final String SASL_MECHANISM = "sasl.mechanism";

  /** What {@code sasl.mechanism} does. */
  public static final String SASL_MECHANISM_DOC =
      "SASL mechanism by which the client authenticates.";

  /** The mechanism of Kerberos. */
  public static final String GSSAPI_MECHANISM = "GSSAPI";

  /** The default of {@code sasl.mechanism}. */
  public static final String DEFAULT_SASL_MECHANISM = "GSSAPI";

  /** Login module and its options in the syntax of a JAAS file. */
  public static final String SASL_JAAS_CONFIG = "sasl.jaas.config";

  /** What {@code sasl.jaas.config} does. */
  public static final String SASL_JAAS_CONFIG_DOC =
      "Login module and its options in the syntax of a JAAS file.";

  /** Class that answers the mechanism's questions for names and passwords. */
  public static final String SASL_CLIENT_CALLBACK_HANDLER_CLASS =
      "sasl.client.callback.handler.class";

  /** What {@code sasl.client.callback.handler.class} does. */
  public static final String SASL_CLIENT_CALLBACK_HANDLER_CLASS_DOC =
      "Class that answers the mechanism's questions for names and passwords.";

  /** Class that answers the login module's questions. */
  public static final String SASL_LOGIN_CALLBACK_HANDLER_CLASS =
      "sasl.login.callback.handler.class";

  /** What {@code sasl.login.callback.handler.class} does. */
  public static final String SASL_LOGIN_CALLBACK_HANDLER_CLASS_DOC =
      "Class that answers the login module's questions.";

  /** Class that logs in. */
  public static final String SASL_LOGIN_CLASS = "sasl.login.class";

  /** What {@code sasl.login.class} does. */
  public static final String SASL_LOGIN_CLASS_DOC = "Class that logs in.";

  /** Kerberos name of the brokers' service. */
  public static final String SASL_KERBEROS_SERVICE_NAME = "sasl.kerberos.service.name";

  /** What {@code sasl.kerberos.service.name} does. */
  public static final String SASL_KERBEROS_SERVICE_NAME_DOC =
      "Kerberos name of the brokers' service.";

  /** Path of the kinit command. */
  public static final String SASL_KERBEROS_KINIT_CMD = "sasl.kerberos.kinit.cmd";

  /** What {@code sasl.kerberos.kinit.cmd} does. */
  public static final String SASL_KERBEROS_KINIT_CMD_DOC = "Path of the kinit command.";

  /** The default of {@code sasl.kerberos.kinit.cmd}. */
  public static final String DEFAULT_KERBEROS_KINIT_CMD = "/usr/bin/kinit";

  /** Share of a ticket's life after which it is renewed. */
  public static final String SASL_KERBEROS_TICKET_RENEW_WINDOW_FACTOR =
      "sasl.kerberos.ticket.renew.window.factor";

  /** What {@code sasl.kerberos.ticket.renew.window.factor} does. */
  public static final String SASL_KERBEROS_TICKET_RENEW_WINDOW_FACTOR_DOC =
      "Share of a ticket's life after which it is renewed.";

  /** The default of {@code sasl.kerberos.ticket.renew.window.factor}. */
  public static final double DEFAULT_KERBEROS_TICKET_RENEW_WINDOW_FACTOR = 0.8;

  /** Most that is added at random to the time of renewing a ticket. */
  public static final String SASL_KERBEROS_TICKET_RENEW_JITTER =
      "sasl.kerberos.ticket.renew.jitter";

  /** What {@code sasl.kerberos.ticket.renew.jitter} does. */
  public static final String SASL_KERBEROS_TICKET_RENEW_JITTER_DOC =
      "Most that is added at random to the time of renewing a ticket.";

  /** The default of {@code sasl.kerberos.ticket.renew.jitter}. */
  public static final double DEFAULT_KERBEROS_TICKET_RENEW_JITTER = 0.05;

  /** Shortest time between two Kerberos logins, in milliseconds. */
  public static final String SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN =
      "sasl.kerberos.min.time.before.relogin";

  /** What {@code sasl.kerberos.min.time.before.relogin} does. */
  public static final String SASL_KERBEROS_MIN_TIME_BEFORE_RELOGIN_DOC =
      "Shortest time between two Kerberos logins, in milliseconds.";

  /** The default of {@code sasl.kerberos.min.time.before.relogin}. */
  public static final long DEFAULT_KERBEROS_MIN_TIME_BEFORE_RELOGIN = 60000L;

  /** Share of a token's life after which it is renewed. */
  public static final String SASL_LOGIN_REFRESH_WINDOW_FACTOR = "sasl.login.refresh.window.factor";

  /** What {@code sasl.login.refresh.window.factor} does. */
  public static final String SASL_LOGIN_REFRESH_WINDOW_FACTOR_DOC =
      "Share of a token's life after which it is renewed.";

  /** The default of {@code sasl.login.refresh.window.factor}. */
  public static final double DEFAULT_LOGIN_REFRESH_WINDOW_FACTOR = 0.8;

  /** Most that is added at random to sasl.login.refresh.window.factor. */
  public static final String SASL_LOGIN_REFRESH_WINDOW_JITTER = "sasl.login.refresh.window.jitter";

  /** What {@code sasl.login.refresh.window.jitter} does. */
  public static final String SASL_LOGIN_REFRESH_WINDOW_JITTER_DOC =
      "Most that is added at random to sasl.login.refresh.window.factor.";

  /** The default of {@code sasl.login.refresh.window.jitter}. */
  public static final double DEFAULT_LOGIN_REFRESH_WINDOW_JITTER = 0.05;

  /** Shortest time between two renewals of a token, in seconds. */
  public static final String SASL_LOGIN_REFRESH_MIN_PERIOD_SECONDS =
      "sasl.login.refresh.min.period.seconds";

  /** What {@code sasl.login.refresh.min.period.seconds} does. */
  public static final String SASL_LOGIN_REFRESH_MIN_PERIOD_SECONDS_DOC =
      "Shortest time between two renewals of a token, in seconds.";

  /** The default of {@code sasl.login.refresh.min.period.seconds}. */
  public static final short DEFAULT_LOGIN_REFRESH_MIN_PERIOD_SECONDS = 60;

  /** Time before the end of a token's life by which it is renewed at the latest, in seconds. */
  public static final String SASL_LOGIN_REFRESH_BUFFER_SECONDS =
      "sasl.login.refresh.buffer.seconds";

  /** What {@code sasl.login.refresh.buffer.seconds} does. */
  public static final String SASL_LOGIN_REFRESH_BUFFER_SECONDS_DOC =
      "Time before the end of a token's life by which it is renewed at the latest, in"
          + " seconds.";

  /** The default of {@code sasl.login.refresh.buffer.seconds}. */
  public static final short DEFAULT_LOGIN_REFRESH_BUFFER_SECONDS = 300;

  /** How long connecting to the provider of tokens may take, in milliseconds. */
  public static final String SASL_LOGIN_CONNECT_TIMEOUT_MS = "sasl.login.connect.timeout.ms";

  /** What {@code sasl.login.connect.timeout.ms} does. */
  public static final String SASL_LOGIN_CONNECT_TIMEOUT_MS_DOC =
      "How long connecting to the provider of tokens may take, in milliseconds.";

  /** How long reading from the provider of tokens may take, in milliseconds. */
  public static final String SASL_LOGIN_READ_TIMEOUT_MS = "sasl.login.read.timeout.ms";

  /** What {@code sasl.login.read.timeout.ms} does. */
  public static final String SASL_LOGIN_READ_TIMEOUT_MS_DOC =
      "How long reading from the provider of tokens may take, in milliseconds.";

  /** Longest wait between attempts to log in, in milliseconds. */
  public static final String SASL_LOGIN_RETRY_BACKOFF_MAX_MS = "sasl.login.retry.backoff.max.ms";

  /** The default of {@code sasl.login.retry.backoff.max.ms}. */
  public static final long DEFAULT_SASL_LOGIN_RETRY_BACKOFF_MAX_MS = 10000L;

  /** What {@code sasl.login.retry.backoff.max.ms} does. */
  public static final String SASL_LOGIN_RETRY_BACKOFF_MAX_MS_DOC =
      "Longest wait between attempts to log in, in milliseconds.";

  /** First wait between attempts to log in, in milliseconds. */
  public static final String SASL_LOGIN_RETRY_BACKOFF_MS = "sasl.login.retry.backoff.ms";

  /** The default of {@code sasl.login.retry.backoff.ms}. */
  public static final long DEFAULT_SASL_LOGIN_RETRY_BACKOFF_MS = 100L;

  /** What {@code sasl.login.retry.backoff.ms} does. */
  public static final String SASL_LOGIN_RETRY_BACKOFF_MS_DOC =
      "First wait between attempts to log in, in milliseconds.";

  /** Class that fetches tokens. */
  public static final String SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS =
      "sasl.oauthbearer.jwt.retriever.class";

  /** The default of {@code sasl.oauthbearer.jwt.retriever.class}. */
  public static final String DEFAULT_SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS =
      "io.millstream.common.security.oauthbearer.DefaultJwtRetriever";

  /** What {@code sasl.oauthbearer.jwt.retriever.class} does. */
  public static final String SASL_OAUTHBEARER_JWT_RETRIEVER_CLASS_DOC =
      "Class that fetches tokens.";

  /** Class that checks tokens. */
  public static final String SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS =
      "sasl.oauthbearer.jwt.validator.class";

  /** The default of {@code sasl.oauthbearer.jwt.validator.class}. */
  public static final String DEFAULT_SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS =
      "io.millstream.common.security.oauthbearer.DefaultJwtValidator";

  /** What {@code sasl.oauthbearer.jwt.validator.class} does. */
  public static final String SASL_OAUTHBEARER_JWT_VALIDATOR_CLASS_DOC = "Class that checks tokens.";

  /** Scope to ask a token for. */
  public static final String SASL_OAUTHBEARER_SCOPE = "sasl.oauthbearer.scope";

  /** What {@code sasl.oauthbearer.scope} does. */
  public static final String SASL_OAUTHBEARER_SCOPE_DOC = "Scope to ask a token for.";

  /** Id of the client at the provider of tokens. */
  public static final String SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID =
      "sasl.oauthbearer.client.credentials.client.id";

  /** What {@code sasl.oauthbearer.client.credentials.client.id} does. */
  public static final String SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_ID_DOC =
      "Id of the client at the provider of tokens.";

  /** Secret of the client at the provider of tokens. */
  public static final String SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET =
      "sasl.oauthbearer.client.credentials.client.secret";

  /** What {@code sasl.oauthbearer.client.credentials.client.secret} does. */
  public static final String SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET_DOC =
      "Secret of the client at the provider of tokens.";

  /** Algorithm that signs the assertion: RS256 or ES256. */
  public static final String SASL_OAUTHBEARER_ASSERTION_ALGORITHM =
      "sasl.oauthbearer.assertion.algorithm";

  /** The default of {@code sasl.oauthbearer.assertion.algorithm}. */
  public static final String DEFAULT_SASL_OAUTHBEARER_ASSERTION_ALGORITHM = "RS256";

  /** What {@code sasl.oauthbearer.assertion.algorithm} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_ALGORITHM_DOC =
      "Algorithm that signs the assertion: RS256 or ES256.";

  /** Audience in the assertion. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_AUD =
      "sasl.oauthbearer.assertion.claim.aud";

  /** What {@code sasl.oauthbearer.assertion.claim.aud} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_AUD_DOC =
      "Audience in the assertion.";

  /** Life of the assertion, in seconds. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_EXP_SECONDS =
      "sasl.oauthbearer.assertion.claim.exp.seconds";

  /** The default of {@code sasl.oauthbearer.assertion.claim.exp.seconds}. */
  public static final int DEFAULT_SASL_OAUTHBEARER_ASSERTION_CLAIM_EXP_SECONDS = 300;

  /** What {@code sasl.oauthbearer.assertion.claim.exp.seconds} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_EXP_SECONDS_DOC =
      "Life of the assertion, in seconds.";

  /** Issuer in the assertion. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_ISS =
      "sasl.oauthbearer.assertion.claim.iss";

  /** What {@code sasl.oauthbearer.assertion.claim.iss} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_ISS_DOC = "Issuer in the assertion.";

  /** Whether the assertion carries an id of its own. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_JTI_INCLUDE =
      "sasl.oauthbearer.assertion.claim.jti.include";

  /** The default of {@code sasl.oauthbearer.assertion.claim.jti.include}. */
  public static final boolean DEFAULT_SASL_OAUTHBEARER_ASSERTION_CLAIM_JTI_INCLUDE = false;

  /** What {@code sasl.oauthbearer.assertion.claim.jti.include} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_JTI_INCLUDE_DOC =
      "Whether the assertion carries an id of its own.";

  /** How many seconds before now the assertion becomes valid. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_NBF_SECONDS =
      "sasl.oauthbearer.assertion.claim.nbf.seconds";

  /** The default of {@code sasl.oauthbearer.assertion.claim.nbf.seconds}. */
  public static final int DEFAULT_SASL_OAUTHBEARER_ASSERTION_CLAIM_NBF_SECONDS = 60;

  /** What {@code sasl.oauthbearer.assertion.claim.nbf.seconds} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_NBF_SECONDS_DOC =
      "How many seconds before now the assertion becomes valid.";

  /** Subject in the assertion. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_SUB =
      "sasl.oauthbearer.assertion.claim.sub";

  /** What {@code sasl.oauthbearer.assertion.claim.sub} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_CLAIM_SUB_DOC = "Subject in the assertion.";

  /** File that holds a ready assertion. */
  public static final String SASL_OAUTHBEARER_ASSERTION_FILE = "sasl.oauthbearer.assertion.file";

  /** What {@code sasl.oauthbearer.assertion.file} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_FILE_DOC =
      "File that holds a ready assertion.";

  /** File with the key that signs the assertion. */
  public static final String SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE =
      "sasl.oauthbearer.assertion.private.key.file";

  /** What {@code sasl.oauthbearer.assertion.private.key.file} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE_DOC =
      "File with the key that signs the assertion.";

  /** Passphrase of the key that signs the assertion. */
  public static final String SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE =
      "sasl.oauthbearer.assertion.private.key.passphrase";

  /** What {@code sasl.oauthbearer.assertion.private.key.passphrase} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE_DOC =
      "Passphrase of the key that signs the assertion.";

  /** File with further headers and claims of the assertion. */
  public static final String SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE =
      "sasl.oauthbearer.assertion.template.file";

  /** What {@code sasl.oauthbearer.assertion.template.file} does. */
  public static final String SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE_DOC =
      "File with further headers and claims of the assertion.";

  /** Claim of the token that holds the scope. */
  public static final String SASL_OAUTHBEARER_SCOPE_CLAIM_NAME =
      "sasl.oauthbearer.scope.claim.name";

  /** The default of {@code sasl.oauthbearer.scope.claim.name}. */
  public static final String DEFAULT_SASL_OAUTHBEARER_SCOPE_CLAIM_NAME = "scope";

  /** What {@code sasl.oauthbearer.scope.claim.name} does. */
  public static final String SASL_OAUTHBEARER_SCOPE_CLAIM_NAME_DOC =
      "Claim of the token that holds the scope.";

  /** Claim of the token that holds the subject. */
  public static final String SASL_OAUTHBEARER_SUB_CLAIM_NAME = "sasl.oauthbearer.sub.claim.name";

  /** The default of {@code sasl.oauthbearer.sub.claim.name}. */
  public static final String DEFAULT_SASL_OAUTHBEARER_SUB_CLAIM_NAME = "sub";

  /** What {@code sasl.oauthbearer.sub.claim.name} does. */
  public static final String SASL_OAUTHBEARER_SUB_CLAIM_NAME_DOC =
      "Claim of the token that holds the subject.";

  /** Where tokens are given out. */
  public static final String SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL =
      "sasl.oauthbearer.token.endpoint.url";

  /** What {@code sasl.oauthbearer.token.endpoint.url} does. */
  public static final String SASL_OAUTHBEARER_TOKEN_ENDPOINT_URL_DOC =
      "Where tokens are given out.";

  /** Where the provider's keys are. */
  public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_URL =
      "sasl.oauthbearer.jwks.endpoint.url";

  /** What {@code sasl.oauthbearer.jwks.endpoint.url} does. */
  public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_URL_DOC =
      "Where the provider's keys are.";

  /** Time between two fetches of the provider's keys, in milliseconds. */
  public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_REFRESH_MS =
      "sasl.oauthbearer.jwks.endpoint.refresh.ms";

  /** The default of {@code sasl.oauthbearer.jwks.endpoint.refresh.ms}. */
  public static final long DEFAULT_SASL_OAUTHBEARER_JWKS_ENDPOINT_REFRESH_MS = 3600000L;

  /** What {@code sasl.oauthbearer.jwks.endpoint.refresh.ms} does. */
  public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_REFRESH_MS_DOC =
      "Time between two fetches of the provider's keys, in milliseconds.";

  /** Longest wait between attempts to fetch the provider's keys, in milliseconds. */
  public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MAX_MS =
      "sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms";

  /** The default of {@code sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms}. */
  public static final long DEFAULT_SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MAX_MS = 10000L;

  /** What {@code sasl.oauthbearer.jwks.endpoint.retry.backoff.max.ms} does. */
  public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MAX_MS_DOC =
      "Longest wait between attempts to fetch the provider's keys, in milliseconds.";

  /** First wait between attempts to fetch the provider's keys, in milliseconds. */
  public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MS =
      "sasl.oauthbearer.jwks.endpoint.retry.backoff.ms";

  /** The default of {@code sasl.oauthbearer.jwks.endpoint.retry.backoff.ms}. */
  public static final long DEFAULT_SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MS = 100L;

  /** What {@code sasl.oauthbearer.jwks.endpoint.retry.backoff.ms} does. */
  public static final String SASL_OAUTHBEARER_JWKS_ENDPOINT_RETRY_BACKOFF_MS_DOC =
      "First wait between attempts to fetch the provider's keys, in milliseconds.";

  /** How far clocks may differ when a token is checked, in seconds. */
  public static final String SASL_OAUTHBEARER_CLOCK_SKEW_SECONDS =
      "sasl.oauthbearer.clock.skew.seconds";

  /** The default of {@code sasl.oauthbearer.clock.skew.seconds}. */
  public static final int DEFAULT_SASL_OAUTHBEARER_CLOCK_SKEW_SECONDS = 30;

  /** What {@code sasl.oauthbearer.clock.skew.seconds} does. */
  public static final String SASL_OAUTHBEARER_CLOCK_SKEW_SECONDS_DOC =
      "How far clocks may differ when a token is checked, in seconds.";

  /** Whether a token is accepted without checking its audience. */
  public static final String SASL_OAUTHBEARER_ALLOW_UNVERIFIED_AUDIENCE =
      "sasl.oauthbearer.allow.unverified.audience";

  /** What {@code sasl.oauthbearer.allow.unverified.audience} does. */
  public static final String SASL_OAUTHBEARER_ALLOW_UNVERIFIED_AUDIENCE_DOC =
      "Whether a token is accepted without checking its audience.";

  /** Audiences of which a token must name one. */
  public static final String SASL_OAUTHBEARER_EXPECTED_AUDIENCE =
      "sasl.oauthbearer.expected.audience";

  /** What {@code sasl.oauthbearer.expected.audience} does. */
  public static final String SASL_OAUTHBEARER_EXPECTED_AUDIENCE_DOC =
      "Audiences of which a token must name one.";

  /** Whether a token is accepted without checking its issuer. */
  public static final String SASL_OAUTHBEARER_ALLOW_UNVERIFIED_ISSUER =
      "sasl.oauthbearer.allow.unverified.issuer";

  /** What {@code sasl.oauthbearer.allow.unverified.issuer} does. */
  public static final String SASL_OAUTHBEARER_ALLOW_UNVERIFIED_ISSUER_DOC =
      "Whether a token is accepted without checking its issuer.";

  /** Issuer that a token must name. */
  public static final String SASL_OAUTHBEARER_EXPECTED_ISSUER = "sasl.oauthbearer.expected.issuer";

  /** What {@code sasl.oauthbearer.expected.issuer} does. */
  public static final String SASL_OAUTHBEARER_EXPECTED_ISSUER_DOC =
      "Issuer that a token must name.";

  /** Whether id and secret are URL-encoded in the header. */
  public static final String SASL_OAUTHBEARER_HEADER_URLENCODE =
      "sasl.oauthbearer.header.urlencode";

  /** The default of {@code sasl.oauthbearer.header.urlencode}. */
  public static final boolean DEFAULT_SASL_OAUTHBEARER_HEADER_URLENCODE = false;

  /** What {@code sasl.oauthbearer.header.urlencode} does. */
  public static final String SASL_OAUTHBEARER_HEADER_URLENCODE_DOC =
      "Whether id and secret are URL-encoded in the header.";

  /** Holds constants only: an instance is of no use. */
  public SaslConfigs() {}
}

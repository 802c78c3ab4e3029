package io.millstream.common.config;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Keys of the settings for TLS. */
public class SslConfigs {

  /** TLS version to create the context for. */
  public static final String SSL_PROTOCOL_CONFIG = "ssl.protocol";

  /** What {@code ssl.protocol} does. */
  public static final String SSL_PROTOCOL_DOC = "TLS version to create the context for.";

  /** The default of {@code ssl.protocol}. */
  public static final String DEFAULT_SSL_PROTOCOL = "TLSv1.3";

  /** Security provider of the TLS context. */
  public static final String SSL_PROVIDER_CONFIG = "ssl.provider";

  /** What {@code ssl.provider} does. */
  public static final String SSL_PROVIDER_DOC = "Security provider of the TLS context.";

  /** Cipher suites to allow; empty for those of the JVM. */
  public static final String SSL_CIPHER_SUITES_CONFIG = "ssl.cipher.suites";

  /** What {@code ssl.cipher.suites} does. */
  public static final String SSL_CIPHER_SUITES_DOC =
      "Cipher suites to allow; empty for those of the JVM.";

  /** TLS versions to allow. */
  public static final String SSL_ENABLED_PROTOCOLS_CONFIG = "ssl.enabled.protocols";

  /** What {@code ssl.enabled.protocols} does. */
  public static final String SSL_ENABLED_PROTOCOLS_DOC = "TLS versions to allow.";

  /** The default of {@code ssl.enabled.protocols}. */
  public static final String DEFAULT_SSL_ENABLED_PROTOCOLS = "TLSv1.2,TLSv1.3";

  /** Format of the key store: JKS, PKCS12 or PEM. */
  public static final String SSL_KEYSTORE_TYPE_CONFIG = "ssl.keystore.type";

  /** What {@code ssl.keystore.type} does. */
  public static final String SSL_KEYSTORE_TYPE_DOC = "Format of the key store: JKS, PKCS12 or PEM.";

  /** The default of {@code ssl.keystore.type}. */
  public static final String DEFAULT_SSL_KEYSTORE_TYPE = "JKS";

  /** Private key in PEM. */
  public static final String SSL_KEYSTORE_KEY_CONFIG = "ssl.keystore.key";

  /** What {@code ssl.keystore.key} does. */
  public static final String SSL_KEYSTORE_KEY_DOC = "Private key in PEM.";

  /** Certificate chain in PEM. */
  public static final String SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG =
      "ssl.keystore.certificate.chain";

  /** What {@code ssl.keystore.certificate.chain} does. */
  public static final String SSL_KEYSTORE_CERTIFICATE_CHAIN_DOC = "Certificate chain in PEM.";

  /** Trusted certificates in PEM. */
  public static final String SSL_TRUSTSTORE_CERTIFICATES_CONFIG = "ssl.truststore.certificates";

  /** What {@code ssl.truststore.certificates} does. */
  public static final String SSL_TRUSTSTORE_CERTIFICATES_DOC = "Trusted certificates in PEM.";

  /** File of the key store. */
  public static final String SSL_KEYSTORE_LOCATION_CONFIG = "ssl.keystore.location";

  /** What {@code ssl.keystore.location} does. */
  public static final String SSL_KEYSTORE_LOCATION_DOC = "File of the key store.";

  /** Password of the key store. */
  public static final String SSL_KEYSTORE_PASSWORD_CONFIG = "ssl.keystore.password";

  /** What {@code ssl.keystore.password} does. */
  public static final String SSL_KEYSTORE_PASSWORD_DOC = "Password of the key store.";

  /** Password of the private key. */
  public static final String SSL_KEY_PASSWORD_CONFIG = "ssl.key.password";

  /** What {@code ssl.key.password} does. */
  public static final String SSL_KEY_PASSWORD_DOC = "Password of the private key.";

  /** Format of the trust store: JKS, PKCS12 or PEM. */
  public static final String SSL_TRUSTSTORE_TYPE_CONFIG = "ssl.truststore.type";

  /** What {@code ssl.truststore.type} does. */
  public static final String SSL_TRUSTSTORE_TYPE_DOC =
      "Format of the trust store: JKS, PKCS12 or PEM.";

  /** The default of {@code ssl.truststore.type}. */
  public static final String DEFAULT_SSL_TRUSTSTORE_TYPE = "JKS";

  /** File of the trust store. */
  public static final String SSL_TRUSTSTORE_LOCATION_CONFIG = "ssl.truststore.location";

  /** What {@code ssl.truststore.location} does. */
  public static final String SSL_TRUSTSTORE_LOCATION_DOC = "File of the trust store.";

  /** Password of the trust store. */
  public static final String SSL_TRUSTSTORE_PASSWORD_CONFIG = "ssl.truststore.password";

  /** What {@code ssl.truststore.password} does. */
  public static final String SSL_TRUSTSTORE_PASSWORD_DOC = "Password of the trust store.";

  /** Algorithm of the key manager. */
  public static final String SSL_KEYMANAGER_ALGORITHM_CONFIG = "ssl.keymanager.algorithm";

  /** What {@code ssl.keymanager.algorithm} does. */
  public static final String SSL_KEYMANAGER_ALGORITHM_DOC = "Algorithm of the key manager.";

  /** The default of {@code ssl.keymanager.algorithm}. The JVM decides it. */
  public static final String DEFAULT_SSL_KEYMANGER_ALGORITHM =
      KeyManagerFactory.getDefaultAlgorithm();

  /** Algorithm of the trust manager. */
  public static final String SSL_TRUSTMANAGER_ALGORITHM_CONFIG = "ssl.trustmanager.algorithm";

  /** What {@code ssl.trustmanager.algorithm} does. */
  public static final String SSL_TRUSTMANAGER_ALGORITHM_DOC = "Algorithm of the trust manager.";

  /** The default of {@code ssl.trustmanager.algorithm}. The JVM decides it. */
  public static final String DEFAULT_SSL_TRUSTMANAGER_ALGORITHM =
      TrustManagerFactory.getDefaultAlgorithm();

  /** How the host name is checked against the certificate: https, or empty for not at all. */
  public static final String SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG =
      "ssl.endpoint.identification.algorithm";

  /** What {@code ssl.endpoint.identification.algorithm} does. */
  public static final String SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_DOC =
      "How the host name is checked against the certificate: https, or empty for not " + "at all.";

  /** The default of {@code ssl.endpoint.identification.algorithm}. */
  public static final String DEFAULT_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM = "https";

  /** Name of the generator of random numbers. */
  public static final String SSL_SECURE_RANDOM_IMPLEMENTATION_CONFIG =
      "ssl.secure.random.implementation";

  /** What {@code ssl.secure.random.implementation} does. */
  public static final String SSL_SECURE_RANDOM_IMPLEMENTATION_DOC =
      "Name of the generator of random numbers.";

  /** Class that creates the TLS engines. */
  public static final String SSL_ENGINE_FACTORY_CLASS_CONFIG = "ssl.engine.factory.class";

  /** What {@code ssl.engine.factory.class} does. */
  public static final String SSL_ENGINE_FACTORY_CLASS_DOC = "Class that creates the TLS engines.";

  /** Holds constants only: an instance is of no use. */
  public SslConfigs() {}
}

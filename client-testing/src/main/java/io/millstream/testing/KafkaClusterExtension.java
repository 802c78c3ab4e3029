package io.millstream.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A cluster for the tests of a class, or one for all classes of a run. Register it in a static
 * field:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final KafkaClusterExtension KAFKA = KafkaClusterExtension.shared(KafkaVersion.V4_4_0);
 * }</pre>
 *
 * <p>It is started before the first test that needs it and closed by JUnit after the last.
 */
public final class KafkaClusterExtension implements BeforeAllCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(KafkaClusterExtension.class);

  private final KafkaCluster.Builder builder;
  private final @Nullable KafkaVersion sharedVersion;
  private @Nullable KafkaCluster cluster;

  private KafkaClusterExtension(
      KafkaCluster.Builder builder, @Nullable KafkaVersion sharedVersion) {
    this.builder = builder;
    this.sharedVersion = sharedVersion;
  }

  /**
   * Gives a cluster of one broker with default settings that all classes of the run share. Tests
   * that stop brokers or need settings of their own take one for themselves.
   *
   * @param version the broker's version
   * @return an extension to register
   */
  public static KafkaClusterExtension shared(KafkaVersion version) {
    return new KafkaClusterExtension(KafkaCluster.builder(version), version);
  }

  /**
   * Gives a cluster that the registering class has for itself.
   *
   * @param builder what to start
   * @return an extension to register
   */
  public static KafkaClusterExtension own(KafkaCluster.Builder builder) {
    return new KafkaClusterExtension(builder, null);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ExtensionContext.Store store =
        sharedVersion == null ? context.getStore(NAMESPACE) : context.getRoot().getStore(NAMESPACE);
    Object key = sharedVersion == null ? this : sharedVersion;
    // The store closes what it holds at the end of its context.
    cluster = store.computeIfAbsent(key, missing -> builder.start(), KafkaCluster.class);
  }

  /**
   * Gives the running cluster.
   *
   * @return the cluster
   * @throws IllegalStateException if the extension was not registered in a static field
   */
  public KafkaCluster cluster() {
    KafkaCluster running = cluster;
    if (running == null) {
      throw new IllegalStateException("register the extension in a static field of the test class");
    }
    return running;
  }

  /**
   * Gives the addresses for {@code bootstrap.servers}.
   *
   * @return every broker's address, separated by commas
   */
  public String bootstrapServers() {
    return cluster().bootstrapServers();
  }
}

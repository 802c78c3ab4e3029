package io.millstream.testing;

import java.util.Objects;
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
 * <p>It is started before the first test that needs it and closed by JUnit after the last. Any
 * JUnit from 5.10 on will do.
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
  // What JUnit 6 has in place of it, no JUnit 5 has.
  @SuppressWarnings("deprecation")
  public void beforeAll(ExtensionContext context) {
    ExtensionContext.Store store =
        sharedVersion == null ? context.getStore(NAMESPACE) : context.getRoot().getStore(NAMESPACE);
    Object key = sharedVersion == null ? this : sharedVersion;
    Held held = store.getOrComputeIfAbsent(key, missing -> new Held(builder.start()), Held.class);
    cluster = Objects.requireNonNull(held).cluster();
  }

  /**
   * A cluster that the store closes at the end of its context. Up to JUnit 5.12 it does so by the
   * first of the two interfaces alone.
   */
  @SuppressWarnings("deprecation") // as above
  private record Held(KafkaCluster cluster)
      implements ExtensionContext.Store.CloseableResource, AutoCloseable {

    @Override
    public void close() {
      cluster.close();
    }
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

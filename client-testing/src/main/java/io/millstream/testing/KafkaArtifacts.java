package io.millstream.testing;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * The class paths of brokers and of other programs that must not meet the tests' own class path.
 * Artifacts come from the local Maven repository, and where they are missing there, from the
 * repositories of the user's Maven settings.
 */
public final class KafkaArtifacts {

  private static final Map<KafkaVersion, String> BROKERS = new EnumMap<>(KafkaVersion.class);
  private static final ReentrantLock LOCK = new ReentrantLock();

  private KafkaArtifacts() {}

  /**
   * Gives the class path of a broker. Blocks while artifacts are downloaded, at the first use of a
   * version on a machine.
   *
   * @param version the broker's version
   * @return jar files, separated as the platform separates them
   * @throws IllegalStateException if an artifact cannot be had
   */
  public static String brokerClassPath(KafkaVersion version) {
    LOCK.lock();
    try {
      return BROKERS.computeIfAbsent(version, missing -> resolve(brokerDependencies(missing)));
    } finally {
      LOCK.unlock();
    }
  }

  /**
   * Gives the class path of artifacts with all they need to run. Blocks while artifacts are
   * downloaded.
   *
   * @param coordinates each as group:artifact:version
   * @return jar files, separated as the platform separates them
   * @throws IllegalStateException if an artifact cannot be had
   */
  public static String classPath(String... coordinates) {
    List<Dependency> dependencies = new ArrayList<>();
    for (String coordinate : coordinates) {
      dependencies.add(new Dependency(new DefaultArtifact(coordinate), "runtime"));
    }
    return resolve(dependencies);
  }

  private static List<Dependency> brokerDependencies(KafkaVersion version) {
    String resource = "kafka-" + version.number() + ".xml";
    try (InputStream pom = KafkaArtifacts.class.getResourceAsStream(resource)) {
      if (pom == null) {
        throw new IllegalStateException(resource + " is missing from client-testing");
      }
      Model model = new MavenXpp3Reader().read(pom);
      return model.getDependencies().stream().map(KafkaArtifacts::dependency).toList();
    } catch (IOException | XmlPullParserException unreadable) {
      throw new IllegalStateException(resource + " cannot be read", unreadable);
    }
  }

  private static Dependency dependency(org.apache.maven.model.Dependency declared) {
    List<Exclusion> exclusions =
        declared.getExclusions().stream()
            .map(
                exclusion ->
                    new Exclusion(exclusion.getGroupId(), exclusion.getArtifactId(), "*", "*"))
            .toList();
    DefaultArtifact artifact =
        new DefaultArtifact(
            declared.getGroupId(), declared.getArtifactId(), "jar", declared.getVersion());
    return new Dependency(artifact, "runtime", false, exclusions);
  }

  private static String resolve(List<Dependency> dependencies) {
    ContextOverrides settings = ContextOverrides.create().withUserSettings(true).build();
    try (Context maven = Runtimes.INSTANCE.getRuntime().create(settings)) {
      CollectRequest wanted = new CollectRequest();
      wanted.setDependencies(dependencies);
      wanted.setRepositories(maven.remoteRepositories());
      List<String> jars = new ArrayList<>();
      for (ArtifactResult result :
          maven
              .repositorySystem()
              .resolveDependencies(
                  maven.repositorySystemSession(), new DependencyRequest(wanted, null))
              .getArtifactResults()) {
        jars.add(result.getArtifact().getFile().getAbsolutePath());
      }
      return String.join(File.pathSeparator, jars);
    } catch (DependencyResolutionException failure) {
      throw new IllegalStateException(
          "an artifact is neither in the local Maven repository nor to be had from the repositories of the Maven"
              + " settings: "
              + failure.getMessage(),
          failure);
    }
  }
}

package io.millstream.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.KafkaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The public API against that of Apache's client. What is there must not differ; what is missing is
 * not there yet.
 */
class PublicApiTest {

  private static final String SEND_BESIDE = "ways of sending beside Apache's";
  private static final String BUILDER = "typed settings beside Apache's";

  /** Public classes that Apache's client does not have, with the reason. */
  private static final Map<String, String> OWN_CLASSES =
      Map.of(
          "io.millstream.clients.producer.SendAttempt", SEND_BESIDE,
          "io.millstream.clients.producer.SendAttempt$Taken", SEND_BESIDE,
          "io.millstream.clients.producer.SendAttempt$Refused", SEND_BESIDE,
          "io.millstream.clients.producer.SendAttempt$Reason", SEND_BESIDE,
          "io.millstream.clients.producer.ProducerBuilder", BUILDER,
          "io.millstream.clients.producer.ProducerBuilder$Acks", BUILDER,
          "io.millstream.clients.producer.ProducerBuilder$Compression", BUILDER);

  /** Members that Apache's classes do not have, with the reason. */
  private static final Map<String, String> OWN_MEMBERS =
      Map.of(
          "io.millstream.clients.consumer.ConsumerConfig.FETCH_MAX_DECOMPRESSED_BATCH_BYTES_CONFIG",
          "guard against bombs, a setting of our own",
          "io.millstream.clients.consumer.ConsumerConfig.FETCH_BUFFER_MAX_BYTES_CONFIG",
          "bound of the consumer's memory, a setting of our own",
          "io.millstream.common.KafkaFuture.following(java.util.concurrent.CompletionStage)",
          "clients of other packages show their stages through it",
          "io.millstream.common.metrics.KafkaMetric.of(io.millstream.common.MetricName,java.util.function.Supplier)",
          "clients make their metrics through it",
          "io.millstream.clients.producer.Producer.sendAsync(io.millstream.clients.producer.ProducerRecord)",
          SEND_BESIDE,
          trySendOf("Producer"),
          SEND_BESIDE,
          trySendOf("KafkaProducer"),
          SEND_BESIDE,
          trySendOf("MockProducer"),
          SEND_BESIDE);

  private static String trySendOf(String type) {
    return "io.millstream.clients.producer.%s.trySend(%s,%s)"
        .formatted(
            type,
            "io.millstream.clients.producer.ProducerRecord",
            "io.millstream.clients.producer.Callback");
  }

  private static final String LAMBDA = "so that a lambda can be one";

  /** Differences that are meant, as the test prints them, with the reason. */
  private static final Map<String, String> ACCEPTED =
      Map.of(
          configureByDefault("Partitioner"), LAMBDA,
          closeByDefault("Partitioner"), LAMBDA,
          closeNotAbstract("Partitioner"), LAMBDA,
          configureByDefault("ProducerInterceptor"), LAMBDA,
          closeByDefault("ProducerInterceptor"), LAMBDA,
          closeNotAbstract("ProducerInterceptor"), LAMBDA);

  private static String configureByDefault(String type) {
    return "io.millstream.clients.producer.%s: configure(java.util.Map) is default: true, Apache's: false"
        .formatted(type);
  }

  private static String closeByDefault(String type) {
    return "io.millstream.clients.producer.%s: close() is default: true, Apache's: false"
        .formatted(type);
  }

  private static String closeNotAbstract(String type) {
    return "io.millstream.clients.producer.%s: close() modifiers: public, Apache's: public abstract"
        .formatted(type);
  }

  @Test
  void whatIsThereDoesNotDiffer() throws IOException {
    List<String> differences = new ArrayList<>();
    for (Class<?> ours : publicClasses()) {
      Class<?> theirs = ApiShape.counterpart(ours);
      if (theirs == null) {
        if (!OWN_CLASSES.containsKey(ours.getName())) {
          differences.add(ours.getName() + " does not exist in Apache's client");
        }
      } else {
        ApiShape.compare(ours, theirs, OWN_MEMBERS.keySet(), differences);
      }
    }
    differences.removeAll(ACCEPTED.keySet());
    assertThat(differences).isEmpty();
  }

  @Test
  void everyExceptionOnTheListsIsStillNeeded() throws IOException {
    Set<String> differences = new TreeSet<>();
    List<String> found = new ArrayList<>();
    for (Class<?> ours : publicClasses()) {
      Class<?> theirs = ApiShape.counterpart(ours);
      if (theirs == null) {
        differences.add(ours.getName());
      } else {
        ApiShape.compare(ours, theirs, Set.of(), found);
      }
    }
    found.forEach(differences::add);

    Set<String> expected = new TreeSet<>(OWN_CLASSES.keySet());
    expected.addAll(ACCEPTED.keySet());
    OWN_MEMBERS.keySet().forEach(member -> expected.add(member + " does not exist in Apache's"));
    assertThat(differences).containsAll(expected);
  }

  @Test
  void everyExportedPackageWasSeen() throws IOException {
    Set<String> packages =
        publicClasses().stream().map(Class::getPackageName).collect(Collectors.toSet());
    assertThat(packages).isEqualTo(exportedPackages());
  }

  private static List<Class<?>> publicClasses() throws IOException {
    Path root = classes();
    Set<String> exported = exportedPackages();
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString().replace('/', '.').replace('\\', '.'))
          .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
          .sorted()
          .<Class<?>>map(PublicApiTest::load)
          .filter(PublicApiTest::isVisible)
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApiTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isVisible(@Nullable Class<?> type) {
    for (Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      if ((each.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) == 0
          || each.isAnonymousClass()
          || each.isLocalClass()) {
        return false;
      }
    }
    return true;
  }

  /** Packages that are exported to everyone, by the module descriptor. */
  private static Set<String> exportedPackages() {
    try (var descriptor = Files.newInputStream(classes().resolve("module-info.class"))) {
      return ModuleDescriptor.read(descriptor).exports().stream()
          .filter(export -> !export.isQualified())
          .map(ModuleDescriptor.Exports::source)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path classes() {
    try {
      return Path.of(
          KafkaException.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

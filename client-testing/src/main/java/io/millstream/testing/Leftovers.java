package io.millstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directories of the clusters of this JVM, and what JVMs that were killed left behind. A
 * process is known by its id together with its start time, since ids come again.
 *
 * <p>The layout: {@code <tmp>/millstream-brokers-<user>/<owner>/<cluster>/}, where the owner is the
 * JVM that started the cluster, and one file {@code child-<pid>-<start>} in the cluster's directory
 * for each process.
 */
final class Leftovers {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
  private static final String CHILD = "child-";

  /** A JVM that is started after the clock was set sees other start times, by as much. */
  private static final long SAME_START_MILLIS = 5_000;

  private static final ReentrantLock CLEARING = new ReentrantLock();

  private Leftovers() {}

  /** Makes a directory for one cluster, after what dead owners left was cleared away. */
  static Path newClusterDirectory() throws IOException {
    CLEARING.lock();
    try {
      return clearedAndCreated();
    } finally {
      CLEARING.unlock();
    }
  }

  private static Path clearedAndCreated() throws IOException {
    Path root =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "millstream-brokers-" + System.getProperty("user.name"));
    Files.createDirectories(root);
    clear(root);
    Path own = root.resolve(name(ProcessHandle.current()));
    Files.createDirectories(own);
    return Files.createTempDirectory(own, "cluster-");
  }

  static Path recordChild(Path directory, ProcessHandle child) throws IOException {
    return Files.createFile(directory.resolve(CHILD + name(child)));
  }

  /** Ends the processes and removes the directories of owners that are gone. */
  static void clear(Path root) throws IOException {
    for (Path owner : children(root)) {
      if (find(owner.getFileName().toString()).isPresent()) {
        continue;
      }
      for (Path cluster : children(owner)) {
        endChildren(cluster);
      }
      delete(owner);
      LOG.info("Cleared away what the brokers of process {} left", owner.getFileName());
    }
  }

  private static void endChildren(Path cluster) throws IOException {
    for (Path file : children(cluster)) {
      String fileName = file.getFileName().toString();
      if (fileName.startsWith(CHILD)) {
        find(fileName.substring(CHILD.length())).ifPresent(Leftovers::end);
      }
    }
  }

  private static void end(ProcessHandle child) {
    ProcessSignals.send("CONT", child.pid());
    child.destroyForcibly();
    child.onExit().join();
  }

  private static String name(ProcessHandle process) {
    return process.pid() + "-" + startMillis(process);
  }

  private static long startMillis(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static Optional<ProcessHandle> find(String name) {
    int dash = name.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(name.substring(0, dash));
      long start = Long.parseLong(name.substring(dash + 1));
      return ProcessHandle.of(pid)
          .filter(process -> Math.abs(startMillis(process) - start) <= SAME_START_MILLIS);
    } catch (NumberFormatException notOurs) {
      return Optional.empty();
    }
  }

  /** Removes a directory and all that is in it; files that vanish meanwhile do not matter. */
  static void delete(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException stays) {
      LOG.info("{} could not be removed: {}", directory, stays.getMessage());
    }
  }

  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (NoSuchFileException removed) {
      // Another JVM clears the same away at the same time.
      return List.of();
    }
  }
}

package io.millstream.benchmarks.producer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Processor time of this process's threads, those of the JVM included, to the nanosecond.
 *
 * @param nanos by number and name; what ended is missing
 */
record ThreadTimes(Map<String, Long> nanos) {

  private static final Path TASKS = Path.of("/proc/self/task");

  /** Names are cut after 15 characters. */
  private static final String COMPILER = "CompilerThre";

  /** The JVM starts more of these when it likes. */
  private static final Set<String> OF_JVM = Set.of(COMPILER, "GC Thread");

  static ThreadTimes now() {
    Map<String, Long> nanos = new TreeMap<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        try {
          nanos.put(
              task.getFileName() + " " + Files.readString(task.resolve("comm")).trim(),
              Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", 2)[0]));
        } catch (NoSuchFileException ended) {
          // A thread less.
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("needs Linux", unreadable);
    }
    return new ThreadTimes(nanos);
  }

  ThreadTimes since(ThreadTimes earlier) {
    Map<String, Long> difference = new TreeMap<>(nanos);
    difference.replaceAll((name, taken) -> taken - earlier.nanos.getOrDefault(name, 0L));
    return new ThreadTimes(difference);
  }

  Set<String> names() {
    return new TreeSet<>(nanos.keySet());
  }

  long sum() {
    return nanos.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Sums what compiling took. */
  long compiling() {
    return nanos.entrySet().stream()
        .filter(entry -> entry.getKey().contains(COMPILER))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Sums what the threads took that are neither among the given ones nor the JVM's. */
  long sumWithout(Set<String> others) {
    return nanos.entrySet().stream()
        .filter(entry -> !others.contains(entry.getKey()))
        .filter(entry -> OF_JVM.stream().noneMatch(entry.getKey()::contains))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}

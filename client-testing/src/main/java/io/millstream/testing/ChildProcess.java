package io.millstream.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One child JVM: its output goes to a file, it can be frozen, and it is recorded in its directory
 * so that a later run can clear it away. For one thread at a time.
 */
final class ChildProcess {

  private static final Duration GRACE = Duration.ofSeconds(20);
  private static final int TAIL_CHARACTERS = 6_000;

  private final Process process;
  private final Path output;

  /** What stands before it is of earlier processes of the same name. */
  private final long outputBegin;

  private final Path record;

  /** While the process is frozen, what resumes it if this JVM ends. */
  private @Nullable Process resumer;

  private ChildProcess(Process process, Path output, long outputBegin, Path record) {
    this.process = process;
    this.output = output;
    this.outputBegin = outputBegin;
    this.record = record;
  }

  /**
   * Starts a main class in a JVM of its own.
   *
   * @param name names its files in the directory
   * @param program the main class and its arguments
   */
  static ChildProcess start(
      Path directory, String name, String classPath, List<String> jvmOptions, List<String> program)
      throws IOException {
    Path output = directory.resolve(name + ".log");
    long outputBegin = Files.exists(output) ? Files.size(output) : 0;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(launcherLocation() + File.pathSeparator + classPath);
    command.add(ChildLauncher.class.getName());
    command.addAll(program);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    Process process = builder.start();
    Path record = Leftovers.recordChild(directory, process.toHandle());
    return new ChildProcess(process, output, outputBegin, record);
  }

  private static String launcherLocation() {
    try {
      return Path.of(
              ChildLauncher.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (java.net.URISyntaxException impossible) {
      throw new IllegalStateException("client-testing was not loaded from a file", impossible);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  int exitValue() {
    return process.exitValue();
  }

  /** Waits for the end of a program that ends by itself. */
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  void freeze() {
    if (!process.isAlive()) {
      throw new IllegalStateException("process " + process.pid() + " has ended");
    }
    if (resumer == null) {
      resumer = ProcessSignals.resumerAtOurEnd(process.pid());
    }
    ProcessSignals.send("STOP", process.pid());
  }

  void resume() {
    if (!process.isAlive()) {
      throw new IllegalStateException("process " + process.pid() + " has ended");
    }
    goOn();
  }

  private void goOn() {
    ProcessSignals.send("CONT", process.pid());
    endResumer();
  }

  /** Asks the program to end and waits; kills it if it does not within its grace. */
  void stop() {
    resumeIfAlive();
    process.destroy();
    if (!endedWithin(GRACE)) {
      kill();
    }
    forget();
  }

  /** Ends the process at once, as a power cut would. */
  void kill() {
    resumeIfAlive();
    process.destroyForcibly();
    if (!endedWithin(GRACE)) {
      throw new IllegalStateException("process " + process.pid() + " does not die");
    }
    forget();
  }

  private void resumeIfAlive() {
    if (process.isAlive()) {
      goOn();
    }
  }

  private boolean endedWithin(Duration atMost) {
    boolean interrupted = false;
    try {
      long deadline = System.nanoTime() + atMost.toNanos();
      while (true) {
        try {
          return process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException later) {
          // The child must be gone before the caller learns of the interrupt.
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void endResumer() {
    if (resumer != null) {
      resumer.destroyForcibly();
      resumer = null;
    }
  }

  private void forget() {
    endResumer();
    try {
      Files.deleteIfExists(record);
    } catch (IOException stays) {
      throw new java.io.UncheckedIOException(stays);
    }
  }

  /** Says whether a text stands anywhere in what it has printed since it was started. */
  boolean hasSaid(String text) {
    return output().contains(text);
  }

  /** The end of what it has printed since it was started. */
  String tail() {
    String all = output();
    return all.substring(Math.max(0, all.length() - TAIL_CHARACTERS));
  }

  private String output() {
    try {
      byte[] all = Files.readAllBytes(output);
      int begin = (int) Math.min(outputBegin, all.length);
      return new String(all, begin, all.length - begin, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return "(its output cannot be read: " + unreadable.getMessage() + ")";
    }
  }
}

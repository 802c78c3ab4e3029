package io.millstream.benchmarks.sink;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A sink in a process of its own. For one thread. */
public final class SinkProcess implements AutoCloseable {

  private static final List<String> JVM = List.of("-Xmx64m", "-XX:+UseSerialGC");

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;
  private final int port;

  private SinkProcess(Process process) throws IOException {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.port = Integer.parseInt(line());
  }

  /**
   * Starts a sink on a free port of 127.0.0.1.
   *
   * @return it, ready for clients
   * @throws UncheckedIOException if it cannot be started
   */
  public static SinkProcess start() {
    try {
      List<String> command =
          new java.util.ArrayList<>(
              List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
      command.addAll(JVM);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Sink.class.getName()));
      return new SinkProcess(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException failure) {
      throw new UncheckedIOException("no sink", failure);
    }
  }

  /** Returns its address, for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Asks what it has taken in so far. */
  public SinkCount count() {
    in.println();
    return SinkCount.parse(line());
  }

  private String line() {
    try {
      String line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("the sink has ended");
      }
      return line;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Ends it. */
  @Override
  public void close() {
    process.destroy();
  }
}

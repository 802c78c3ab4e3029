package io.millstream.benchmarks.producer;

import io.millstream.benchmarks.sink.SinkCount;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One measurement in a JVM of its own, seen from outside. For one thread. */
final class Measurement {

  private static final List<String> JVM = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC");

  /** Whatever takes longer hangs. */
  private static final int LONGEST_MINUTES = 10;

  private static final double MILLION = 1e6;

  private final Broker broker;
  private final Row row;
  private final Mode mode;

  Measurement(Broker broker, Row row, Mode mode) {
    this.broker = broker;
    this.row = row;
    this.mode = mode;
  }

  /** Measures one side of the row. */
  Map<Figure, Double> take(boolean left) throws IOException, InterruptedException {
    Row.Side side = row.side(left);
    String topic = broker.newTopic(side.workload().partitions());
    try {
      return side.workload().kind() == Workload.Kind.FIRST_RECORD
          ? firstRecord(side.client(), topic)
          : run(left, topic);
    } finally {
      broker.drop(topic);
    }
  }

  private Map<Figure, Double> run(boolean left, String topic)
      throws IOException, InterruptedException {
    Process process =
        start(
            ClientRun.class,
            List.of(),
            List.of(
                row.side(left).client().name(),
                row.name(),
                left ? "left" : "right",
                mode.name(),
                broker.bootstrapServers(),
                topic));
    try (BufferedReader out = reader(process);
        PrintStream in = writer(process)) {
      expect(out, Handshake.READY);
      SinkCount countBefore = broker.count();
      MachineSample machineBefore = MachineSample.now();
      in.println(Handshake.GO);
      Map<Figure, Double> figures = new EnumMap<>(parse(expect(out, Handshake.FIGURES)));
      MachineSample machine = MachineSample.now();
      SinkCount count = broker.count().since(countBefore);
      addMachine(figures, machineBefore, machine, count);
      addCount(figures, count);
      in.println(count.batches() == 0 ? 0 : count.records() / count.batches());
      for (String more = out.readLine(); more != null; more = out.readLine()) {
        figures.putAll(parse(more));
      }
      return figures;
    } finally {
      end(process);
    }
  }

  /** Says how busy the machine was, and with what else than the two processes. */
  private static void addMachine(
      Map<Figure, Double> figures, MachineSample before, MachineSample after, SinkCount count) {
    double busy = after.coresBusySince(before);
    figures.put(Figure.CORES_BUSY, busy);
    Double rate = figures.get(Figure.RECORDS_PER_SECOND);
    Double cpu = figures.get(Figure.CPU);
    if (rate != null && cpu != null && count.records() > 0) {
      double wallNanos = after.wallNanos() - before.wallNanos();
      figures.put(Figure.CORES_OTHERS, busy - cpu * rate / MILLION - count.cpuNanos() / wallNanos);
    }
  }

  private static void addCount(Map<Figure, Double> figures, SinkCount count) {
    if (count.records() > 0) {
      double records = count.records();
      figures.put(Figure.BATCH_BYTES, (double) count.batchBytes() / count.batches());
      figures.put(Figure.WIRE_BYTES, count.bytes() / records);
      figures.put(Figure.BROKER_CPU, count.cpuNanos() / 1e9 / (records / MILLION));
    }
  }

  private Map<Figure, Double> firstRecord(Client client, String topic)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Process process =
        start(
            FirstRecord.class,
            // Setting up a logging back end costs both the same, and more than either of them.
            List.of(
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-Dslf4j.internal.verbosity=WARN"),
            List.of(client.name(), broker.bootstrapServers(), topic));
    try (BufferedReader out = reader(process)) {
      expect(out, "acknowledged");
      double millis = (System.nanoTime() - begin) / 1e6;
      double cpuMillis = process.info().totalCpuDuration().orElseThrow().toMillis();
      process.getOutputStream().close();
      return Map.of(Figure.START_MILLIS, millis, Figure.START_CPU, cpuMillis);
    } finally {
      end(process);
    }
  }

  private static Process start(Class<?> program, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void end(Process process) throws InterruptedException {
    if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("the measured process does not end");
    }
    if (process.exitValue() != 0) {
      throw new IllegalStateException("the measured process failed: " + process.exitValue());
    }
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static PrintStream writer(Process process) {
    return new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  private static String expect(BufferedReader out, String beginning) throws IOException {
    String line = out.readLine();
    if (line == null || !line.startsWith(beginning)) {
      throw new IllegalStateException("expected " + beginning + ", not " + line);
    }
    return line;
  }

  private static Map<Figure, Double> parse(String line) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    String[] words = line.split(" ", -1);
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      figures.put(
          Figure.valueOf(words[i].substring(0, equals)),
          Double.parseDouble(words[i].substring(equals + 1)));
    }
    return figures;
  }
}

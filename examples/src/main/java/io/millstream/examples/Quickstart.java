package io.millstream.examples;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends the lines of a text through a Kafka topic, reads them back, and compares. */
@Command(
    name = "quickstart",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    version = "Millstream quickstart",
    description = {
      "Starts a real Kafka broker, creates a topic, sends the lines of a text file, reads them back"
          + " in a group of two consumers, and says whether every line came back in order.",
      ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quickstart",
      "      12,000 events of a web shop, keyed by session, through a broker of its own",
      "  quickstart access.log",
      "      a file of yours, each line keyed by its number",
      "  quickstart --key-field=user events.jsonl",
      "      JSON lines, all of one user in order",
      "  quickstart --bootstrap-server=localhost:9092 --topic=trial",
      "      through a broker that is running already",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every line came back, in order per key",
      "1:a line did not come back, came back changed, or out of order, or a client failed",
      "2:wrong arguments, or a file that cannot be read",
      "3:the broker could not be used"
    })
public final class Quickstart implements Callable<Integer> {

  static final int NOT_ALL_CAME_BACK = 1;
  static final int WRONG_USE = 2;
  static final int NO_BROKER = 3;

  private static final int READERS = 2;
  private static final long LOOK_MILLIS = 100;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The text file to send, in UTF-8. Without it: the bundled event log.")
  private @Nullable Path file;

  @Option(
      names = {"-k", "--key-field"},
      paramLabel = "NAME",
      description =
          "The field of each line, a JSON object, that is its key. Without it: session for the"
              + " bundled event log, the line number for a file.")
  private @Nullable String keyField;

  @Option(
      names = {"-b", "--bootstrap-server"},
      paramLabel = "HOST:PORT",
      description = "A running broker to use. Without it one is started and ended.")
  private @Nullable String bootstrapServer;

  @Option(
      names = {"-t", "--topic"},
      paramLabel = "NAME",
      description = "The topic to create. Without it: a new name.")
  private @Nullable String topic;

  @Option(
      names = {"-p", "--partitions"},
      paramLabel = "NUMBER",
      defaultValue = "3",
      description = "How many partitions the topic has. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long to wait when no further line comes back. Default: ${DEFAULT-VALUE} s.")
  private int patienceSeconds;

  @Option(names = "--print-log", description = "Print the bundled event log and do nothing else.")
  private boolean printLog;

  @Option(names = "--verbose", description = "Show what the clients log.")
  private boolean verbose;

  @Option(
      names = "--change-line",
      hidden = true,
      paramLabel = "NUMBER",
      description = "Change a line before it is compared, to see the comparison fail.")
  private int changeLine;

  private final PrintStream out;

  private Quickstart(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs the program and ends the JVM with its exit code, unless that is 0.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    int exitCode = run(System.out, System.err, arguments);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  static int run(PrintStream out, PrintStream err, String... arguments) {
    Quickstart quickstart = new Quickstart(out);
    return new CommandLine(quickstart)
        .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (wrong, given) -> {
              err.println(wrong.getMessage());
              err.println("Try --help for options and examples.");
              return WRONG_USE;
            })
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> quickstart.explain(exception, err))
        .execute(arguments);
  }

  private int explain(Exception exception, PrintStream err) {
    if (verbose) {
      exception.printStackTrace(err);
    }
    if (exception instanceof Complaint complaint) {
      err.println(complaint.getMessage());
      return complaint.exitCode();
    }
    err.println(exception.getMessage() == null ? exception : exception.getMessage());
    return NO_BROKER;
  }

  @Override
  public Integer call() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(verbose ? Level.INFO : Level.OFF);
    if (printLog) {
      EventLog.lines().forEach(out::println);
      return 0;
    }
    Path named = file;
    List<Line> lines =
        named == null
            ? Lines.keyed(EventLog.lines(), keyField == null ? "session" : keyField)
            : Lines.keyed(Lines.ofFile(named), keyField);
    String running = bootstrapServer;
    if (running != null) {
      return sendAndReadBack(running, lines);
    }
    out.println(
        "Starting a Kafka 4.4.0 broker; the first time on a machine its artifacts are downloaded");
    try (KafkaCluster cluster = KafkaCluster.builder(KafkaVersion.V4_4_0).start()) {
      return sendAndReadBack(cluster.bootstrapServers(), lines);
    }
  }

  private int sendAndReadBack(String servers, List<Line> lines) throws Exception {
    String name =
        topic == null ? "quickstart-" + UUID.randomUUID().toString().substring(0, 8) : topic;
    TopicMaker.create(servers, name, partitions);
    out.printf("Created topic %s with %d partitions at %s%n", name, partitions, servers);

    Tally tally = new Tally(lines, changeLine);
    List<LineReader> readers =
        List.of(
            new LineReader(servers, name, "consumer-1", tally),
            new LineReader(servers, name, "consumer-2", tally));
    List<Thread> threads = readers.stream().map(reader -> new Thread(reader, "reader")).toList();
    threads.forEach(Thread::start);
    Thread sender = new Thread(() -> send(servers, name, lines, tally), "sender");
    ProgressLine progress = new ProgressLine(out, Terminal.present(), lines.size());
    try {
      awaitReaders(tally, progress);
      sender.start();
      awaitLines(tally, progress);
    } finally {
      readers.forEach(LineReader::finish);
      for (Thread thread : threads) {
        thread.join();
      }
      sender.join();
    }
    progress.end(tally.progress());
    tally.close();
    out.println();
    ResultTable.print(out, tally);
    return verdict(tally, lines.size());
  }

  private static void send(String servers, String topic, List<Line> lines, Tally tally) {
    try {
      new LineSender(servers, topic, tally).send(lines);
    } catch (RuntimeException failure) {
      tally.failed("the producer failed: " + failure.getMessage());
    }
  }

  /** Gives both consumers time to share the partitions, so that both have something to do. */
  private void awaitReaders(Tally tally, ProgressLine progress) throws InterruptedException {
    int expected = Math.min(READERS, partitions);
    long deadline = System.nanoTime() + patienceSeconds * 1_000_000_000L;
    while (tally.progress().readersReady() < expected && System.nanoTime() < deadline) {
      if (tally.awaitEnd(LOOK_MILLIS)) {
        return;
      }
      progress.show(tally.progress());
    }
  }

  private void awaitLines(Tally tally, ProgressLine progress) throws InterruptedException {
    int received = 0;
    long deadline = System.nanoTime() + patienceSeconds * 1_000_000_000L;
    while (!tally.awaitEnd(LOOK_MILLIS) && System.nanoTime() < deadline) {
      Tally.Progress now = tally.progress();
      progress.show(now);
      if (now.received() > received) {
        received = now.received();
        deadline = System.nanoTime() + patienceSeconds * 1_000_000_000L;
      }
    }
  }

  private int verdict(Tally tally, int lines) {
    if (tally.repeated() > 0) {
      out.printf("%d records were read twice, after a rebalance%n", tally.repeated());
    }
    String failure = tally.failure();
    if (failure != null) {
      out.println("Stopped early: " + failure);
    }
    if (tally.problemCount() == 0) {
      out.printf(
          "Every line came back: %s lines, in order for each of %s keys%n",
          ResultTable.grouped(lines), ResultTable.grouped(tally.keys()));
      return failure == null ? 0 : NOT_ALL_CAME_BACK;
    }
    out.printf(
        "%s lines came back wrong or not at all:%n", ResultTable.grouped(tally.problemCount()));
    tally.problems().forEach(problem -> out.println("  " + problem));
    return NOT_ALL_CAME_BACK;
  }
}

package io.millstream.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as a newcomer meets it: what it prints, and its exit codes. */
class QuickstartIT {

  @RegisterExtension
  static final KafkaClusterExtension KAFKA = KafkaClusterExtension.shared(KafkaVersion.V4_4_0);

  private static final Pattern ROW =
      Pattern.compile(" +(\\d|all) +([\\d,]+) +([\\d,]+) +([\\d,]+)? +([\\d,]+)? +([\\d,]+) .*");

  @TempDir private Path directory;

  private record Run(int exitCode, String out, String err) {

    /** The table's rows: partition, records, bytes, first offset, last offset, lag. */
    List<List<String>> table() {
      List<List<String>> rows = new ArrayList<>();
      for (String line : out.lines().toList()) {
        Matcher matcher = ROW.matcher(line);
        if (matcher.matches()) {
          rows.add(IntStream.rangeClosed(1, 6).mapToObj(matcher::group).toList());
        }
      }
      return rows;
    }
  }

  @Test
  void asACommandItStartsABrokerAndBringsTheWholeEventLogBack() throws Exception {
    Run run = command();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("Starting a Kafka 4.4.0 broker", "with 3 partitions at 127.0.0.1:")
        .contains("read back 12,000 of 12,000 lines")
        .containsPattern("Sent +12,000 records in .* records/s, .* MB/s")
        .containsPattern("Received +12,000 records in .* records/s, .* MB/s")
        .containsPattern("Every line came back: 12,000 lines, in order for each of [\\d,]+ keys");
    assertThat(run.exitCode()).isZero();
    List<List<String>> table = run.table();
    assertThat(table).hasSize(4);
    long records = 0;
    for (List<String> row : table.subList(0, 3)) {
      long count = number(row.get(1));
      records += count;
      assertThat(count).as("lines of partition " + row.get(0)).isPositive();
      assertThat(row.get(3)).isEqualTo("0");
      assertThat(number(row.get(4))).isEqualTo(count - 1);
      assertThat(row.get(5)).isEqualTo("0");
    }
    assertThat(records).isEqualTo(12_000);
    assertThat(table.get(3).get(1)).isEqualTo("12,000");
  }

  @Test
  void fileOfTheUsersGoesThroughABrokerOfTheUsers() throws Exception {
    Path file = directory.resolve("notes.txt");
    Files.writeString(file, "one\n\nthree, with ümläuts\nfour");
    Run run = inProcess("-b", KAFKA.bootstrapServers(), "-p", "2", file.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("with 2 partitions at " + KAFKA.bootstrapServers())
        .contains("Every line came back: 4 lines, in order for each of 4 keys");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void oldestBrokerTakesTheEventLogToo() throws Exception {
    try (KafkaCluster oldest = KafkaCluster.builder(KafkaVersion.V2_1_1).start()) {
      Run run = inProcess("--bootstrap-server=" + oldest.bootstrapServers());
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("Every line came back: 12,000 lines");
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void linesOfOneKeyShareAPartition() throws Exception {
    Path file = directory.resolve("events.jsonl");
    Files.write(
        file,
        IntStream.range(0, 200)
            .mapToObj(i -> "{\"user\": " + (i % 2 == 0 ? "7" : "\"ann\"") + ", \"n\": " + i + "}")
            .toList());
    Run run = inProcess("-b", KAFKA.bootstrapServers(), "--key-field=user", file.toString());
    assertThat(run.out()).contains("200 lines, in order for each of 2 keys");
    assertThat(run.exitCode()).isZero();
    assertThat(run.table().stream().filter(row -> !row.get(0).equals("all")))
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void lineThatCameBackChangedIsNamedAndCostsTheExitCode() throws Exception {
    Run run = inProcess("-b", KAFKA.bootstrapServers(), "--change-line=17");
    assertThat(run.out())
        .contains("1 lines came back wrong or not at all:")
        .containsPattern("line 17 came back changed from partition \\d, offset \\d+")
        .doesNotContain("Every line came back");
    assertThat(run.exitCode()).isEqualTo(1);

    Run command = command("-b", KAFKA.bootstrapServers(), "--change-line=17");
    assertThat(command.exitCode()).isEqualTo(1);
  }

  @Test
  void wrongArgumentsAreExplainedInALine() throws Exception {
    says(2, "There is no file " + directory.resolve("gone"), directory.resolve("gone").toString());
    says(2, "it is a directory", directory.toString());
    Path empty = Files.createFile(directory.resolve("empty"));
    says(2, "there is nothing to send", empty.toString());
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});
    says(2, "is not a text file in UTF-8", binary.toString());
    Path text = Files.writeString(directory.resolve("text"), "no JSON");
    says(2, "leave out --key-field to use line numbers", "-k", "user", text.toString());
    Path json = Files.writeString(directory.resolve("json"), "{\"who\": 1, \"what\": 2}");
    says(2, "Line 1 has no field user; its fields are: who, what", "-k", "user", json.toString());
    says(2, "Try --help", "--no-such-option");
    says(2, "bootstrap.servers", "-b", "nonsense");
  }

  @Test
  void brokerThatCannotBeUsedIsExplainedInALine() throws Exception {
    says(3, "choose another name", "-b", KAFKA.bootstrapServers(), "-t", existingTopic());
    says(3, "Connection refused", "-b", "127.0.0.1:1");
  }

  @Test
  void helpShowsExamplesAndExitCodes() throws Exception {
    Run run = inProcess("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("quickstart --key-field=user events.jsonl", "a line did not come back")
        .doesNotContain("--change-line");
  }

  @Test
  void eventLogIsAlwaysTheSame() {
    assertThat(EventLog.lines())
        .hasSize(12_000)
        .isEqualTo(EventLog.lines())
        .allMatch(line -> line.startsWith("{\"time\":\"2026-03-0") && line.endsWith("}"));
  }

  private String existingTopic() throws Exception {
    Path file = Files.writeString(directory.resolve("one"), "line");
    String topic = "existing";
    assertThat(inProcess("-b", KAFKA.bootstrapServers(), "-t", topic, file.toString()).exitCode())
        .isZero();
    return topic;
  }

  private static void says(int exitCode, String text, String... arguments) {
    Run run = inProcess(arguments);
    assertThat(run.err()).contains(text).doesNotContain("\tat ", "Exception");
    assertThat(run.err().lines().count()).as(run.err()).isLessThanOrEqualTo(2);
    assertThat(run.exitCode()).isEqualTo(exitCode);
  }

  private static Run inProcess(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Quickstart.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments);
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Run command(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dfile.encoding=UTF-8");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Quickstart.class.getName());
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends").isTrue();
      return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }
}

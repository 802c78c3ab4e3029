package io.millstream.benchmarks.producer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures this library's producer and Apache's in turn, each time in a fresh JVM, against the sink
 * and against a real broker, and prints medians and ratios as a table. Arguments: {@code trial},
 * {@code quick} or {@code full}, then the names of the rows to measure; all rows if none is named.
 */
public final class ProducerComparison {

  private ProducerComparison() {}

  /** Runs the comparison. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Mode mode = Mode.named(arguments.length == 0 ? "quick" : arguments[0]);
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      rows.add(Row.named(arguments[i]));
    }
    if (rows.isEmpty()) {
      rows.addAll(Row.all());
    }
    ResultTable table = new ResultTable(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    table.head();
    measure(rows.stream().filter(Row::onSink).toList(), mode, table, true);
    measure(rows.stream().filter(row -> !row.onSink()).toList(), mode, table, false);
  }

  private static void measure(List<Row> rows, Mode mode, ResultTable table, boolean onSink)
      throws IOException, InterruptedException {
    if (rows.isEmpty()) {
      return;
    }
    try (Broker broker = onSink ? new Broker.OfSink() : new Broker.Real()) {
      for (Row row : rows) {
        measure(new Measurement(broker, row, mode), row, mode, table);
      }
    }
  }

  private static void measure(Measurement measurement, Row row, Mode mode, ResultTable table)
      throws IOException, InterruptedException {
    List<Map<Figure, Double>> left = new ArrayList<>();
    List<Map<Figure, Double>> right = new ArrayList<>();
    for (int round = 0; round < mode.rounds(); round++) {
      // Who goes first changes, so that neither always follows the other.
      boolean leftFirst = round % 2 == 0;
      (leftFirst ? left : right).add(told(row, leftFirst, measurement.take(leftFirst)));
      (leftFirst ? right : left).add(told(row, !leftFirst, measurement.take(!leftFirst)));
    }
    table.row(row, left, right);
  }

  /** Shows that something is going on. */
  private static Map<Figure, Double> told(Row row, boolean left, Map<Figure, Double> figures) {
    System.err.println(row.name() + " " + row.side(left).client() + " " + figures);
    return figures;
  }
}

package io.millstream.benchmarks.producer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a measured process talks to the one that started it: by lines of standard output and input.
 * It says {@code ready}, is told {@code go}, says its figures, and is told how many records a batch
 * had.
 */
final class Handshake {

  static final String READY = "ready";
  static final String GO = "go";
  static final String FIGURES = "figures";

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  /** Says that measuring may begin, and waits until it shall. */
  void awaitGo() {
    System.out.println(READY);
    String line = next();
    if (!line.equals(GO)) {
      throw new IllegalStateException("told " + line);
    }
  }

  /** Says what was measured. */
  void tell(Map<Figure, Double> figures) {
    System.out.println(
        figures.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(" ", FIGURES + " ", "")));
  }

  int recordsInBatch() {
    return Integer.parseInt(next());
  }

  private String next() {
    try {
      String line = in.readLine();
      if (line == null) {
        throw new IllegalStateException("the process that measures is gone");
      }
      return line;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}

package io.millstream.benchmarks.producer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/**
 * How a measured process talks to the one that started it: by lines of standard output and input.
 * It says {@code ready}, is told {@code go}, says its figures, and is told how many records a batch
 * had. It ends with its input, so that it does not outlive the other process.
 */
final class Handshake {

  static final String READY = "ready";
  static final String GO = "go";
  static final String FIGURES = "figures";

  private static final int OTHER_IS_GONE = 99;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  Handshake() {
    Thread reader = new Thread(this::read, "handshake");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        told.add(line);
      }
    } catch (IOException broken) {
      // A broken pipe means the same as its end.
    }
    Runtime.getRuntime().halt(OTHER_IS_GONE);
  }

  /** Says that measuring may begin, and waits until it shall. */
  void awaitGo() throws InterruptedException {
    System.out.println(READY);
    String line = told.take();
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

  int recordsInBatch() throws InterruptedException {
    return Integer.parseInt(told.take());
  }
}

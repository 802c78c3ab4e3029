package io.millstream.examples;

import java.io.PrintStream;

/** One line that is written over and over on a terminal, and now and then elsewhere. */
final class ProgressLine {

  private static final long ELSEWHERE_NANOS = 2_000_000_000L;

  private final PrintStream out;
  private final boolean terminal;
  private final int lines;
  private String shown = "";
  private long shownNanos = System.nanoTime() - ELSEWHERE_NANOS;

  ProgressLine(PrintStream out, boolean terminal, int lines) {
    this.out = out;
    this.terminal = terminal;
    this.lines = lines;
  }

  void show(Tally.Progress progress) {
    long now = System.nanoTime();
    if (terminal || now - shownNanos >= ELSEWHERE_NANOS) {
      write(progress);
      shownNanos = now;
    }
  }

  /** Shows the last state and goes on to the next line. */
  void end(Tally.Progress progress) {
    write(progress);
    if (terminal) {
      out.println();
    }
  }

  private void write(Tally.Progress progress) {
    String text =
        "Sent %s, acknowledged %s, read back %s of %s lines; %d of 2 consumers have partitions"
            .formatted(
                ResultTable.grouped(progress.sent()),
                ResultTable.grouped(progress.acknowledged()),
                ResultTable.grouped(progress.received()),
                ResultTable.grouped(lines),
                progress.readersReady());
    if (text.equals(shown)) {
      return;
    }
    if (terminal) {
      out.print("\r" + text + " ".repeat(Math.max(0, shown.length() - text.length())));
      out.flush();
    } else {
      out.println(text);
    }
    shown = text;
  }
}

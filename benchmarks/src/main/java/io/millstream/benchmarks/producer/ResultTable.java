package io.millstream.benchmarks.producer;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints medians and their ratios. */
final class ResultTable {

  private static final double CORES_LIMIT = 1.8;
  private static final double NOISE_LIMIT = 0.15;

  private final PrintStream out;

  ResultTable(PrintStream out) {
    this.out = out;
  }

  void head() {
    out.println("| what | figure | ours | beside | ratio | to reach | |");
    out.println("| --- | --- | --: | --: | --: | --- | --- |");
  }

  void row(Row row, List<Map<Figure, Double>> left, List<Map<Figure, Double>> right) {
    for (Figure figure : Figure.values()) {
      if (left.get(0).containsKey(figure) && right.get(0).containsKey(figure)) {
        line(row, figure, left, right);
      }
    }
    out.flush();
  }

  private void line(
      Row row, Figure figure, List<Map<Figure, Double>> left, List<Map<Figure, Double>> right) {
    double our = median(left, figure);
    double other = median(right, figure);
    double ratio = our / other;
    Target target =
        row.targets().stream().filter(each -> each.figure() == figure).findFirst().orElse(null);
    List<String> notes = new ArrayList<>();
    boolean bothNothing = our == 0 && other == 0;
    if (target != null && !bothNothing && !target.reachedBy(ratio)) {
      notes.add("missed");
    }
    if (figure == Figure.RECORDS_PER_SECOND) {
      limited("ours", left, notes);
      limited("beside", right, notes);
    }
    if (figure == Figure.CORES_OTHERS && Math.max(our, other) > NOISE_LIMIT) {
      notes.add("noisy");
    }
    String format = "%,." + figure.decimals() + "f";
    out.printf(
        Locale.ROOT,
        "| %s | %s | " + format + " | " + format + " | %s | %s | %s |%n",
        row.title(),
        figure.title(),
        our,
        other,
        bothNothing ? "–" : String.format(Locale.ROOT, "%.2f", ratio),
        target == null ? "" : target,
        String.join(", ", notes));
  }

  private static void limited(String side, List<Map<Figure, Double>> figures, List<String> notes) {
    if (median(figures, Figure.CORES_BUSY) > CORES_LIMIT) {
      notes.add(side + " limited by the machine");
    }
  }

  private static double median(List<Map<Figure, Double>> rounds, Figure figure) {
    double[] sorted = rounds.stream().mapToDouble(round -> round.get(figure)).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}

package io.millstream.examples;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Prints how it went. */
final class ResultTable {

  private static final String ROW = "%9s %12s %14s %14s %13s %6s  %s%n";

  private ResultTable() {}

  static void print(PrintStream out, Tally tally) {
    out.printf(
        ROW, "Partition", "Records", "Bytes", "First offset", "Last offset", "Lag", "Read by");
    long records = 0;
    long bytes = 0;
    long lag = 0;
    for (Map.Entry<Integer, Tally.Partition> entry : tally.partitions().entrySet()) {
      Tally.Partition partition = entry.getValue();
      out.printf(
          ROW,
          entry.getKey(),
          grouped(partition.records),
          grouped(partition.bytes),
          grouped(partition.firstOffset),
          grouped(partition.lastOffset),
          grouped(partition.lag()),
          partition.reader);
      records += partition.records;
      bytes += partition.bytes;
      lag += partition.lag();
    }
    out.printf(ROW, "all", grouped(records), grouped(bytes), "", "", grouped(lag), "");
    out.println();
    rate(out, "Sent", records, bytes, tally.sending());
    rate(out, "Received", records, bytes, tally.receiving());
  }

  private static void rate(
      PrintStream out, String what, long records, long bytes, Stopwatch stopwatch) {
    out.printf(
        Locale.ROOT,
        "%-9s %s records in %.2f s: %s records/s, %.1f MB/s%n",
        what,
        grouped(records),
        stopwatch.seconds(),
        grouped(Math.round(records / stopwatch.seconds())),
        bytes / stopwatch.seconds() / 1e6);
  }

  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}

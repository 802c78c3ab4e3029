package io.millstream.testing.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** What happened in a simulation, line by line: the virtual time and the event. */
public final class EventLog {

  private static final int NANOS_PER_MICRO = 1000;

  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private final int mostLines;
  private final CRC32 digest = new CRC32();
  private long count;

  EventLog(int mostLines) {
    this.mostLines = mostLines;
  }

  void add(long nanos, String event) {
    String line = nanos / NANOS_PER_MICRO + " " + event;
    digest.update(line.getBytes(StandardCharsets.UTF_8));
    digest.update('\n');
    count++;
    lines.add(line);
    if (lines.size() > mostLines) {
      lines.remove();
    }
  }

  /** {@return how many events there were} */
  public long count() {
    return count;
  }

  /** {@return a number that stands for all events and their times} */
  public long digest() {
    return digest.getValue();
  }

  /** {@return the last lines, oldest first: microseconds of the virtual clock, then the event} */
  public List<String> lines() {
    return new ArrayList<>(lines);
  }
}

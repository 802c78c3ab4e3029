package io.millstream.examples;

import io.millstream.clients.consumer.ConsumerRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Counts what was sent and compares what comes back. Any thread may use it. */
final class Tally {

  private static final int PROBLEMS_SHOWN = 5;

  /** What came back from one partition. */
  static final class Partition {
    long records;
    long bytes;
    long firstOffset = -1;
    long lastOffset = -1;
    long endOffset;
    long committed;
    String reader = "";

    /** How much of what was acknowledged the group has not committed. */
    long lag() {
      return Math.max(endOffset, lastOffset + 1) - committed;
    }
  }

  /** How far things are. */
  record Progress(int sent, int acknowledged, int received, int readersReady) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private final List<Line> lines;
  private final int changedLine;
  private final BitSet back;
  private final Map<String, Integer> lastOfKey = new HashMap<>();
  private final Map<Integer, Partition> partitions = new TreeMap<>();
  private final Map<String, Integer> assigned = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int backCount;
  private int problemCount;
  private int sent;
  private int acknowledged;
  private int repeated;
  private @Nullable String failure;
  private final Stopwatch sending = new Stopwatch();
  private final Stopwatch receiving = new Stopwatch();

  /**
   * Creates a tally of nothing yet.
   *
   * @param lines what is going to be sent
   * @param changedLine the number of a line to change before it is compared, to see the comparison
   *     fail; 0 for none
   */
  Tally(List<Line> lines, int changedLine) {
    this.lines = lines;
    this.changedLine = changedLine;
    this.back = new BitSet(lines.size() + 1);
  }

  void sent() {
    locked(
        () -> {
          sent++;
          sending.tick();
        });
  }

  void acknowledged(int partition, long offset) {
    locked(
        () -> {
          acknowledged++;
          sending.tick();
          Partition its = partition(partition);
          its.endOffset = Math.max(its.endOffset, offset + 1);
        });
  }

  void assigned(String reader, int count) {
    locked(() -> assigned.put(reader, count));
  }

  /** Keeps the first failure, after which the rest is not waited for. */
  void failed(String reason) {
    locked(
        () -> {
          if (failure == null) {
            failure = reason;
            ended.signalAll();
          }
        });
  }

  void received(String reader, int number, ConsumerRecord<String, String> record) {
    locked(
        () -> {
          receiving.tick();
          Partition partition = partition(record.partition());
          if (record.offset() <= partition.lastOffset) {
            // Read again after a rebalance before a commit; nothing new.
            repeated++;
            return;
          }
          if (partition.records == 0) {
            partition.firstOffset = record.offset();
          }
          partition.records++;
          partition.bytes += record.serializedKeySize() + record.serializedValueSize();
          partition.lastOffset = record.offset();
          partition.reader = reader;
          compare(number, record);
        });
  }

  private void compare(int number, ConsumerRecord<String, String> record) {
    if (number < 1 || number > lines.size()) {
      problem("a record that is none of the lines came from %s".formatted(place(record)));
      return;
    }
    Line line = lines.get(number - 1);
    String value = number == changedLine ? record.value() + "?" : record.value();
    if (back.get(number)) {
      problem("line %d came twice, again from %s".formatted(number, place(record)));
    } else if (!line.text().equals(value) || !line.key().equals(record.key())) {
      problem("line %d came back changed from %s".formatted(number, place(record)));
    }
    if (!back.get(number)) {
      back.set(number);
      backCount++;
    }
    if (backCount == lines.size()) {
      ended.signalAll();
    }
    Integer before = lastOfKey.put(line.key(), number);
    if (before != null && before > number) {
      problem("of key %s line %d came after line %d".formatted(line.key(), number, before));
    }
  }

  private static String place(ConsumerRecord<String, String> record) {
    return "partition %d, offset %d".formatted(record.partition(), record.offset());
  }

  private void problem(String text) {
    problemCount++;
    if (problems.size() < PROBLEMS_SHOWN) {
      problems.add(text);
    }
  }

  void committed(int partition, long offset) {
    locked(() -> partition(partition).committed = offset);
  }

  /** Ends the comparison: lines that are not back by now are problems. */
  void close() {
    locked(
        () -> {
          for (Line line : lines) {
            if (!back.get(line.number())) {
              problem("line %d did not come back".formatted(line.number()));
            }
          }
        });
  }

  Progress progress() {
    lock.lock();
    try {
      long ready = assigned.values().stream().filter(count -> count > 0).count();
      return new Progress(sent, acknowledged, backCount, (int) ready);
    } finally {
      lock.unlock();
    }
  }

  /** Waits a moment for the end: all lines are back, or something failed. */
  boolean awaitEnd(long millis) throws InterruptedException {
    long remainingNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lock();
    try {
      while (!isEnded() && remainingNanos > 0) {
        remainingNanos = ended.awaitNanos(remainingNanos);
      }
      return isEnded();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEnded() {
    return failure != null || backCount == lines.size();
  }

  @Nullable String failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  // What follows is read when all threads have ended.

  Map<Integer, Partition> partitions() {
    return partitions;
  }

  List<String> problems() {
    return problems;
  }

  int problemCount() {
    return problemCount;
  }

  int repeated() {
    return repeated;
  }

  int keys() {
    return lastOfKey.size();
  }

  Stopwatch sending() {
    return sending;
  }

  Stopwatch receiving() {
    return receiving;
  }

  private Partition partition(int number) {
    return partitions.computeIfAbsent(number, absent -> new Partition());
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }
}

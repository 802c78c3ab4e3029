package io.millstream.fetch;

import io.millstream.clients.consumer.ConsumerRecord;
import io.millstream.clients.consumer.ConsumerRecords;
import io.millstream.clients.consumer.OffsetAndMetadata;
import io.millstream.common.TopicPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts the records together that one poll returns: partition after partition, each with the batches
 * that came first. Belongs to the holder of the poll permit.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class FetchedRecords<K, V> {

  private final FetchedBatches buffer;
  private final RecordTaker<K, V> taker;
  private final Function<TopicPartition, @Nullable PartitionCursor> cursors;
  private final ArrayDeque<PartitionCursor> turn = new ArrayDeque<>();

  /**
   * What was taken out of a partition, and where that began.
   *
   * @param cursor the partition
   * @param generation that of the cursor when the records were taken
   * @param before where the cursor stood
   * @param records in order, perhaps none
   */
  record Taken<K, V>(
      PartitionCursor cursor,
      int generation,
      StartingPoint before,
      List<ConsumerRecord<K, V>> records) {}

  /**
   * Creates it.
   *
   * @param buffer where batches come from
   * @param taker makes records of them
   * @param cursors finds the cursor of an assigned partition
   */
  public FetchedRecords(
      FetchedBatches buffer,
      RecordTaker<K, V> taker,
      Function<TopicPartition, @Nullable PartitionCursor> cursors) {
    this.buffer = buffer;
    this.taker = taker;
    this.cursors = cursors;
  }

  /** Brings what has arrived to its cursors. */
  public void sort() {
    Fetched fetched;
    while ((fetched = buffer.take()) != null) {
      PartitionCursor cursor = cursors.apply(fetched.partition());
      if (cursor != null) {
        cursor.add(fetched);
        enqueue(cursor);
      } else if (fetched instanceof Fetched.Batches batches) {
        buffer.release(batches);
      }
    }
  }

  /** Has poll look at a partition that may have something to hand out again. */
  public void enqueue(PartitionCursor cursor) {
    if (!cursor.isQueued() && cursor.isDeliverable()) {
      cursor.queued(true);
      turn.add(cursor);
    }
  }

  /**
   * Takes records.
   *
   * @param most how many at most
   * @return what was taken, none for a cursor that has nothing
   * @throws io.millstream.common.KafkaException if something must be told, and there is nothing to
   *     be returned before
   */
  public Poll<K, V> take(int most) {
    sort();
    List<Taken<K, V>> all = new ArrayList<>();
    int left = most;
    PartitionCursor cursor;
    while (left > 0 && (cursor = turn.peek()) != null) {
      if (!cursor.isDeliverable()) {
        turn.remove();
        cursor.queued(false);
        continue;
      }
      StartingPoint before = cursor.here();
      long position = cursor.position();
      List<ConsumerRecord<K, V>> records = new ArrayList<>();
      if (!all.isEmpty() && cursor.hasFailure()) {
        // It is told once only, so by the next poll, which comes here first.
        break;
      }
      try {
        cursor.throwFailure();
        taker.take(cursor, left, records);
      } catch (RuntimeException | Error e) {
        if (all.isEmpty()) {
          throw e;
        }
        break;
      }
      left -= records.size();
      if (cursor.position() != position) {
        all.add(new Taken<>(cursor, cursor.generation(), before, records));
        cursor.takenFrom(before);
      }
      if (left > 0 && records.isEmpty() && cursor.isDeliverable()) {
        // Batches without a record, or the end of some: what comes next has its own turn.
        continue;
      }
      if (left > 0) {
        turn.remove();
        cursor.queued(false);
        enqueue(cursor);
      }
    }
    return new Poll<>(all);
  }

  /**
   * What one poll has taken. Changes that other threads have ordered meanwhile are heeded by {@link
   * #withdraw}.
   *
   * @param <K> type of the keys
   * @param <V> type of the values
   */
  public static final class Poll<K, V> {

    private final List<Taken<K, V>> all;

    Poll(List<Taken<K, V>> all) {
      this.all = all;
    }

    /** Says whether no position has moved. */
    public boolean isEmpty() {
      return all.isEmpty();
    }

    /**
     * Leaves out what may not be returned any more.
     *
     * @param rewind gets each cursor that was paused after its records were taken, and where they
     *     began, to go on from there
     */
    public void withdraw(Rewind rewind) {
      all.removeIf(
          taken -> {
            boolean sought = taken.cursor.generation() != taken.generation;
            boolean paused = !sought && taken.cursor.isPaused();
            if (paused) {
              rewind.to(taken.cursor, taken.before);
            }
            return sought || paused;
          });
    }

    /** Returns the records as the user gets them. */
    public ConsumerRecords<K, V> records() {
      Map<TopicPartition, List<ConsumerRecord<K, V>>> records = new LinkedHashMap<>();
      Map<TopicPartition, OffsetAndMetadata> next = new LinkedHashMap<>();
      for (Taken<K, V> taken : all) {
        TopicPartition partition = taken.cursor.partition();
        if (!taken.records.isEmpty()) {
          List<ConsumerRecord<K, V>> before = records.putIfAbsent(partition, taken.records);
          if (before != null) {
            before.addAll(taken.records);
          }
        }
        next.put(partition, taken.cursor.next());
      }
      return new ConsumerRecords<>(records, next);
    }
  }

  /** Goes back to where records were taken. */
  public interface Rewind {

    /** Has a partition go on at a place before. */
    void to(PartitionCursor cursor, StartingPoint place);
  }
}

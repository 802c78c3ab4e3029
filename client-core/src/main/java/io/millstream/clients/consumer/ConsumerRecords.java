package io.millstream.clients.consumer;

import io.millstream.common.TopicPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The records that one {@code poll} returned, by partition. Iterating over it goes through the
 * partitions one after another.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public class ConsumerRecords<K, V> implements Iterable<ConsumerRecord<K, V>> {

  /** No records. */
  public static final ConsumerRecords<Object, Object> EMPTY =
      new ConsumerRecords<>(Map.of(), Map.of());

  private final Map<TopicPartition, List<ConsumerRecord<K, V>>> records;
  private final Map<TopicPartition, OffsetAndMetadata> nextOffsets;

  /**
   * Wraps records, without the offsets that follow; the map is not copied.
   *
   * @param records the records of each partition, in order
   * @deprecated since Kafka 4.0; give the offsets that follow
   */
  @Deprecated
  @SuppressWarnings("InlineMeSuggester") // Kafka has it as a constructor, so it is one here.
  public ConsumerRecords(Map<TopicPartition, List<ConsumerRecord<K, V>>> records) {
    this(records, Map.of());
  }

  /**
   * Wraps records; the maps are not copied.
   *
   * @param records the records of each partition, in order
   * @param nextOffsets for each partition the offset that follows
   */
  public ConsumerRecords(
      Map<TopicPartition, List<ConsumerRecord<K, V>>> records,
      Map<TopicPartition, OffsetAndMetadata> nextOffsets) {
    this.records = records;
    this.nextOffsets = Collections.unmodifiableMap(nextOffsets);
  }

  /**
   * Returns the records of a partition.
   *
   * @param partition the partition
   * @return its records in order; empty for none
   */
  public List<ConsumerRecord<K, V>> records(TopicPartition partition) {
    List<ConsumerRecord<K, V>> found = records.get(partition);
    return found == null ? List.of() : Collections.unmodifiableList(found);
  }

  /**
   * {@return for each partition that moved on the offset that follows: what to commit when all of
   * these records are dealt with} A partition may be here without a record, for example after the
   * end of a transaction.
   */
  public Map<TopicPartition, OffsetAndMetadata> nextOffsets() {
    return nextOffsets;
  }

  /**
   * Returns the records of a topic.
   *
   * @param topic the topic
   * @return its records, partition by partition
   * @throws IllegalArgumentException if the topic is null
   */
  public Iterable<ConsumerRecord<K, V>> records(String topic) {
    if (topic == null) {
      throw new IllegalArgumentException("The topic is missing");
    }
    List<List<ConsumerRecord<K, V>>> found = new ArrayList<>();
    records.forEach(
        (partition, list) -> {
          if (partition.topic().equals(topic)) {
            found.add(list);
          }
        });
    return () -> new Concatenation<>(found.iterator());
  }

  /** {@return the partitions that have records here} */
  public Set<TopicPartition> partitions() {
    return Collections.unmodifiableSet(records.keySet());
  }

  @Override
  public Iterator<ConsumerRecord<K, V>> iterator() {
    return new Concatenation<>(records.values().iterator());
  }

  /** {@return how many records there are} */
  public int count() {
    int count = 0;
    for (List<ConsumerRecord<K, V>> list : records.values()) {
      count += list.size();
    }
    return count;
  }

  /** {@return whether there is no partition here} */
  public boolean isEmpty() {
    return records.isEmpty();
  }

  /**
   * {@return no records}
   *
   * @param <K> type of the keys
   * @param <V> type of the values
   */
  @SuppressWarnings("unchecked") // it holds no record whose type could be wrong
  public static <K, V> ConsumerRecords<K, V> empty() {
    return (ConsumerRecords<K, V>) EMPTY;
  }

  private static final class Concatenation<R> implements Iterator<R> {

    private final Iterator<? extends List<R>> lists;
    private Iterator<R> current = Collections.emptyIterator();

    Concatenation(Iterator<? extends List<R>> lists) {
      this.lists = lists;
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext() && lists.hasNext()) {
        current = lists.next().iterator();
      }
      return current.hasNext();
    }

    @Override
    public R next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return current.next();
    }
  }
}

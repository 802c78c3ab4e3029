package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.TopicPartition;
import io.millstream.common.header.Header;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StickyPartitionTest {

  private static final int PARTITIONS = 6;
  private static final int STAY_BYTES = 1_000;

  private final SystemEnvironment environment = new SystemEnvironment("test");
  private final EventLoop loop = new EventLoop(environment, "test");
  private final BufferMemory memory = new BufferMemory(1 << 20, environment.waiting());
  private final ExecutorService callers = Executors.newCachedThreadPool();
  private final StickyPartition sticky = new StickyPartition(STAY_BYTES);

  @AfterEach
  void end() {
    callers.shutdownNow();
  }

  private KnownPartitions known(int partitions) {
    PartitionQueue.Shared shared =
        new PartitionQueue.Shared(
            loop,
            memory,
            new BatchSizes(1 << 14, 1 << 14, 1_024, 1 << 14, 4_096, false),
            new Announcements(loop, () -> {}));
    PartitionQueue[] queues =
        IntStream.range(0, partitions)
            .mapToObj(
                partition ->
                    new PartitionQueue(
                        new TopicPartition("topic", partition), shared, new CompressionRatio()))
            .toArray(PartitionQueue[]::new);
    int[] all = IntStream.range(0, partitions).toArray();
    return new KnownPartitions(queues, partitions, all, all);
  }

  /** A header that keeps the lock of its partition until it is told to go on. */
  private static Header holding(CountDownLatch begun, CountDownLatch over) {
    return new Header() {
      @Override
      public String key() {
        begun.countDown();
        try {
          over.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return "key";
      }

      @Override
      public byte[] value() {
        return new byte[0];
      }
    };
  }

  /** Has callers wait for the lock of a partition, and returns once all are through. */
  private void contend(PartitionQueue queue, int waiting) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    List<Future<?>> all = new ArrayList<>();
    all.add(
        callers.submit(
            () ->
                queue.tryAppend(
                    0, null, null, new Header[] {holding(begun, over)}, null, 100, null, false)));
    begun.await();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < waiting; i++) {
      Thread caller =
          new Thread(() -> queue.tryAppend(0, null, null, new Header[0], null, 100, null, false));
      caller.start();
      threads.add(caller);
    }
    for (Thread caller : threads) {
      // It parks for moments while the lock is taken.
      while (caller.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
    over.countDown();
    for (Thread caller : threads) {
      caller.join();
    }
    for (Future<?> one : all) {
      one.get();
    }
  }

  /** Asks on a thread of its own. */
  private int partitionOfAnotherThread(KnownPartitions known) throws Exception {
    FutureTask<Integer> asked = new FutureTask<>(() -> sticky.current(known).partition());
    new Thread(asked).start();
    return asked.get();
  }

  @Test
  void threadsThatAreNotInEachOthersWayFillOneBatch() throws Exception {
    KnownPartitions known = known(PARTITIONS);
    int mine = sticky.current(known).partition();
    for (int i = 0; i < 4; i++) {
      assertThat(partitionOfAnotherThread(known)).isEqualTo(mine);
    }
    assertThat(sticky.places()).isEqualTo(1);
  }

  @Test
  void threadsThatWaitForEachOtherAtOnePartitionStayOnSeveral() throws Exception {
    KnownPartitions known = known(PARTITIONS);
    StickyPartition.Stay stay = sticky.current(known);
    contend(known.queue(stay.partition()), 8);
    sticky.appended(stay, STAY_BYTES, known);
    assertThat(sticky.places()).isEqualTo(2);
    int mine = sticky.current(known).partition();
    // Threads are numbered one after the other, so one of two that follow has the other place.
    assertThat(List.of(partitionOfAnotherThread(known), partitionOfAnotherThread(known)))
        .anyMatch(partition -> partition != mine);
  }

  @Test
  void aFewWaitsChangeNothing() throws Exception {
    KnownPartitions known = known(PARTITIONS);
    StickyPartition.Stay stay = sticky.current(known);
    contend(known.queue(stay.partition()), 7);
    sticky.appended(stay, STAY_BYTES, known);
    assertThat(sticky.places()).isEqualTo(1);
  }

  @Test
  void noMorePlacesThanPartitions() throws Exception {
    KnownPartitions known = known(3);
    for (int i = 0; i < 4; i++) {
      StickyPartition.Stay stay = sticky.current(known);
      contend(known.queue(stay.partition()), 8);
      sticky.appended(stay, STAY_BYTES, known);
    }
    assertThat(sticky.places()).isEqualTo(2);
  }

  @Test
  void threadsComeTogetherAgainWhereNobodyWaits() throws Exception {
    KnownPartitions known = known(PARTITIONS);
    StickyPartition.Stay first = sticky.current(known);
    contend(known.queue(first.partition()), 8);
    sticky.appended(first, STAY_BYTES, known);
    int stays = 0;
    while (sticky.places() > 1) {
      sticky.appended(sticky.current(known), STAY_BYTES, known);
      stays++;
    }
    assertThat(stays).isBetween(100, 200);
  }

  @Test
  void eachPartitionGetsTheSame() {
    KnownPartitions known = known(PARTITIONS);
    sticky.seed(17);
    int[] stays = new int[PARTITIONS];
    for (int i = 0; i < 60_000; i++) {
      StickyPartition.Stay stay = sticky.current(known);
      stays[stay.partition()]++;
      sticky.appended(stay, STAY_BYTES, known);
    }
    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertThat(stays[partition]).as("partition %d", partition).isBetween(9_700, 10_300);
    }
  }

  @Test
  void staysUntilSoManyBytesCame() {
    KnownPartitions known = known(PARTITIONS);
    StickyPartition.Stay stay = sticky.current(known);
    sticky.appended(stay, STAY_BYTES - 1, known);
    assertThat(sticky.current(known)).isSameAs(stay);
    sticky.appended(stay, 1, known);
    assertThat(sticky.current(known)).isNotSameAs(stay);
  }
}

package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.compression.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where callers of {@code send} meet the loop, on real threads: partition queues, waiting queues of
 * unknown topics, memory and announcements.
 */
@Timeout(120)
class ThreadsMeetTest {

  private static final int THREADS = 4;
  private static final int RECORDS = 20_000;

  private static List<Thread> start(ThreadBody body) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads.add(new Thread(() -> body.run(thread)));
      threads.get(i).setDaemon(true);
    }
    threads.forEach(Thread::start);
    return threads;
  }

  private interface ThreadBody {
    void run(int thread);
  }

  @ParameterizedTest
  @CsvSource({
    "1000000, NONE, 700",
    "20000, NONE, 700",
    "1000000, LZ4, 700",
    "20000, LZ4, 700",
    "20000, LZ4, 9000"
  })
  void everyRecordIsDeliveredOnceAndInTheOrderOfItsThread(
      long memoryBytes, Codec codec, int largestValueBytes) throws Exception {
    try (DeliveringLoop loop =
        new DeliveringLoop(THREADS, memoryBytes, codec, largestValueBytes, 3)) {
      List<Thread> threads =
          start(
              thread -> {
                try {
                  for (int number = 1; number <= RECORDS; number++) {
                    loop.append(thread, number);
                  }
                } catch (InterruptedException | RuntimeException e) {
                  loop.wrong.add(e.toString());
                }
              });
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(loop.wrong).isEmpty();
      assertThat(loop.gate.await(() -> loop.told.get() == THREADS * RECORDS, loop.deadlineNanos()))
          .as("%s records were told of", loop.told)
          .isTrue();
      assertThat(loop.wrong).isEmpty();
      // The last chunks are given back behind the last callback.
      assertThat(loop.gate.await(() -> loop.memory.takenBytes() == 0, loop.deadlineNanos()))
          .as("%d bytes are still taken", loop.memory.takenBytes())
          .isTrue();
    }
  }

  @Test
  void nothingIsTakenOverOnceTheAnnouncementsAreClosed() throws Exception {
    try (DeliveringLoop loop = new DeliveringLoop(THREADS, 1_000_000, Codec.NONE, 700, 0)) {
      AtomicInteger accepted = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      List<Thread> threads =
          start(
              thread -> {
                try {
                  for (int number = 1; number < Integer.MAX_VALUE; number++) {
                    loop.append(thread, number);
                    accepted.incrementAndGet();
                  }
                } catch (IllegalStateException closed) {
                  refused.incrementAndGet();
                } catch (InterruptedException e) {
                  loop.wrong.add(e.toString());
                }
              });
      assertThat(loop.gate.await(() -> loop.told.get() > 10_000, loop.deadlineNanos())).isTrue();
      loop.announcements.close("closed by the test");
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(refused).hasValue(THREADS);
      assertThat(loop.gate.await(() -> loop.told.get() == accepted.get(), loop.deadlineNanos()))
          .as("%s of %s records were told of", loop.told, accepted)
          .isTrue();
      assertThat(loop.wrong).isEmpty();
    }
  }
}

package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class BriefLockTest {

  private static final int THREADS = 8;
  private static final int SECTIONS = 200_000;

  private final BriefLock lock = new BriefLock();
  private long inside;
  private long together;
  private long sections;

  @Test
  void oneThreadAtATimeIsInside() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(new Thread(this::goThrough));
      threads.get(i).setDaemon(true);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(together).isZero();
    assertThat(sections).isEqualTo((long) THREADS * SECTIONS);
  }

  private void goThrough() {
    for (int i = 0; i < SECTIONS; i++) {
      lock.lock();
      try {
        inside++;
        if (inside != 1) {
          together++;
        }
        sections++;
        if (i % 1_000 == 0) {
          // Whoever waits has to sleep now and then, as where this thread loses its processor.
          spin();
        }
        inside--;
      } finally {
        lock.unlock();
      }
    }
  }

  private static void spin() {
    long end = System.nanoTime() + 50_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whoHasItIsRefusedInsteadOfWaitingForItself() {
    lock.lock();
    assertThatThrownBy(lock::lock).isInstanceOf(IllegalStateException.class);
    lock.unlock();
    lock.lock();
    lock.unlock();
  }
}

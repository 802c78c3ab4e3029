package io.millstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.TopicPartition;
import io.millstream.network.EventLoop;
import io.millstream.network.Gate;
import io.millstream.network.SystemEnvironment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Where event loop and poll meet, on real threads. */
class FetchedBatchesTest {

  private static final int FRAMES = 20_000;
  private static final int FRAME_BYTES = 100;
  private static final long MOST_BYTES = 1_000;

  private final SystemEnvironment environment = new SystemEnvironment("test");
  private final Gate gate = environment.waiting().gate();
  private final FetchedBatches buffer = new FetchedBatches(MOST_BYTES, gate);
  private final FetchPosition position =
      new FetchPosition(
          new FetchStart(
              new TopicPartition("t", 0), 1, StartingPoint.COMMITTED, new FetchReport(), false),
          0);

  /** The loop's side: adds frames of two parts as long as there is room. */
  private final class Filling {
    private final AtomicInteger added = new AtomicInteger();
    private final AtomicLong mostHeld = new AtomicLong();

    void fill() {
      while (added.get() < FRAMES) {
        FetchedFrame frame = new FetchedFrame(FRAME_BYTES);
        if (!buffer.admit(frame)) {
          return;
        }
        mostHeld.accumulateAndGet(MOST_BYTES - buffer.freeBytes(), Math::max);
        for (int part = 0; part < 2; part++) {
          frame.use();
          position.heldBytes().addAndGet(FRAME_BYTES / 2);
          buffer.add(new Fetched.Batches(position, ByteBuffer.allocate(FRAME_BYTES / 2), frame));
        }
        buffer.done(frame);
        added.incrementAndGet();
      }
    }
  }

  @Test
  void everythingArrivesInOrderWithinTheBoundAndEveryByteIsFreed() throws Exception {
    EventLoop loop = new EventLoop(environment, "test");
    Filling filling = new Filling();
    buffer.onRelease(loop, filling::fill);
    loop.start();
    loop.execute(filling::fill);
    int taken = 0;
    Deque<Fetched.Batches> kept = new ArrayDeque<>();
    while (taken < 2 * FRAMES) {
      boolean arrived =
          gate.await(buffer::hasArrived, environment.clock().nanoTime() + 60_000_000_000L);
      assertThat(arrived).as("something arrives").isTrue();
      if (!(buffer.take() instanceof Fetched.Batches batches)) {
        throw new AssertionError("something else than batches arrived");
      }
      kept.add(batches);
      taken++;
      if (kept.size() > 5) {
        buffer.release(kept.remove());
      }
    }
    kept.forEach(buffer::release);
    loop.shutdown();
    assertThat(loop.awaitEnd(environment.clock().nanoTime() + 60_000_000_000L)).isTrue();
    assertThat(filling.mostHeld.get()).isLessThanOrEqualTo(MOST_BYTES);
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(position.heldBytes()).hasValue(0);
  }

  @Test
  void aFrameIsHeldUntilItsLastPartIsDoneWith() {
    FetchedFrame frame = new FetchedFrame(FRAME_BYTES);
    assertThat(buffer.admit(frame)).isTrue();
    frame.use();
    Fetched.Batches first = new Fetched.Batches(position, ByteBuffer.allocate(10), frame);
    frame.use();
    Fetched.Batches second = new Fetched.Batches(position, ByteBuffer.allocate(10), frame);
    buffer.done(frame);
    buffer.release(first);
    assertThat(buffer.freeBytes()).isEqualTo(MOST_BYTES - FRAME_BYTES);
    buffer.release(second);
    assertThat(buffer.freeBytes()).isEqualTo(MOST_BYTES);
  }

  @Test
  void aFrameLargerThanTheBufferIsAdmittedOnlyAlone() {
    FetchedFrame small = new FetchedFrame(1);
    AtomicBoolean large = new AtomicBoolean();
    buffer.admit(small);
    large.set(buffer.admit(new FetchedFrame(5_000)));
    assertThat(large).isFalse();
    buffer.done(small);
    large.set(buffer.admit(new FetchedFrame(5_000)));
    assertThat(large).isTrue();
    assertThat(buffer.admit(new FetchedFrame(1))).isFalse();
  }
}

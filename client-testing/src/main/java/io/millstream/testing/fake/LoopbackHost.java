package io.millstream.testing.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brokers on real sockets of the loopback interface, all on one daemon thread. */
final class LoopbackHost implements BrokerHost {

  private static final Logger LOG = LoggerFactory.getLogger(LoopbackHost.class);

  /** A task that is due at a moment; of two at the same one the first goes first. */
  private record Delayed(long nanos, long sequence, Runnable task) implements Comparable<Delayed> {
    @Override
    public int compareTo(Delayed other) {
      int byTime = Long.compare(nanos - other.nanos, 0);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  private final Selector selector;
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Delayed> delayed = new PriorityQueue<>();
  private final RandomGenerator random = new SplittableRandom();
  private final Thread thread;
  private long nextSequence;
  private volatile boolean closed;

  LoopbackHost() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open a selector", e);
    }
    thread = new Thread(this::run, "millstream-fake-brokers");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(this::ready, waitMillis());
        runTasks();
        runDelayed();
      }
    } catch (IOException e) {
      LOG.error("The fake brokers end: their selector is broken", e);
    } finally {
      closed = true;
      for (SelectionKey key : selector.keys()) {
        ((LoopbackReady) key.attachment()).abandon();
      }
      runTasks();
    }
  }

  private void ready(SelectionKey key) {
    guarded(((LoopbackReady) key.attachment())::ready);
  }

  private long waitMillis() {
    if (!tasks.isEmpty()) {
      return 1;
    }
    Delayed next = delayed.peek();
    // 0 would mean to wait without end.
    return next == null
        ? 0
        : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.nanos - System.nanoTime()));
  }

  private void runTasks() {
    Runnable task;
    while ((task = tasks.poll()) != null) {
      guarded(task);
    }
  }

  private void runDelayed() {
    long now = System.nanoTime();
    // Those that are added meanwhile come after the sockets have had their turn.
    long firstNew = nextSequence;
    while (true) {
      Delayed next = delayed.peek();
      if (next == null || next.nanos - now > 0 || next.sequence >= firstNew) {
        return;
      }
      delayed.remove();
      guarded(next.task);
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A fake broker failed; this is a defect of it", e);
    }
  }

  Selector selector() {
    return selector;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public void later(long delayNanos, Runnable task) {
    delayed.add(new Delayed(System.nanoTime() + Math.max(0, delayNanos), nextSequence++, task));
  }

  @Override
  public Endpoint endpoint(int brokerId, Reception reception) {
    return new LoopbackEndpoint(this, InetAddress.getLoopbackAddress(), reception);
  }

  @Override
  public <T> T call(Supplier<T> task) {
    if (Thread.currentThread() == thread) {
      return task.get();
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    tasks.add(
        () -> {
          try {
            result.complete(task.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    selector.wakeup();
    if (closed && !result.isDone()) {
      throw new IllegalStateException("The fake cluster was closed");
    }
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public void note(String event) {
    LOG.debug("{}", event);
  }

  /** Ends the thread and closes all sockets. */
  void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.debug("Cannot close a selector", e);
    }
  }
}

package io.millstream.network;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes one reaction run on the event loop soon. Raised again before the reaction has begun, it
 * still runs once; raised after it has begun, it runs once more.
 */
public final class Signal {

  private final EventLoop loop;
  private final Runnable reaction;
  private final Runnable react = this::react;
  private final AtomicBoolean raised = new AtomicBoolean();

  Signal(EventLoop loop, Runnable reaction) {
    this.loop = loop;
    this.reaction = reaction;
  }

  /**
   * Makes the reaction run. Any thread may call this; it never blocks, and costs one volatile read
   * while the signal is raised already. Without effect when the loop has ended.
   */
  public void raise() {
    if (!raised.get() && raised.compareAndSet(false, true)) {
      boolean offered = false;
      try {
        loop.offer(react);
        offered = true;
      } finally {
        if (!offered) {
          // For want of memory; else nothing would ever be offered again.
          raised.set(false);
        }
      }
    }
  }

  private void react() {
    // Lowered first: what changes from here on raises the signal anew.
    raised.set(false);
    reaction.run();
  }
}

package io.millstream.network;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * The outside world of one client. The engine reaches time, the network, names, chance, helper
 * threads and the parking of callers through it alone, so that a whole client can run on a virtual
 * clock over a network in memory.
 */
public interface Environment {

  /** Returns the clock; may be asked from any thread. */
  Clock clock();

  /** Returns the network. */
  Transport transport();

  /** Returns the resolver of host names. */
  NameResolver resolver();

  /**
   * Returns the source of random numbers. Only the event loop uses it, so that one seed gives one
   * history.
   */
  RandomGenerator random();

  /**
   * Returns where work runs that would hold up the event loop, such as large compressions. Results
   * go back to the loop by {@link EventLoop#execute}.
   */
  Executor helpers();

  /**
   * Returns where names are looked up. In the real world these are threads of their own, since a
   * lookup that hangs would hold up other work; else it may be the same as {@link #helpers}.
   */
  default Executor lookups() {
    return helpers();
  }

  /** Returns how callers wait. */
  Waiting waiting();

  /**
   * Brings an event loop to life. In production a daemon thread calls {@link EventLoop#runOnce}
   * until the loop has ended; a simulation calls it from its own waits.
   *
   * @param loop a loop that nobody steps yet
   * @param name the name of its thread
   */
  void drive(EventLoop loop, String name);
}

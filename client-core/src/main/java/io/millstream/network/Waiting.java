package io.millstream.network;

/**
 * How callers wait. In production a gate parks the calling thread; in a simulation it drives event
 * loop and clock until the condition holds.
 */
public interface Waiting {

  /** Returns a new gate. Any thread may call this. */
  Gate gate();
}

package io.millstream.network;

/** Time as the client sees it; may be asked from any thread. */
public interface Clock {

  /** Returns nanoseconds since an arbitrary moment; only differences have a meaning. */
  long nanoTime();

  /** Returns milliseconds since 1970-01-01 UTC. */
  long wallMillis();
}

package io.millstream.testing.fake;

/** What is attached to a selection key. */
interface LoopbackReady {

  /** Does what the channel is ready for. */
  void ready();

  /** Closes the channel for good. */
  void abandon();
}

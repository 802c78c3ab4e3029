package io.millstream.metrics;

/**
 * What counts, and can name what it has counted. Names are made when somebody looks for them:
 * hardly anything is there when a client is created, and then time is short.
 */
public interface Named {

  /**
   * Names the cells. Called once, at any time after they are there, on any thread.
   *
   * @param group where to
   */
  void nameIn(MetricGroup group);
}

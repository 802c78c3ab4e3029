package io.millstream.cluster;

/** Learns of each change of the cluster view. Called on the event loop. */
public interface ClusterListener {

  /**
   * A new view is published.
   *
   * @param previous the one before
   * @param current the new one
   */
  void changed(ClusterView previous, ClusterView current);
}

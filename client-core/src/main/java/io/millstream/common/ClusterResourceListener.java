package io.millstream.common;

/**
 * Implemented by serializers, interceptors and metrics reporters that want to know which cluster
 * the client talks to.
 */
public interface ClusterResourceListener {

  /**
   * Called when the client has learnt the cluster's metadata, before the plug-in sees a record.
   *
   * @param clusterResource what identifies the cluster
   */
  void onUpdate(ClusterResource clusterResource);
}

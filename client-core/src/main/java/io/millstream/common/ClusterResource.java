package io.millstream.common;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What identifies a cluster. */
public class ClusterResource {

  private final @Nullable String clusterId;

  /**
   * Creates it.
   *
   * @param clusterId the id of the cluster; null where the broker told none
   */
  public ClusterResource(@Nullable String clusterId) {
    this.clusterId = clusterId;
  }

  /** Returns the id of the cluster, or null where the broker told none. */
  public @Nullable String clusterId() {
    return clusterId;
  }

  @Override
  public String toString() {
    return "ClusterResource(clusterId=" + clusterId + ")";
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof ClusterResource other && Objects.equals(clusterId, other.clusterId);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(clusterId);
  }
}

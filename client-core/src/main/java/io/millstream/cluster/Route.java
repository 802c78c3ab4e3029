package io.millstream.cluster;

/** Which broker a request is for. Resolved anew for each attempt. */
public sealed interface Route {

  /** The broker with the least to do. */
  record Any() implements Route {
    @Override
    public String toString() {
      return "any broker";
    }
  }

  /** The controller of the cluster. */
  record Controller() implements Route {
    @Override
    public String toString() {
      return "the controller";
    }
  }

  /** One broker. */
  record Broker(int nodeId) implements Route {
    @Override
    public String toString() {
      return "broker " + nodeId;
    }
  }

  /** The leader of one partition; the topic must be wanted. */
  record Leader(String topic, int partition) implements Route {
    @Override
    public String toString() {
      return "the leader of " + topic + "-" + partition;
    }
  }

  /** The coordinator of a group or transactional id. */
  record Coordinator(CoordinatorType type, String key) implements Route {
    @Override
    public String toString() {
      return "the coordinator of " + type + " " + key;
    }
  }

  /** Returns the route to the broker with the least to do. */
  static Route any() {
    return new Any();
  }

  /** Returns the route to the controller. */
  static Route controller() {
    return new Controller();
  }

  /** Returns the route to one broker. */
  static Route node(int nodeId) {
    return new Broker(nodeId);
  }

  /** Returns the route to the leader of a partition. */
  static Route leader(String topic, int partition) {
    return new Leader(topic, partition);
  }

  /** Returns the route to a coordinator. */
  static Route coordinator(CoordinatorType type, String key) {
    return new Coordinator(type, key);
  }
}

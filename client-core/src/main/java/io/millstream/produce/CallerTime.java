package io.millstream.produce;

/** What callers of a producer wait for, and is summed up. */
public enum CallerTime {
  /** For the partitions of a topic. */
  METADATA("partitionsFor()", "metadata-wait-time-ns-total"),
  /** For all that was sent before. */
  FLUSH("flush()", "flush-time-ns-total"),
  /** For the producer id of a transactional producer. */
  INIT("initTransactions()", "txn-init-time-ns-total"),
  /** For the beginning of a transaction. */
  BEGIN("beginTransaction()", "txn-begin-time-ns-total"),
  /** For the offsets of a group. */
  SEND_OFFSETS("sendOffsetsToTransaction()", "txn-send-offsets-time-ns-total"),
  /** For the first phase of a commit in two phases, which is not built yet. */
  PREPARE("prepareTransaction()", "txn-prepare-time-ns-total"),
  /** For a commit. */
  COMMIT("commitTransaction()", "txn-commit-time-ns-total"),
  /** For an abort. */
  ABORT("abortTransaction()", "txn-abort-time-ns-total");

  private final String method;
  private final String metric;

  CallerTime(String method, String metric) {
    this.method = method;
    this.metric = metric;
  }

  /** Returns the method that waits, with parentheses. */
  public String method() {
    return method;
  }

  String metric() {
    return metric;
  }
}

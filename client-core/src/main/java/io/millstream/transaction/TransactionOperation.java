package io.millstream.transaction;

/** What a caller can ask for. */
enum TransactionOperation {
  INITIALIZE("initTransactions()"),
  BEGIN("beginTransaction()"),
  SEND_OFFSETS("sendOffsetsToTransaction()"),
  COMMIT("commitTransaction()"),
  ABORT("abortTransaction()");

  private final String method;

  TransactionOperation(String method) {
    this.method = method;
  }

  @Override
  public String toString() {
    return method;
  }
}

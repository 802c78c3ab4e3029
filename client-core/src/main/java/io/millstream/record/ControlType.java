package io.millstream.record;

/** What a control record says (KIP-98). */
public enum ControlType {
  /** A transaction of the batch's producer was aborted. */
  ABORT,
  /** A transaction of the batch's producer was committed. */
  COMMIT,
  /** Something between brokers, which a client passes over. */
  OTHER;

  /** The bytes of the key: version and type. */
  static final int KEY_BYTES = 2 * Short.BYTES;

  static final short ABORT_TYPE = 0;
  static final short COMMIT_TYPE = 1;

  static ControlType of(short type) {
    return switch (type) {
      case ABORT_TYPE -> ABORT;
      case COMMIT_TYPE -> COMMIT;
      default -> OTHER;
    };
  }
}

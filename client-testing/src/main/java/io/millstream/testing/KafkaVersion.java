package io.millstream.testing;

/** The versions of Apache Kafka that can be started. */
public enum KafkaVersion {
  /** The newest: KRaft. */
  V4_4_0("4.4.0", false),
  /** The last generation that still knew ZooKeeper; started in KRaft mode. */
  V3_9_1("3.9.1", false),
  /** With ZooKeeper. */
  V2_8_2("2.8.2", true),
  /** The oldest that current clients speak to; with ZooKeeper. */
  V2_1_1("2.1.1", true);

  private final String number;
  private final boolean needsZooKeeper;

  KafkaVersion(String number, boolean needsZooKeeper) {
    this.number = number;
    this.needsZooKeeper = needsZooKeeper;
  }

  /**
   * Gives the version as Kafka writes it.
   *
   * @return for example 4.4.0
   */
  public String number() {
    return number;
  }

  boolean needsZooKeeper() {
    return needsZooKeeper;
  }

  @Override
  public String toString() {
    return number;
  }
}

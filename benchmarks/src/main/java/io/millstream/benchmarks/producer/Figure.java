package io.millstream.benchmarks.producer;

/** What is measured. */
enum Figure {
  CPU("CPU s / M records", 3),
  CPU_NET("CPU s / M records, net of the bare codec", 3),
  CPU_USER("… user", 3),
  CPU_SYSTEM("… system", 3),
  CPU_COMPILING("… compiling", 3),
  ALLOCATED("bytes allocated / record", 1),
  RECORDS_PER_SECOND("records / s", 0),
  BATCH_BYTES("bytes / batch", 0),
  WIRE_BYTES("bytes on the wire / record", 2),
  BROKER_CPU("the sink's CPU s / M records", 3),
  LATENCY_50("ack p50, ms", 2),
  LATENCY_99("ack p99, ms", 2),
  LATENCY_999("ack p99.9, ms", 2),
  PACED_CPU("CPU ms / s, net of the pacing loop", 1),
  PACING_CPU("the pacing loop's CPU ms / s", 1),
  START_MILLIS("JVM start to first acknowledgement, ms", 0),
  START_CPU("… CPU, ms", 0),
  IDLE_CPU("CPU ms / minute", 1),
  IDLE_CPU_CLIENT("… of the client's own threads", 1),
  CORES_BUSY("cores busy in all", 2),
  CORES_OTHERS("… of them with other programs", 2);

  private final String title;
  private final int decimals;

  Figure(String title, int decimals) {
    this.title = title;
    this.decimals = decimals;
  }

  String title() {
    return title;
  }

  int decimals() {
    return decimals;
  }
}

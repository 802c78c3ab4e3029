package io.millstream.benchmarks.producer;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The measured process: one client, one workload, one measurement. Arguments: client, row, left or
 * right, mode, the broker's address, topic.
 */
final class ClientRun {

  private static final int PACED_SECONDS_BEFORE_DIVISOR = 2;
  private static final int IDLE_SETTLING_DIVISOR = 2;
  private static final int WARM_UP_STRETCHES = 5;
  private static final long PAUSE_MILLIS = 50;
  private static final int SETTLED_STRETCHES = 3;
  private static final int LONGEST_WARM_UP_STRETCHES = 25;

  /** The part of all processor time that compiling may take. */
  private static final double SETTLED = 0.03;

  private static final double MILLION = 1e6;

  private final Client client;
  private final Row row;
  private final Workload workload;
  private final Mode mode;
  private final Map<String, Object> settings;
  private final String topic;
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private final Handshake handshake = new Handshake();

  private ClientRun(String[] arguments) {
    this.client = Client.valueOf(arguments[0]);
    this.row = Row.named(arguments[1]);
    this.workload = row.side(arguments[2].equals("left")).workload();
    this.mode = Mode.named(arguments[3]);
    this.settings = new LinkedHashMap<>(workload.settings());
    settings.put("bootstrap.servers", arguments[4]);
    this.topic = arguments[5];
  }

  public static void main(String[] arguments) throws InterruptedException {
    ClientRun run = new ClientRun(arguments);
    switch (run.workload.kind()) {
      case BURST -> run.burst();
      case PACED -> run.paced();
      case IDLE -> run.idle();
      case FIRST_RECORD -> throw new IllegalArgumentException("see FirstRecord");
    }
  }

  private void burst() throws InterruptedException {
    Values values = new Values(workload.valueBytes());
    long before = mode.recordsBefore(row, workload);
    long records = mode.recordsMeasured(row, workload);
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    try (ProducerUnderTest producer = client.open(settings, topic, acknowledgements);
        Burst burst = new Burst(producer, values, workload)) {
      warmUp(burst, before);
      handshake.awaitGo();
      ThreadTimes threadsBegin = ThreadTimes.now();
      ProcessSample begin = ProcessSample.now();
      burst.send(records);
      ProcessSample cost = ProcessSample.now().since(begin);
      ThreadTimes threads = ThreadTimes.now().since(threadsBegin);
      acknowledgements.settle(records);
      double millions = records / MILLION;
      figures.put(Figure.CPU, seconds(cost.cpuNanos()) / millions);
      figures.put(Figure.CPU_USER, seconds(cost.userNanos()) / millions);
      figures.put(Figure.CPU_SYSTEM, seconds(cost.systemNanos()) / millions);
      figures.put(Figure.CPU_COMPILING, seconds(threads.compiling()) / millions);
      figures.put(Figure.ALLOCATED, (double) cost.allocatedBytes() / records);
      figures.put(Figure.RECORDS_PER_SECOND, records / seconds(cost.wallNanos()));
      handshake.tell(figures);
    }
    int recordsInBatch = handshake.recordsInBatch();
    if (recordsInBatch > 0 && BareCodec.knows(workload.codec())) {
      double bare = BareCodec.nanosPerRecord(workload.codec(), values, recordsInBatch);
      handshake.tell(Map.of(Figure.CPU_NET, figures.get(Figure.CPU) - bare * MILLION / 1e9));
    }
  }

  /**
   * Sends until the JIT has settled: where other programs hold up its threads, that takes longer.
   */
  private void warmUp(Burst burst, long leastRecords) throws InterruptedException {
    long stretch = leastRecords / WARM_UP_STRETCHES;
    int settled = 0;
    for (int i = 0;
        i < WARM_UP_STRETCHES || (settled < SETTLED_STRETCHES && i < LONGEST_WARM_UP_STRETCHES);
        i++) {
      ThreadTimes begin = ThreadTimes.now();
      burst.send(stretch);
      acknowledgements.settle(stretch);
      ThreadTimes taken = ThreadTimes.now().since(begin);
      // There is a pause before measuring too. What has never been idle while being compiled is
      // compiled anew after the first pause.
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      settled = taken.compiling() < SETTLED * taken.sum() ? settled + 1 : 0;
    }
  }

  private void paced() throws InterruptedException {
    Values values = new Values(workload.valueBytes());
    long before = mode.recordsBefore(row, workload);
    int secondsBefore = mode.pacedSeconds() / PACED_SECONDS_BEFORE_DIVISOR;
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    try (ProducerUnderTest producer = client.open(settings, topic, acknowledgements);
        Burst burst = new Burst(producer, values, workload)) {
      warmUp(burst, before);
      Pacing.run(
          secondsBefore,
          workload.perSecond(),
          (i, intended) -> producer.sendTimed(values.get(i), intended));
      producer.flush();
      acknowledgements.settle((long) secondsBefore * workload.perSecond());
      acknowledgements.forgetLatencies();
      double pacing = paced(secondsBefore, (i, intended) -> {});
      handshake.awaitGo();
      double all =
          paced(mode.pacedSeconds(), (i, intended) -> producer.sendTimed(values.get(i), intended));
      producer.flush();
      acknowledgements.settle((long) mode.pacedSeconds() * workload.perSecond());
      figures.put(Figure.LATENCY_50, acknowledgements.latencyMillis(50));
      figures.put(Figure.LATENCY_99, acknowledgements.latencyMillis(99));
      figures.put(Figure.LATENCY_999, acknowledgements.latencyMillis(99.9));
      figures.put(Figure.PACING_CPU, pacing);
      figures.put(Figure.PACED_CPU, all - pacing);
      handshake.tell(figures);
    }
    handshake.recordsInBatch();
  }

  private void idle() throws InterruptedException {
    Set<String> others = ThreadTimes.now().names();
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    try (ProducerUnderTest producer = client.open(settings, topic, acknowledgements)) {
      producer.send(null, new byte[workload.valueBytes()]);
      producer.flush();
      acknowledgements.settle(1);
      TimeUnit.SECONDS.sleep(mode.idleSeconds() / IDLE_SETTLING_DIVISOR);
      handshake.awaitGo();
      ThreadTimes begin = ThreadTimes.now();
      TimeUnit.SECONDS.sleep(mode.idleSeconds());
      ThreadTimes taken = ThreadTimes.now().since(begin);
      double toMillisPerMinute = 60 / 1e6 / mode.idleSeconds();
      figures.put(Figure.IDLE_CPU, taken.sum() * toMillisPerMinute);
      figures.put(Figure.IDLE_CPU_CLIENT, taken.sumWithout(others) * toMillisPerMinute);
      handshake.tell(figures);
    }
    handshake.recordsInBatch();
  }

  /** Returns the milliseconds of processor time that a second took. */
  private double paced(int seconds, Pacing.Step step) {
    long begin = ThreadTimes.now().sum();
    Pacing.run(seconds, workload.perSecond(), step);
    return (ThreadTimes.now().sum() - begin) / 1e6 / seconds;
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}

package io.millstream.produce;

import io.millstream.cluster.LeaderHint;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.header.Header;
import io.millstream.compression.Codec;
import io.millstream.compression.Compression;
import io.millstream.network.Backoff;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Clock;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.NameResolver;
import io.millstream.network.SystemEnvironment;
import io.millstream.network.Transport;
import io.millstream.network.Waiting;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.ProduceRequest;
import io.millstream.protocol.ProduceRequest.PartitionProduceData;
import io.millstream.protocol.ProduceResponse;
import io.millstream.protocol.ProduceResponse.PartitionProduceResponse;
import io.millstream.protocol.ProduceResponse.TopicProduceResponse;
import io.millstream.transaction.BatchScope;
import io.millstream.transaction.Identities;
import io.millstream.transaction.ProducerIdentity;
import io.millstream.wire.ChunkSource;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A sender that a test steps by hand; the test plays the brokers, one for even partitions. */
final class SenderFixture implements ProduceLink, Identities {

  static final BrokerAddress EVEN = new BrokerAddress(1, "even", 9092);
  static final BrokerAddress ODD = new BrokerAddress(2, "odd", 9092);

  private static final String TOPIC = "topic";
  private static final short VERSION = 11;
  private static final int PRODUCER_ID_AT = 43;
  private static final int BASE_SEQUENCE_AT = 53;
  static final long HOUR_NANOS = 3_600_000_000_000L;

  /** For how long batches wait for more records. */
  static final long LINGER_NANOS = HOUR_NANOS - 2;

  final Deque<Sent> sent = new ArrayDeque<>();
  final List<String> told = new ArrayList<>();
  final List<List<LeaderHint>> hints = new ArrayList<>();
  final List<String> messages = new ArrayList<>();
  final Deque<Runnable> helperTasks = new ArrayDeque<>();
  final BufferMemory memory;
  @Nullable ProducerIdentity identity = new ProducerIdentity(7, (short) 0);
  private boolean swapped;

  /** Whether no memory is there for the parts of batches that are split. */
  boolean machineIsFull;

  private final SteppedClock clock = new SteppedClock();
  private final EventLoop loop = new EventLoop(environment(), "test");
  private final PartitionQueue[] queues;
  private final Announcements announcements;
  private final BatchCompressor compressor;
  private final Sender sender;
  private final Map<Integer, Integer> inFlight = new TreeMap<>();

  /** A clock that the test moves. */
  private static final class SteppedClock implements Clock {
    private long nowNanos;

    @Override
    public long nanoTime() {
      return nowNanos;
    }

    @Override
    public long wallMillis() {
      return TimeUnit.NANOSECONDS.toMillis(nowNanos);
    }
  }

  /** A request that was sent. */
  record Sent(BrokerAddress broker, ProduceCall call, List<PartitionProduceData> batches) {

    List<Integer> partitions() {
      return batches.stream().map(PartitionProduceData::index).toList();
    }

    int baseSequence(int partition) {
      return records(partition).getInt(BASE_SEQUENCE_AT);
    }

    long producerId(int partition) {
      return records(partition).getLong(PRODUCER_ID_AT);
    }

    private ByteBuffer records(int partition) {
      for (PartitionProduceData batch : batches) {
        if (batch.index() == partition) {
          return Objects.requireNonNull(batch.records()).slice();
        }
      }
      throw new AssertionError("nothing of partition " + partition);
    }
  }

  SenderFixture(int partitions, int maxRequestBytes, int maxInFlight) {
    this(partitions, maxRequestBytes, maxInFlight, Codec.NONE, 0);
  }

  SenderFixture(int partitions, Linger linger) {
    this(partitions, 1 << 20, 5, Codec.NONE, 0, linger);
  }

  SenderFixture(int partitions, int maxRequestBytes, int maxInFlight, long backOffNanos) {
    this(partitions, maxRequestBytes, maxInFlight, Codec.NONE, backOffNanos);
  }

  SenderFixture(int partitions, int maxRequestBytes, int maxInFlight, Codec codec) {
    this(partitions, maxRequestBytes, maxInFlight, codec, 0);
  }

  private SenderFixture(
      int partitions, int maxRequestBytes, int maxInFlight, Codec codec, long backOffNanos) {
    this(
        partitions,
        maxRequestBytes,
        maxInFlight,
        codec,
        backOffNanos,
        new Linger(LINGER_NANOS, false));
  }

  private SenderFixture(
      int partitions,
      int maxRequestBytes,
      int maxInFlight,
      Codec codec,
      long backOffNanos,
      Linger linger) {
    ProduceSettings settings =
        new ProduceSettings(
            new ProduceSettings.Buffering(1 << 20, 1_000, linger, HOUR_NANOS),
            new ProduceSettings.Delivery((short) -1, true, maxInFlight, maxRequestBytes),
            new ProduceSettings.Patience(
                HOUR_NANOS, HOUR_NANOS, Integer.MAX_VALUE, new Backoff(backOffNanos, backOffNanos)),
            codec,
            codec.defaultLevel(),
            ProduceSettings.Choosing.EVENLY);
    memory = new BufferMemory(1 << 20, loop.environment().waiting());
    compressor =
        new BatchCompressor(
            "producer", Compression.of(codec), memory.beyondLimit(), helperTasks::add);
    announcements = new Announcements(loop, () -> {});
    BatchSizes sizes = BatchSizes.of(settings);
    LargeBatches largeBatches =
        new LargeBatches(loop, chunksForParts(), sizes, compressor, () -> {});
    BatchOutcomes outcomes =
        new BatchOutcomes(loop, settings, this, largeBatches, () -> {}, BatchScope.NONE);
    sender = new Sender(loop, settings, this, this, compressor, outcomes);
    queues = new PartitionQueue[partitions];
    for (int i = 0; i < partitions; i++) {
      queues[i] =
          new PartitionQueue(
              new TopicPartition(TOPIC, i),
              new PartitionQueue.Shared(loop, memory, sizes, announcements),
              new CompressionRatio());
    }
  }

  private ChunkSource chunksForParts() {
    ChunkSource chunks = memory.beyondLimit();
    return new ChunkSource() {
      @Override
      public @Nullable ByteBuffer take(int leastBytes) {
        if (machineIsFull) {
          throw new OutOfMemoryError("made by the test");
        }
        return chunks.take(leastBytes);
      }

      @Override
      public void giveBack(ByteBuffer chunk) {
        chunks.giveBack(chunk);
      }
    };
  }

  private Environment environment() {
    SystemEnvironment real = new SystemEnvironment("test");
    return new Environment() {
      @Override
      public Clock clock() {
        return clock;
      }

      @Override
      public Transport transport() {
        return real.transport();
      }

      @Override
      public NameResolver resolver() {
        return real.resolver();
      }

      @Override
      public RandomGenerator random() {
        return new SplittableRandom(1);
      }

      @Override
      public Executor helpers() {
        return helperTasks::add;
      }

      @Override
      public Waiting waiting() {
        return real.waiting();
      }

      @Override
      public void drive(EventLoop stepped, String name) {
        throw new AssertionError("the test steps the sender, not the loop");
      }
    };
  }

  /** Appends a record to a batch that goes on waiting for more. */
  void append(int partition, String name) {
    append(partition, name, 100);
  }

  private void append(int partition, String name, int valueBytes) {
    queues[partition].tryAppend(
        0,
        null,
        new byte[valueBytes],
        new Header[0],
        (metadata, exception) -> {
          told.add(exception == null ? name : name + " " + exception.getClass().getSimpleName());
          if (exception != null) {
            messages.add(exception.getMessage());
          }
        },
        valueBytes + 50,
        null,
        false);
    sender.take(queues[partition]);
  }

  /** Appends a record that is compressed on a helper, and fixes the batch. */
  void appendLarge(int partition, String name) {
    append(partition, name, 10_000);
    queues[partition].sealOpen();
    compressor.compressSealed(queues[partition]);
  }

  /** Lets time pass, and has the sender look. */
  void pass(long nanos) {
    clock.nowNanos += nanos;
    look();
  }

  /** Numbers the next batch of a partition, of which one is under way, as if many had been sent. */
  void skipSequences(int partition, int records) {
    for (PartitionLane lane : sender.active()) {
      if (lane.queue() == queues[partition]) {
        lane.numbering().sequences().assign(records);
      }
    }
  }

  void giveIdentity(ProducerIdentity given) {
    identity = given;
    sender.lookAtAllLanes();
  }

  /** Has the brokers swap what they lead. */
  void swapLeaders() {
    swapped = !swapped;
    haveAnotherView();
  }

  /** Has a refresh of metadata end, which may tell nothing new. */
  void haveAnotherView() {
    sender.leadersMayHaveMoved();
  }

  void refuseIdentity(RuntimeException exception) {
    sender.refuse(exception);
    look();
  }

  /** Appends a record, and fixes the batch. */
  void appendBatch(int partition, String name) {
    append(partition, name);
    queues[partition].sealOpen();
  }

  void seal(int partition) {
    queues[partition].sealOpen();
    sender.take(queues[partition]);
  }

  /** Has the loop run what came back from helpers, and then a task; so from then on. */
  void inLoop(Runnable task) {
    loop.execute(task);
    loop.runOnce(0);
  }

  void look() {
    PartitionQueue announced = announcements.nextPartition();
    while (announced != null) {
      sender.take(announced);
      announced = announcements.nextPartition();
    }
    sender.look(false);
  }

  /** Answers the oldest request, and has the sender look. */
  Sent answer(UnaryOperator<ProduceResponse> said) {
    Sent oldest = sent.remove();
    inFlight.merge(oldest.broker().id(), -1, Integer::sum);
    oldest.call().answered(said.apply(ProduceResponse.defaults()), VERSION);
    look();
    return oldest;
  }

  /** Answers the oldest request the same for all its batches, and has the sender look. */
  Sent answer(ErrorCode error) {
    Sent oldest = sent.remove();
    inFlight.merge(oldest.broker().id(), -1, Integer::sum);
    List<PartitionProduceResponse> answers = new ArrayList<>();
    for (int partition : oldest.partitions()) {
      PartitionProduceResponse none = PartitionProduceResponse.defaults();
      answers.add(none.withIndex(partition).withErrorCode(error.code()));
    }
    TopicProduceResponse topic = TopicProduceResponse.defaults().withName(TOPIC);
    oldest
        .call()
        .answered(
            ProduceResponse.defaults()
                .withResponses(List.of(topic.withPartitionResponses(answers))),
            VERSION);
    look();
    return oldest;
  }

  @Override
  public void send(BrokerAddress broker, ProduceCall call) {
    inFlight.merge(broker.id(), 1, Integer::sum);
    WireWriter out = new WireWriter();
    call.write(out, VERSION);
    ByteBuffer frame = ByteBuffer.allocate(1 << 20);
    for (ByteBuffer part : out.toFrame()) {
      frame.put(part);
    }
    ProduceRequest request =
        ProduceRequest.read(new WireReader(frame.flip().position(Integer.BYTES).slice()), VERSION);
    sent.add(new Sent(broker, call, request.topicData().get(0).partitionData()));
  }

  @Override
  public BrokerAddress leader(TopicPartition partition) {
    return (partition.partition() % 2 == 0) == swapped ? ODD : EVEN;
  }

  @Override
  public Uuid topicId(String topic) {
    return Uuid.ZERO_UUID;
  }

  @Override
  public void use(String topic) {}

  @Override
  public void refresh(String reason) {}

  @Override
  public void hint(List<LeaderHint> leaders) {
    hints.add(leaders);
  }

  @Override
  public boolean usable(BrokerAddress broker) {
    return true;
  }

  @Override
  public void connect(BrokerAddress broker, Runnable looksAgain) {
    throw new AssertionError("all brokers are connected");
  }

  @Override
  public boolean throttled(BrokerAddress broker) {
    return false;
  }

  @Override
  public @Nullable String obstacle(BrokerAddress broker) {
    return null;
  }

  @Override
  public int inFlight(BrokerAddress broker) {
    return inFlight.getOrDefault(broker.id(), 0);
  }

  @Override
  public String difficulty(String topic) {
    return "none";
  }

  @Override
  public @Nullable ProducerIdentity current() {
    return identity;
  }

  @Override
  public @Nullable String obstacle() {
    return identity == null ? "the test gives no identity" : null;
  }

  @Override
  public void renumber(ProducerIdentity old, String reason) {}

  @Override
  public void replace(ProducerIdentity old, String reason) {
    if (old.equals(identity)) {
      identity = null;
    }
  }
}

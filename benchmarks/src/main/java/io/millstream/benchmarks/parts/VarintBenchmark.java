package io.millstream.benchmarks.parts;

import io.millstream.wire.Varint;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.internals.ByteUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing and reading one number of variable length. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(VarintBenchmark.NUMBERS)
public class VarintBenchmark {

  static final int NUMBERS = 1_024;

  /** The numbers lie below 2 to the power of this: of one byte, of a record's, of all lengths. */
  @Param({"6", "13", "31"})
  public int bits;

  private final int[] numbers = new int[NUMBERS];
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(NUMBERS * Varint.MAX_INT_BYTES);
  private final ByteBuffer written = ByteBuffer.allocateDirect(NUMBERS * Varint.MAX_INT_BYTES);

  /** Makes the numbers. */
  @Setup
  public void makeNumbers() {
    Random random = new Random(17);
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = random.nextInt() >>> (32 - bits);
      Varint.put(numbers[i], written);
    }
    written.flip();
  }

  /** Ours, writing. */
  @Benchmark
  public ByteBuffer millstreamWrite() {
    buffer.clear();
    for (int number : numbers) {
      Varint.put(number, buffer);
    }
    return buffer;
  }

  /** Apache's, writing. */
  @Benchmark
  public ByteBuffer apacheWrite() {
    buffer.clear();
    for (int number : numbers) {
      ByteUtils.writeVarint(number, buffer);
    }
    return buffer;
  }

  /** Ours, reading. */
  @Benchmark
  public int millstreamRead() {
    written.rewind();
    int sum = 0;
    for (int i = 0; i < NUMBERS; i++) {
      sum += Varint.getInt(written);
    }
    return sum;
  }

  /** Apache's, reading. */
  @Benchmark
  public int apacheRead() {
    written.rewind();
    int sum = 0;
    for (int i = 0; i < NUMBERS; i++) {
      sum += ByteUtils.readVarint(written);
    }
    return sum;
  }
}

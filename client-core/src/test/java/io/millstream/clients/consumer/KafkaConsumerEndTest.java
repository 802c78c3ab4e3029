package io.millstream.clients.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.InterruptException;
import io.millstream.common.errors.WakeupException;
import io.millstream.common.serialization.StringDeserializer;
import io.millstream.network.ChannelOptions;
import io.millstream.network.Clock;
import io.millstream.network.Environment;
import io.millstream.network.EventLoop;
import io.millstream.network.NameResolver;
import io.millstream.network.ReadinessListener;
import io.millstream.network.SystemEnvironment;
import io.millstream.network.Transport;
import io.millstream.network.TransportChannel;
import io.millstream.network.TransportSelector;
import io.millstream.network.Waiting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How calls that wait end with the consumer, on real threads and without a broker. */
@Timeout(30)
class KafkaConsumerEndTest {

  private static final String CLIENT = "the client that ends";
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  private final AtomicBoolean broken = new AtomicBoolean();
  private final KafkaConsumer<String, String> consumer =
      new KafkaConsumer<>(
          Map.of(
              ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
              "127.0.0.1:1",
              ConsumerConfig.CLIENT_ID_CONFIG,
              CLIENT,
              ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
              StringDeserializer.class,
              ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
              StringDeserializer.class),
          new BreakingEnvironment(broken));

  @Test
  void callsEndWithAnErrorWhenTheEventLoopHasDied() {
    consumer.assign(List.of(PARTITION));
    broken.set(true);

    assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(30)))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("poll")
        .hasMessageContaining("the selector is broken");
    assertThatThrownBy(() -> consumer.position(PARTITION, Duration.ofSeconds(30)))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("position")
        .hasMessageContaining("the selector is broken");
    consumer.close();
  }

  @Test
  void closingByAnInterruptedThreadSaysSoAlsoWhereThereIsNothingToWaitFor() {
    consumer.assign(List.of(PARTITION));
    broken.set(true);
    assertThatThrownBy(() -> consumer.poll(Duration.ofSeconds(30)))
        .isInstanceOf(KafkaException.class);
    while (Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().contains(CLIENT))) {
      Thread.onSpinWait();
    }

    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(consumer::close).isInstanceOf(InterruptException.class);
    } finally {
      assertThat(Thread.interrupted()).as("it stays interrupted").isTrue();
    }
  }

  @RepeatedTest(20)
  void closingEndsAPollAlsoWhereAnotherCallHeedsTheWakeup() throws Exception {
    consumer.assign(List.of(PARTITION));
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      others.add(waiting(() -> consumer.position(PARTITION, Duration.ofMinutes(5)), null));
    }
    AtomicReference<@Nullable Throwable> ended = new AtomicReference<>();
    Thread poller = waiting(() -> consumer.poll(Duration.ofMinutes(5)), ended);

    consumer.close(CloseOptions.timeout(Duration.ofMinutes(5)));

    poller.join();
    assertThat(ended.get()).isInstanceOf(WakeupException.class);
    for (Thread other : others) {
      other.join();
    }
  }

  /** Starts a thread with a call, and returns once it waits. */
  private static Thread waiting(
      Runnable call, @Nullable AtomicReference<@Nullable Throwable> outcome) {
    Thread thread =
        new Thread(
            () -> {
              try {
                call.run();
              } catch (KafkaException e) {
                if (outcome != null) {
                  outcome.set(e);
                }
              }
            });
    thread.start();
    while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  /** The real world, but for a selector that breaks on demand. */
  private static final class BreakingEnvironment implements Environment {

    private final SystemEnvironment real = new SystemEnvironment("test");
    private final AtomicBoolean broken;

    BreakingEnvironment(AtomicBoolean broken) {
      this.broken = broken;
    }

    @Override
    public Transport transport() {
      return () -> new BreakingSelector(real.transport().openSelector(), broken);
    }

    @Override
    public Clock clock() {
      return real.clock();
    }

    @Override
    public NameResolver resolver() {
      return real.resolver();
    }

    @Override
    public RandomGenerator random() {
      return real.random();
    }

    @Override
    public Executor helpers() {
      return real.helpers();
    }

    @Override
    public Waiting waiting() {
      return real.waiting();
    }

    @Override
    public void drive(EventLoop loop, String name) {
      real.drive(loop, name);
    }
  }

  private record BreakingSelector(TransportSelector real, AtomicBoolean broken)
      implements TransportSelector {

    @Override
    public TransportChannel connect(
        InetSocketAddress address, ChannelOptions options, ReadinessListener listener)
        throws IOException {
      return real.connect(address, options, listener);
    }

    @Override
    public boolean poll(long maxWaitNanos) throws IOException {
      boolean ready = real.poll(maxWaitNanos);
      if (broken.get()) {
        throw new IOException("the selector is broken");
      }
      return ready;
    }

    @Override
    public void wakeup() {
      real.wakeup();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}

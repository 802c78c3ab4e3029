package io.millstream.benchmarks.producer;

import io.millstream.benchmarks.sink.SinkCount;
import io.millstream.benchmarks.sink.SinkProcess;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** What producers send to. For one thread. */
interface Broker extends AutoCloseable {

  String bootstrapServers();

  /** Makes a topic that nothing was sent to yet. */
  String newTopic(int partitions);

  void drop(String topic);

  /** Returns what has come in so far, or nothing where that is not known. */
  SinkCount count();

  @Override
  void close();

  /** The sink. */
  final class OfSink implements Broker {

    private final SinkProcess process = SinkProcess.start();

    @Override
    public String bootstrapServers() {
      return process.bootstrapServers();
    }

    @Override
    public String newTopic(int partitions) {
      return "records-" + partitions;
    }

    @Override
    public void drop(String topic) {}

    @Override
    public SinkCount count() {
      return process.count();
    }

    @Override
    public void close() {
      process.close();
    }
  }

  /** A broker of Apache Kafka, with one replica of everything. */
  final class Real implements Broker {

    private final KafkaCluster cluster = KafkaCluster.builder(KafkaVersion.V4_4_0).start();
    private final Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", cluster.bootstrapServers()));
    private int topics;

    @Override
    public String bootstrapServers() {
      return cluster.bootstrapServers();
    }

    @Override
    public String newTopic(int partitions) {
      topics++;
      String name = "records-" + topics;
      await(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all()::get);
      return name;
    }

    @Override
    public void drop(String topic) {
      await(admin.deleteTopics(List.of(topic)).all()::get);
    }

    @Override
    public SinkCount count() {
      return SinkCount.ZERO;
    }

    @Override
    public void close() {
      admin.close();
      cluster.close();
    }

    private interface Answer {
      void get() throws ExecutionException, InterruptedException;
    }

    private static void await(Answer answer) {
      try {
        answer.get();
      } catch (ExecutionException | InterruptedException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }
}

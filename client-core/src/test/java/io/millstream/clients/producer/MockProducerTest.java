package io.millstream.clients.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.KafkaException;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.serialization.StringSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What an application's tests do with a mock. */
class MockProducerTest {

  private final MockProducer<String, String> producer =
      new MockProducer<>(false, null, new StringSerializer(), new StringSerializer());

  @Test
  void theTestSaysHowEachRecordEnds() throws Exception {
    List<String> told = new ArrayList<>();
    Callback callback = (metadata, failure) -> told.add(metadata + " " + failure);
    Future<RecordMetadata> first = producer.send(record("a"), callback);
    Future<RecordMetadata> second = producer.send(record("b"), callback);
    assertThat(first).isNotDone();

    assertThat(producer.completeNext()).isTrue();
    assertThat(producer.errorNext(new IllegalStateException("no"))).isTrue();
    assertThat(producer.completeNext()).isFalse();

    assertThat(first.get().offset()).isZero();
    assertThatThrownBy(second::get).isInstanceOf(ExecutionException.class).cause().hasMessage("no");
    assertThat(told)
        .containsExactly("orders-0@0 null", "orders-0@-1 java.lang.IllegalStateException: no");
  }

  @Test
  void aRecordThatWasSentCannotBeCancelled() {
    Future<RecordMetadata> sent = producer.send(record("a"));

    assertThat(sent.cancel(true)).isFalse();
    assertThat(sent).isNotDone();
  }

  @Test
  void theTestSaysWhatTrySendRefuses() {
    assertThat(producer.trySend(record("a"), null).isTaken()).isTrue();
    producer.sendException = new BufferExhaustedException("full");
    assertThat(producer.trySend(record("b"), null))
        .isEqualTo(new SendAttempt.Refused(SendAttempt.Reason.BUFFER_FULL, producer.sendException));
    producer.sendException = new TimeoutException("not known");
    assertThat(((SendAttempt.Refused) producer.trySend(record("c"), null)).reason())
        .isEqualTo(SendAttempt.Reason.TOPIC_NOT_KNOWN);
    producer.sendException = new IllegalStateException("no");
    assertThatThrownBy(() -> producer.trySend(record("d"), null)).hasMessage("no");
    assertThat(producer.history()).hasSize(1);
  }

  @Test
  void recordsOfAnAbortedTransactionAreNotInTheHistory() {
    producer.initTransactions();
    producer.beginTransaction();
    producer.send(record("lost"));
    producer.abortTransaction();
    producer.beginTransaction();
    producer.send(record("kept"));
    assertThat(producer.history()).isEmpty();
    producer.commitTransaction();

    assertThat(producer.history()).extracting(ProducerRecord::value).containsExactly("kept");
    assertThat(producer.commitCount()).isOne();
  }

  @Test
  void aFencedProducerRefusesToSend() {
    producer.initTransactions();
    producer.fenceProducer();

    assertThatThrownBy(() -> producer.send(record("a")))
        .isExactlyInstanceOf(KafkaException.class)
        .hasCauseInstanceOf(ProducerFencedException.class);
    assertThatThrownBy(producer::beginTransaction).isInstanceOf(ProducerFencedException.class);
  }

  @Test
  void aMockOfNothingTakesEveryRecord() {
    MockProducer<String, String> bare = new MockProducer<>();
    bare.send(record("a"));

    assertThat(bare.history()).hasSize(1);
    assertThat(bare.flushed()).isFalse();
    bare.flush();
    assertThat(bare.flushed()).isTrue();
  }

  private static ProducerRecord<String, String> record(String value) {
    return new ProducerRecord<>("orders", "key", value);
  }
}

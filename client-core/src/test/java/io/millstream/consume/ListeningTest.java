package io.millstream.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.consumer.ConsumerRebalanceListener;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.WakeupException;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningTest {

  @Test
  void whatIsThrownTwiceIsThrownOnce() {
    Listening listening = new Listening();
    WakeupException same = new WakeupException();
    listening.use(
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            throw same;
          }

          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            throw same;
          }
        });
    listening.revoked(List.of(new TopicPartition("t", 0)));
    listening.assigned(List.of(new TopicPartition("t", 0)));

    assertThatThrownBy(listening::throwFailure).isSameAs(same);
    listening.throwFailure();
  }

  @Test
  void anErrorOfTheListenerIsKeptForThePollLikeAnyOtherFailure() {
    Listening listening = new Listening();
    listening.use(
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            throw new AssertionError("the test of the user fails");
          }

          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
        });

    listening.revoked(List.of(new TopicPartition("t", 0)));
    listening.revoked(List.of(new TopicPartition("t", 1)));

    assertThatThrownBy(listening::throwFailure)
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("onPartitionsRevoked")
        .hasMessageContaining("the test of the user fails")
        .hasMessageContaining("t-0")
        .satisfies(first -> assertThat(first.getSuppressed()[0]).hasMessageContaining("t-1"));
    listening.throwFailure();
  }
}

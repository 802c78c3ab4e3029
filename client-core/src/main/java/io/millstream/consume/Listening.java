package io.millstream.consume;

import io.millstream.clients.consumer.ConsumerRebalanceListener;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.errors.InterruptException;
import io.millstream.common.errors.WakeupException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls the user's listener. What it throws does not stop a rebalance, which other members wait
 * for: it is kept and thrown by the poll. Belongs to the holder of the poll permit.
 */
final class Listening {

  private @Nullable ConsumerRebalanceListener listener;
  private @Nullable RuntimeException failure;

  void use(@Nullable ConsumerRebalanceListener newListener) {
    listener = newListener;
  }

  void revoked(Collection<TopicPartition> partitions) {
    tell("onPartitionsRevoked", partitions, to -> to.onPartitionsRevoked(List.copyOf(partitions)));
  }

  void lost(Collection<TopicPartition> partitions) {
    tell("onPartitionsLost", partitions, to -> to.onPartitionsLost(List.copyOf(partitions)));
  }

  void assigned(Collection<TopicPartition> partitions) {
    tell(
        "onPartitionsAssigned", partitions, to -> to.onPartitionsAssigned(List.copyOf(partitions)));
  }

  private void tell(
      String method,
      Collection<TopicPartition> partitions,
      Consumer<ConsumerRebalanceListener> call) {
    ConsumerRebalanceListener told = listener;
    if (told == null) {
      return;
    }
    try {
      call.accept(told);
    } catch (WakeupException | InterruptException e) {
      keep(e);
    } catch (RuntimeException | Error e) {
      // An error too, as of an assertion: what the rebalance has still to do must be done.
      keep(
          new KafkaException(
              "%s of the rebalance listener %s failed for %s: %s"
                  .formatted(method, told.getClass().getName(), partitions, e),
              e));
    }
  }

  private void keep(RuntimeException e) {
    if (failure == null) {
      failure = e;
    } else if (failure != e) {
      failure.addSuppressed(e);
    }
  }

  /** Throws what a listener has thrown since the last call, if anything. */
  void throwFailure() {
    RuntimeException thrown = failure;
    failure = null;
    if (thrown != null) {
      throw thrown;
    }
  }
}

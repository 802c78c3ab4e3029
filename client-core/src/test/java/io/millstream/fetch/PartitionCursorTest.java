package io.millstream.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionCursorTest {

  private final SystemEnvironment environment = new SystemEnvironment("test");
  private final PartitionCursor cursor =
      new PartitionCursor(
          new TopicPartition("orders", 0),
          new FetchedBatches(1_000, environment.waiting().gate()),
          1);

  @Test
  void whatARebalanceHoldsIsNotFetchedAgain() {
    assertThat(cursor.start().paused()).isFalse();
    cursor.hold();
    assertThat(cursor.start().paused()).isTrue();
  }

  @Test
  @SuppressWarnings("NullAway") // No task reaches a fetcher.
  void fetchingWithoutALoopSaysWhatToDo() {
    EventLoop loop = new EventLoop(environment, "reader");
    loop.shutdown();
    while (loop.runOnce(0)) {
      // Until it has ended.
    }
    FetchHandle handle = new FetchHandle(loop, null);
    assertThatThrownBy(() -> handle.start(List.of(cursor)))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("reader")
        .hasMessageContaining("create another one");
  }
}

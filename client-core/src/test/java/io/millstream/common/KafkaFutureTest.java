package io.millstream.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class KafkaFutureTest {

  private final CompletableFuture<String> source = new CompletableFuture<>();
  private final KafkaFuture<String> future = KafkaFuture.following(source);

  @Test
  void followsItsStageWithValueAndWithError() throws Exception {
    assertThat(future.isDone()).isFalse();
    assertThat(future.getNow("absent")).isEqualTo("absent");
    source.complete("there");
    assertThat(future.get()).isEqualTo("there");
    assertThat(future.thenApply(String::length).get()).isEqualTo(5);

    CompletableFuture<String> failing = new CompletableFuture<>();
    failing.completeExceptionally(new IllegalStateException("broken"));
    KafkaFuture<String> failed = KafkaFuture.following(failing);
    assertThat(failed.isCompletedExceptionally()).isTrue();
    assertThatThrownBy(failed::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void stepsSeeTheErrorItselfHoweverManyStepsBefore() {
    List<Throwable> seen = new ArrayList<>();
    future
        .thenApply(String::length)
        .thenApply(length -> length + 1)
        .whenComplete((value, error) -> seen.add(error));
    IllegalStateException broken = new IllegalStateException("broken");
    source.completeExceptionally(broken);
    assertThat(seen).containsExactly(broken);
  }

  @Test
  void allOfWaitsForEachAndFailsIfOneFails() throws Exception {
    CompletableFuture<String> second = new CompletableFuture<>();
    KafkaFuture<Void> all = KafkaFuture.allOf(future, KafkaFuture.following(second));
    source.complete("one");
    assertThat(all.isDone()).isFalse();
    second.completeExceptionally(new IllegalStateException("two"));
    assertThatThrownBy(all::get).hasCauseInstanceOf(IllegalStateException.class);
    assertThat(KafkaFuture.allOf().get()).isNull();
  }

  @Test
  void cancellingTheViewLeavesTheStageAlone() {
    assertThat(future.cancel(true)).isTrue();
    assertThat(future.isCancelled()).isTrue();
    assertThat(source.isDone()).isFalse();
  }
}

package io.millstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SystemEnvironmentTest {

  private static final String CLIENT = "a client of this test";

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains(CLIENT))
        .toList();
  }

  @Test
  void allThreadsOfAClientEndWithItsLoop() throws Exception {
    SystemEnvironment environment = new SystemEnvironment(CLIENT);
    EventLoop loop = new EventLoop(environment, CLIENT);
    loop.start();
    CompletableFuture.runAsync(() -> {}, environment.helpers()).get(30, TimeUnit.SECONDS);
    CompletableFuture.runAsync(() -> {}, environment.lookups()).get(30, TimeUnit.SECONDS);
    assertThat(threads()).hasSize(3);

    loop.shutdown();

    for (Thread thread : threads()) {
      // Less than the time after which idle threads end anyway.
      thread.join(Duration.ofSeconds(5).toMillis());
      assertThat(thread.isAlive()).as(thread.getName()).isFalse();
    }
  }
}

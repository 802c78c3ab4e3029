package io.millstream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.MetricName;
import io.millstream.common.metrics.KafkaMetric;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names are made when somebody looks, and whoever looks finds them all. */
class ClientMetricsTest {

  private final ClientMetrics client =
      new ClientMetrics("producer", "me", MetricsSettings.DEFAULTS, System::nanoTime);

  private int named;

  private MetricGroup show(String topic) {
    return client.showOwn(
        "topic",
        Map.of("topic", topic),
        group -> {
          named++;
          group.add("one", "", () -> 1);
          group.add("other", "", () -> 2);
        });
  }

  private Set<String> topics() {
    return client.all().keySet().stream()
        .filter(name -> name.group().equals("producer-topic-metrics"))
        .map(name -> name.tags().get("topic"))
        .collect(Collectors.toSet());
  }

  @Test
  void nothingIsNamedBeforeSomebodyLooksAndAllIsNamedOnceAfterwards() {
    show("before");
    show("gone").remove();
    assertThat(named).isZero();
    assertThat(topics()).containsExactly("before");
    show("after");
    assertThat(topics()).containsExactlyInAnyOrder("before", "after");
    assertThat(named).isEqualTo(2);
  }

  @Test
  void aMapThatWasHandedOutShowsWhatComesAndGoesLater() {
    Map<MetricName, KafkaMetric> all = client.all();
    int before = all.size();
    MetricGroup group = show("later");
    assertThat(all).hasSize(before + 2);
    group.remove();
    group.remove();
    assertThat(all).hasSize(before);
  }

  @Test
  void groupsWithOneNameFollowEachOther() {
    MetricGroup first = show("topic");
    assertThat(topics()).containsExactly("topic");
    first.remove();
    MetricGroup second = show("topic");
    assertThat(topics()).containsExactly("topic");
    first.remove();
    assertThat(topics()).containsExactly("topic");
    second.remove();
    assertThat(topics()).isEmpty();
  }

  @Test
  void whoeverLooksWhileGroupsComeAndGoLeavesNothingBehind() throws Exception {
    Thread owner =
        new Thread(
            () -> {
              Deque<MetricGroup> shown = new ArrayDeque<>();
              for (int i = 0; i < 20_000; i++) {
                shown.add(show("topic " + i));
                if (shown.size() > 3) {
                  shown.remove().remove();
                }
              }
            });
    owner.start();
    while (owner.isAlive()) {
      client.all();
      client.tellTheSlow();
    }
    owner.join();
    assertThat(topics()).containsExactlyInAnyOrder("topic 19997", "topic 19998", "topic 19999");
  }
}

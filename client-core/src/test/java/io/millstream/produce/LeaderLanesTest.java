package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.TopicPartition;
import io.millstream.network.BrokerAddress;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import io.millstream.transaction.Identities;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaderLanesTest {

  private static final long NOW = 1_000;

  private final SystemEnvironment environment = new SystemEnvironment("test");
  private final EventLoop loop = new EventLoop(environment, "test");
  private final LeaderLanes lanes = new LeaderLanes(new BrokerAddress(1, "host", 9092));

  private PartitionLane lane(int partition) {
    PartitionQueue.Shared shared =
        new PartitionQueue.Shared(
            loop,
            new BufferMemory(1 << 20, environment.waiting()),
            new BatchSizes(1_000, 1_000, 1_024, 4_096, false),
            new Announcements(loop, () -> {}));
    return new PartitionLane(
        new PartitionQueue(new TopicPartition("topic", partition), shared, new CompressionRatio()),
        new ProduceSettings.Delivery((short) -1, true, 5, 1 << 20),
        Identities.NONE,
        changed -> {});
  }

  @Test
  void areLookedAtOnceForAChange() {
    lanes.add(lane(0));
    assertThat(lanes.beginLook(NOW, true)).isTrue();
    assertThat(lanes.beginLook(NOW, true)).isFalse();
    lanes.change();
    lanes.change();
    assertThat(lanes.beginLook(NOW, false)).isTrue();
    assertThat(lanes.beginLook(NOW, false)).isFalse();
  }

  @Test
  void areLookedAtWhenTheEarliestMomentHasCome() {
    lanes.lookAgainAt(NOW + 20);
    lanes.lookAgainAt(NOW + 10);
    lanes.lookAgainAt(Long.MAX_VALUE);
    assertThat(lanes.nextLookNanos()).isEqualTo(NOW + 10);
    assertThat(lanes.beginLook(NOW + 9, true)).isFalse();
    assertThat(lanes.beginLook(NOW + 10, true)).isTrue();
    assertThat(lanes.nextLookNanos()).as("the look plans anew").isEqualTo(Long.MAX_VALUE);
    assertThat(lanes.beginLook(NOW + 30, true)).isFalse();
  }

  @Test
  void areLookedAtOnceTheirLeaderTakesRequestsAgain() {
    lanes.holdBack();
    assertThat(lanes.beginLook(NOW, false)).isFalse();
    assertThat(lanes.beginLook(NOW, true)).isTrue();
    assertThat(lanes.beginLook(NOW, true)).isFalse();
  }

  @Test
  void putThoseThatWereServedBehindTheOthers() {
    List<PartitionLane> all = List.of(lane(0), lane(1), lane(2));
    all.forEach(lanes::add);
    lanes.moveBehind(all.subList(0, 2));
    assertThat(lanes.inOrder()).containsExactly(all.get(2), all.get(0), all.get(1));
    lanes.remove(all.get(0));
    assertThat(lanes.inOrder()).containsExactly(all.get(2), all.get(1));
    assertThat(lanes.isEmpty()).isFalse();
  }
}

package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.TopicPartition;
import io.millstream.network.BrokerAddress;
import io.millstream.network.EventLoop;
import io.millstream.network.SystemEnvironment;
import io.millstream.transaction.Identities;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
            new BatchSizes(1_000, 1_000, 1_024, 4_096, 4_096, false),
            new Announcements(loop, () -> {}));
    return new PartitionLane(
        new PartitionQueue(new TopicPartition("topic", partition), shared, new CompressionRatio()),
        new ProduceSettings.Delivery((short) -1, true, 5, 1 << 20),
        Identities.NONE,
        changed -> {});
  }

  @Test
  void areLookedAtOnceForAChange() {
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
    assertThat(lanes.nextLookNanos(false)).isEqualTo(NOW + 10);
    assertThat(lanes.beginLook(NOW + 9, false)).isFalse();
    assertThat(lanes.beginLook(NOW + 10, false)).isTrue();
    assertThat(lanes.nextLookNanos(true)).as("the look plans anew").isEqualTo(Long.MAX_VALUE);
    assertThat(lanes.beginLook(NOW + 30, true)).isFalse();
  }

  @Test
  void areLookedAtForWhatIsDueOnceTheirLeaderTakesRequests() {
    lanes.lookAgainAt(NOW + 50);
    lanes.dueAt(NOW + 10);
    assertThat(lanes.nextLookNanos(false)).isEqualTo(NOW + 50);
    assertThat(lanes.nextLookNanos(true)).isEqualTo(NOW + 10);
    assertThat(lanes.beginLook(NOW + 20, false)).isFalse();
    assertThat(lanes.beginLook(NOW + 20, true)).isTrue();
    assertThat(lanes.beginLook(NOW + 20, true)).isFalse();
  }

  @Test
  void offerAgainAfterALookOnlyWhatWasFoundInIt() {
    lanes.offer();
    assertThat(lanes.offering()).isTrue();
    lanes.change();
    lanes.beginLook(NOW, true);
    assertThat(lanes.offering()).isFalse();
  }

  private List<PartitionLane> added(int count) {
    List<PartitionLane> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PartitionLane lane = lane(i);
      lane.agenda().busy = true;
      lanes.add(lane);
      all.add(lane);
    }
    return all;
  }

  private List<PartitionLane> inOrder() {
    return IntStream.range(0, lanes.size()).mapToObj(lanes::inTurn).toList();
  }

  @Test
  void putThoseThatWereServedAndThoseThatComeBehindTheOthers() {
    List<PartitionLane> all = added(3);
    assertThat(inOrder()).isEqualTo(all);
    lanes.passTurn(2);
    assertThat(inOrder()).containsExactly(all.get(2), all.get(0), all.get(1));
    PartitionLane late = lane(3);
    late.agenda().busy = true;
    lanes.add(late);
    assertThat(inOrder()).containsExactly(all.get(2), all.get(0), all.get(1), late);
    lanes.passTurn(4);
    assertThat(inOrder()).containsExactly(all.get(2), all.get(0), all.get(1), late);
  }

  @Test
  void letGoOfThoseThatHaveAnotherLeaderAndKeepTheTurns() {
    List<PartitionLane> all = added(3);
    lanes.passTurn(1);
    LeaderLanes others = new LeaderLanes(new BrokerAddress(2, "host", 9092));
    others.add(all.get(2));
    lanes.sweep();
    assertThat(inOrder()).containsExactly(all.get(1), all.get(0));
    assertThat(all.get(2).agenda().group).isEqualTo(others);
  }

  @Test
  void keepAFewThatHaveNothingAndLetGoOfMany() {
    List<PartitionLane> all = added(40);
    all.subList(0, 16).forEach(lane -> lane.agenda().busy = false);
    lanes.sweep();
    assertThat(lanes.size()).isEqualTo(40);
    all.subList(0, 30).forEach(lane -> lane.agenda().busy = false);
    lanes.sweep();
    assertThat(inOrder()).isEqualTo(all.subList(30, 40));
    assertThat(all.get(0).agenda().group).isNull();
    lanes.releaseIdle();
    assertThat(lanes.size()).isEqualTo(10);
    all.get(30).agenda().busy = false;
    lanes.releaseIdle();
    lanes.sweep();
    assertThat(inOrder()).isEqualTo(all.subList(31, 40));
  }
}

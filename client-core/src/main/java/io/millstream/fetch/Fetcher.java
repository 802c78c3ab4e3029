package io.millstream.fetch;

import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.ClusterView;
import io.millstream.cluster.Metadata;
import io.millstream.cluster.TopicView;
import io.millstream.common.TopicPartition;
import io.millstream.network.BrokerAddress;
import io.millstream.network.EventLoop;
import io.millstream.network.Signal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what is fetched next of which broker: one request per broker at a time, for all of its
 * partitions that have an offset, are not paused and have not two answers waiting already, and for
 * no more bytes than the buffer has room for. Owned by the event loop.
 */
public final class Fetcher {

  private final EventLoop loop;
  private final Metadata metadata;
  private final FetchSettings settings;
  private final FetchedBatches buffer;
  private final StartSearch search;
  private final FetchAnswers answers;
  private final ClusterClient client;
  private final Signal planning;
  private final Map<TopicPartition, FetchPosition> positions = new LinkedHashMap<>();
  private final Map<BrokerAddress, BrokerFetch> brokers = new LinkedHashMap<>();

  /** Whether a broker could not be asked for want of room. */
  private boolean starving;

  /**
   * Creates a fetcher with nothing to do; called where the loop is built.
   *
   * @param client loop, connections and metadata
   * @param settings what the configuration says
   * @param buffer where answers go
   * @param committed tells where to begin
   */
  public Fetcher(
      ClusterClient client,
      FetchSettings settings,
      FetchedBatches buffer,
      CommittedOffsets committed) {
    this.client = client;
    this.loop = client.loop();
    this.metadata = client.metadata();
    this.settings = settings;
    this.buffer = buffer;
    this.planning = loop.signal(this::plan);
    OffsetLookup lookup =
        new OffsetLookup(loop, client.connections(), metadata, settings.isolation());
    this.search =
        new StartSearch(
            loop,
            new StartSearch.Sources(committed, lookup),
            settings.reset(),
            metadata.settings().retry(),
            new Outcomes());
    this.answers = new FetchAnswers(client, buffer, search, this::planAfter, settings.isolation());
    buffer.onRelease(loop, this::plan);
    metadata.onChange((previous, current) -> viewChanged(current));
  }

  private void viewChanged(ClusterView view) {
    for (FetchPosition position : positions.values()) {
      // Told at once, even if a request is under way: a commit may come before the next plan.
      if (position.state() == FetchPosition.State.FETCHING && isRecreated(position, view)) {
        position.report().recreated(true);
      }
    }
    planning.raise();
  }

  private static boolean isRecreated(FetchPosition position, ClusterView view) {
    TopicView topic = view.topic(position.partition().topic());
    return topic != null && !position.belongsTo(topic.topicId());
  }

  void start(Collection<FetchStart> starts) {
    loop.assertInLoop();
    for (FetchStart start : starts) {
      FetchPosition position = new FetchPosition(start, loop.nanoTime());
      positions.remove(start.partition());
      positions.put(start.partition(), position);
      search.begin(position, start.from());
    }
  }

  void stop(Collection<TopicPartition> partitions) {
    loop.assertInLoop();
    partitions.forEach(positions::remove);
    planning.raise();
  }

  void pause(Collection<TopicPartition> partitions, boolean paused) {
    loop.assertInLoop();
    for (TopicPartition partition : partitions) {
      FetchPosition position = positions.get(partition);
      if (position != null) {
        position.pause(paused);
      }
    }
    planning.raise();
  }

  /** Gets what the search for a place to begin brings. */
  private final class Outcomes implements StartSearch.Listener {

    @Override
    public boolean isCurrent(FetchPosition position) {
      return Fetcher.this.isCurrent(position);
    }

    @Override
    public void found(FetchPosition position, long offset, Optional<Integer> leaderEpoch) {
      position.found(offset, leaderEpoch);
      buffer.add(position.moved(leaderEpoch));
      planning.raise();
    }

    @Override
    public void failed(List<FetchPosition> concerned, Telling telling) {
      if (telling.isLasting()) {
        concerned.forEach(FetchPosition::fail);
      }
      buffer.tell(concerned, telling);
    }
  }

  private boolean isCurrent(FetchPosition position) {
    return positions.get(position.partition()) == position;
  }

  private void planAfter(long delayNanos) {
    if (delayNanos <= 0) {
      planning.raise();
    } else {
      loop.schedule(delayNanos, planning::raise);
    }
  }

  private void plan() {
    Map<BrokerAddress, List<FetchPosition>> wanted = wanted();
    wanted.keySet().removeIf(leader -> !broker(leader).free());
    long reserved = brokers.values().stream().mapToLong(BrokerFetch::askedBytes).sum();
    int hungry = wanted.size();
    starving = false;
    for (Map.Entry<BrokerAddress, List<FetchPosition>> entry : wanted.entrySet()) {
      int room = room(reserved, hungry, entry.getValue().size());
      if (room > 0) {
        broker(entry.getKey()).fetch(entry.getValue(), room);
        reserved += room;
      } else {
        starving = true;
      }
      hungry--;
    }
    buffer.starving(starving && reserved == 0);
  }

  /** Returns how many bytes may be asked for now; 0 if it is better to wait for room. */
  private int room(long reservedBytes, int hungryBrokers, int partitions) {
    FetchSettings.Sizes sizes = settings.sizes();
    boolean alone = reservedBytes == 0 && buffer.isEmpty();
    long free = buffer.freeBytes() - reservedBytes;
    if (!alone
        && (answers.oversized()
            || free < Math.min(sizes.maxPartitionBytes(), sizes.maxBufferBytes()))) {
      return 0;
    }
    long share = Math.max(free / hungryBrokers, Math.min(free, sizes.maxPartitionBytes()));
    long useful = (long) partitions * Math.max(1, sizes.maxPartitionBytes());
    return (int) Math.max(1, Math.min(sizes.maxBytes(), Math.min(share, useful)));
  }

  private Map<BrokerAddress, List<FetchPosition>> wanted() {
    ClusterView view = metadata.view();
    long now = loop.nanoTime();
    Map<BrokerAddress, List<FetchPosition>> byLeader = new LinkedHashMap<>();
    for (FetchPosition position : positions.values()) {
      if (!position.wanted(settings.sizes().maxPartitionBytes(), view.version(), now)) {
        continue;
      }
      TopicPartition partition = position.partition();
      if (isRecreated(position, view)) {
        position.lost();
        search.recreated(position);
        continue;
      }
      BrokerAddress leader = view.leader(partition.topic(), partition.partition());
      if (leader != null) {
        byLeader.computeIfAbsent(leader, any -> new ArrayList<>()).add(position);
      } else if (view.topic(partition.topic()) != null) {
        metadata.requestRefresh(partition + " has no leader and is to be fetched");
      }
    }
    return byLeader;
  }

  private BrokerFetch broker(BrokerAddress address) {
    return brokers.computeIfAbsent(
        address, any -> new BrokerFetch(client, address, settings, answers, this::answered));
  }

  /**
   * A partition that brought something goes to the end, so that each comes first at some time; also
   * one that brought nothing, where another has no room.
   */
  private void answered(List<FetchPosition> asked) {
    for (FetchPosition position : asked) {
      position.asked(false);
      if (isCurrent(position) && (starving || position.heldBytes().get() > 0)) {
        positions.remove(position.partition());
        positions.put(position.partition(), position);
      }
    }
    planning.raise();
  }
}

package io.millstream.fetch;

import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.network.EventLoop;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the holder of the poll permit reaches the fetcher: each call puts one task in the loop. */
public final class FetchHandle {

  private static final Logger LOG = LoggerFactory.getLogger(FetchHandle.class);

  private final EventLoop loop;
  private final Fetcher fetcher;

  /**
   * Creates a handle.
   *
   * @param loop the client's
   * @param fetcher of the same client
   */
  public FetchHandle(EventLoop loop, Fetcher fetcher) {
    this.loop = loop;
    this.fetcher = fetcher;
  }

  /**
   * Begins to fetch partitions where they say, see {@link PartitionCursor#start}; those assigned
   * already begin anew.
   *
   * @param cursors at a new generation
   */
  public void start(Collection<PartitionCursor> cursors) {
    List<FetchStart> starts = cursors.stream().map(PartitionCursor::start).toList();
    execute(() -> fetcher.start(starts));
  }

  /**
   * Fetches partitions no more.
   *
   * @param partitions the partitions
   */
  public void stop(Collection<TopicPartition> partitions) {
    List<TopicPartition> copy = List.copyOf(partitions);
    try {
      loop.execute(() -> fetcher.stop(copy));
    } catch (RejectedExecutionException e) {
      // What has ended fetches nothing, and closing goes on.
      LOG.debug("{}: the event loop has ended already", loop.name(), e);
    }
  }

  /**
   * Stops to fetch a while, or goes on.
   *
   * @param partitions assigned ones
   * @param paused whether to stop
   */
  public void pause(Collection<TopicPartition> partitions, boolean paused) {
    List<TopicPartition> copy = List.copyOf(partitions);
    execute(() -> fetcher.pause(copy, paused));
  }

  private void execute(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      throw new KafkaException(
          "The event loop of the consumer "
              + loop.name()
              + " has ended, so nothing is fetched any more; close it and create another one",
          e);
    }
  }
}

package io.millstream.protocol;

import io.millstream.protocol.FetchRequest.FetchPartition;
import io.millstream.protocol.FetchRequest.FetchTopic;
import java.util.List;

/** What only some versions of Fetch can say. */
public final class FetchVersions {

  private static final short FIRST_WITH_LAST_FETCHED_EPOCH = 12;
  private static final int NO_EPOCH = -1;

  private FetchVersions() {}

  /**
   * Leaves out what a version cannot say: before 12, the epoch of the last fetched record, of which
   * the broker then says nothing (KIP-595).
   *
   * @param request what is to be sent
   * @param version the version it is sent in
   */
  public static FetchRequest shape(FetchRequest request, short version) {
    if (version >= FIRST_WITH_LAST_FETCHED_EPOCH) {
      return request;
    }
    List<FetchTopic> topics =
        request.topics().stream()
            .map(topic -> topic.withPartitions(withoutEpochs(topic.partitions())))
            .toList();
    return request.withTopics(topics);
  }

  private static List<FetchPartition> withoutEpochs(List<FetchPartition> partitions) {
    return partitions.stream().map(partition -> partition.withLastFetchedEpoch(NO_EPOCH)).toList();
  }
}

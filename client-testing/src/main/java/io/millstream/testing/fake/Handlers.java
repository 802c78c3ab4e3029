package io.millstream.testing.fake;

import io.millstream.protocol.ApiKey;
import java.util.EnumMap;
import java.util.Map;

/** The table of what brokers can do. */
final class Handlers {

  private final Map<ApiKey, Handler<?, ?>> byApi = new EnumMap<>(ApiKey.class);

  Handlers(ClusterState cluster) {
    byApi.put(ApiKey.PRODUCE, new Produce(cluster));
    byApi.put(ApiKey.FETCH, new Fetch(cluster));
    byApi.put(ApiKey.LIST_OFFSETS, new ListOffsets(cluster));
    byApi.put(ApiKey.METADATA, new Metadata(cluster));
    byApi.put(ApiKey.OFFSET_COMMIT, new OffsetCommit(cluster));
    byApi.put(ApiKey.OFFSET_FETCH, new OffsetFetch(cluster));
    byApi.put(ApiKey.FIND_COORDINATOR, new FindCoordinator(cluster));
    byApi.put(ApiKey.JOIN_GROUP, new JoinGroup(cluster));
    byApi.put(ApiKey.HEARTBEAT, new Heartbeat(cluster));
    byApi.put(ApiKey.LEAVE_GROUP, new LeaveGroup(cluster));
    byApi.put(ApiKey.SYNC_GROUP, new SyncGroup(cluster));
    byApi.put(ApiKey.API_VERSIONS, new ApiVersions(cluster));
    byApi.put(ApiKey.CREATE_TOPICS, new CreateTopics(cluster));
    byApi.put(ApiKey.DELETE_TOPICS, new DeleteTopics(cluster));
    byApi.put(ApiKey.INIT_PRODUCER_ID, new InitProducerId(cluster));
    byApi.put(ApiKey.ADD_PARTITIONS_TO_TXN, new AddPartitionsToTxn(cluster));
    byApi.put(ApiKey.ADD_OFFSETS_TO_TXN, new AddOffsetsToTxn(cluster));
    byApi.put(ApiKey.END_TXN, new EndTxn(cluster));
    byApi.put(ApiKey.TXN_OFFSET_COMMIT, new TxnOffsetCommit(cluster));
    byApi.put(ApiKey.OFFSET_FOR_LEADER_EPOCH, new OffsetForLeaderEpoch(cluster));
  }

  boolean has(ApiKey apiKey) {
    return byApi.containsKey(apiKey);
  }

  Handler<?, ?> of(ApiKey apiKey) {
    Handler<?, ?> handler = byApi.get(apiKey);
    if (handler == null) {
      throw new IllegalStateException("The fake broker has no " + apiKey);
    }
    return handler;
  }
}

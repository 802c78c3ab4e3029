package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.Uuid;
import io.millstream.network.Purpose;
import io.millstream.protocol.CreateTopicsRequest;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.FetchResponse;
import io.millstream.protocol.FindCoordinatorRequest;
import io.millstream.protocol.FindCoordinatorResponse;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.HeartbeatResponse;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.JoinGroupResponse;
import io.millstream.protocol.LeaveGroupRequest;
import io.millstream.protocol.MetadataRequest;
import io.millstream.protocol.MetadataResponse.MetadataResponseTopic;
import io.millstream.protocol.OffsetCommitRequest;
import io.millstream.protocol.OffsetCommitResponse;
import io.millstream.protocol.SyncGroupRequest;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A broker answers the requests of a connection one after the other. What it parks, a fetch and a
 * JoinGroup, must not hold up what a member needs to stay alive.
 */
class ParkedRequestsIT {

  private static final String TOPIC = "quiet";
  private static final String GROUP = "parked";
  private static final int PARKED_MILLIS = 20_000;

  @Test
  void heartbeatAndCommitAreAnsweredWhileFetchAndJoinGroupAreParked() throws Exception {
    try (KafkaCluster cluster = KafkaCluster.builder(KafkaVersion.V4_4_0).start();
        LoopClient client = new LoopClient(cluster.broker(1).port())) {
      Uuid topicId = createTopic(client);
      awaitCoordinator(client);
      JoinGroupResponse member = joinAlone(client);

      CompletableFuture<FetchResponse> fetch = client.begin(Purpose.FETCH, fetch(topicId));
      String second = client.begin(Purpose.JOIN, join("")).get(30, TimeUnit.SECONDS).memberId();
      CompletableFuture<JoinGroupResponse> join = client.begin(Purpose.JOIN, join(second));
      awaitRebalance(client, member);

      OffsetCommitResponse commit =
          client.begin(Purpose.COORDINATOR, commit(member, topicId)).get(5, TimeUnit.SECONDS);
      assertThat(commit.topics().get(0).partitions().get(0).errorCode()).isZero();
      assertThat(join).as("JoinGroup").isNotDone();
      assertThat(fetch).as("Fetch").isNotDone();

      client.begin(Purpose.COORDINATOR, leave(member)).get(5, TimeUnit.SECONDS);
      assertThat(join.get(30, TimeUnit.SECONDS).generationId()).isEqualTo(2);
      assertThat(fetch).as("Fetch").isNotDone();
    }
  }

  private static Uuid createTopic(LoopClient client) throws Exception {
    client.ask(
        CreateTopicsRequest.defaults()
            .withTopics(
                List.of(
                    CreateTopicsRequest.CreatableTopic.defaults()
                        .withName(TOPIC)
                        .withNumPartitions(1)
                        .withReplicationFactor((short) 1))));
    MetadataRequest question =
        MetadataRequest.defaults()
            .withTopics(List.of(MetadataRequest.MetadataRequestTopic.defaults().withName(TOPIC)));
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      MetadataResponseTopic topic = client.ask(question).topics().get(0);
      if (topic.errorCode() == 0 && topic.partitions().get(0).leaderId() == 1) {
        return topic.topicId();
      }
      assertThat(System.nanoTime()).as("deadline for a leader: " + topic).isLessThan(deadline);
    }
  }

  private static void awaitCoordinator(LoopClient client) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      FindCoordinatorResponse.Coordinator found =
          client
              .ask(FindCoordinatorRequest.defaults().withCoordinatorKeys(List.of(GROUP)))
              .coordinators()
              .get(0);
      if (found.errorCode() == 0) {
        return;
      }
      assertThat(System.nanoTime()).as("deadline for " + found).isLessThan(deadline);
    }
  }

  private static JoinGroupResponse joinAlone(LoopClient client) throws Exception {
    String id = "";
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      JoinGroupResponse joined = client.begin(Purpose.JOIN, join(id)).get(30, TimeUnit.SECONDS);
      if (joined.errorCode() == 0) {
        SyncGroupRequest sync =
            SyncGroupRequest.defaults()
                .withGroupId(GROUP)
                .withGenerationId(joined.generationId())
                .withMemberId(joined.memberId())
                .withProtocolType("consumer")
                .withProtocolName("range")
                .withAssignments(
                    List.of(
                        new SyncGroupRequest.SyncGroupRequestAssignment(
                            joined.memberId(), ByteBuffer.allocate(0))));
        assertThat(client.begin(Purpose.JOIN, sync).get(30, TimeUnit.SECONDS).errorCode()).isZero();
        return joined;
      }
      id = joined.memberId();
      assertThat(System.nanoTime()).as("deadline for " + joined).isLessThan(deadline);
    }
  }

  /** The heartbeat says so as soon as the coordinator has the JoinGroup of the second member. */
  private static void awaitRebalance(LoopClient client, JoinGroupResponse member) throws Exception {
    HeartbeatRequest heartbeat =
        HeartbeatRequest.defaults()
            .withGroupId(GROUP)
            .withGenerationId(member.generationId())
            .withMemberId(member.memberId());
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (true) {
      HeartbeatResponse answer =
          client.begin(Purpose.COORDINATOR, heartbeat).get(5, TimeUnit.SECONDS);
      if (answer.errorCode() == ErrorCode.REBALANCE_IN_PROGRESS.code()) {
        return;
      }
      assertThat(answer.errorCode()).isZero();
      assertThat(System.nanoTime()).as("deadline for the rebalance").isLessThan(deadline);
    }
  }

  private static JoinGroupRequest join(String memberId) {
    return JoinGroupRequest.defaults()
        .withGroupId(GROUP)
        .withSessionTimeoutMs(30_000)
        .withRebalanceTimeoutMs(PARKED_MILLIS)
        .withMemberId(memberId)
        .withProtocolType("consumer")
        .withProtocols(
            List.of(
                new JoinGroupRequest.JoinGroupRequestProtocol("range", ByteBuffer.allocate(0))));
  }

  private static LeaveGroupRequest leave(JoinGroupResponse member) {
    return LeaveGroupRequest.defaults()
        .withGroupId(GROUP)
        .withMembers(
            List.of(LeaveGroupRequest.MemberIdentity.defaults().withMemberId(member.memberId())));
  }

  private static OffsetCommitRequest commit(JoinGroupResponse member, Uuid topicId) {
    return OffsetCommitRequest.defaults()
        .withGroupId(GROUP)
        .withGenerationIdOrMemberEpoch(member.generationId())
        .withMemberId(member.memberId())
        .withTopics(
            List.of(
                OffsetCommitRequest.OffsetCommitRequestTopic.defaults()
                    .withName(TOPIC)
                    .withTopicId(topicId)
                    .withPartitions(
                        List.of(
                            OffsetCommitRequest.OffsetCommitRequestPartition.defaults()
                                .withCommittedOffset(0)
                                .withCommittedMetadata("")))));
  }

  private static FetchRequest fetch(Uuid topicId) {
    return FetchRequest.defaults()
        .withMaxWaitMs(PARKED_MILLIS)
        .withMinBytes(1)
        .withMaxBytes(1 << 20)
        .withTopics(
            List.of(
                FetchRequest.FetchTopic.defaults()
                    .withTopic(TOPIC)
                    .withTopicId(topicId)
                    .withPartitions(
                        List.of(
                            FetchRequest.FetchPartition.defaults()
                                .withPartitionMaxBytes(1 << 20)))));
  }
}

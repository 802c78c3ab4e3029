package io.millstream.simulation;

import io.millstream.common.Uuid;
import io.millstream.network.Purpose;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FindCoordinatorRequest;
import io.millstream.protocol.HeartbeatRequest;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.JoinGroupRequest.JoinGroupRequestProtocol;
import io.millstream.protocol.JoinGroupResponse;
import io.millstream.protocol.JoinGroupResponse.JoinGroupResponseMember;
import io.millstream.protocol.LeaveGroupRequest;
import io.millstream.protocol.LeaveGroupRequest.MemberIdentity;
import io.millstream.protocol.OffsetCommitRequest;
import io.millstream.protocol.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.millstream.protocol.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.millstream.protocol.OffsetFetchRequest;
import io.millstream.protocol.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.millstream.protocol.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.millstream.protocol.SyncGroupRequest;
import io.millstream.protocol.SyncGroupRequest.SyncGroupRequestAssignment;
import io.millstream.protocol.SyncGroupResponse;
import io.millstream.simulation.Dialogue.Answer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Classic groups, message by message, on one broker with the id 1. */
final class GroupScenario {

  private static final String GROUP = "readers";
  private static final int SESSION_MILLIS = 30_000;

  private final Dialogue broker;
  private final String topic;
  private final Uuid topicId;
  private final List<String> memberIds = new ArrayList<>();
  private final Transcript transcript = new Transcript();

  GroupScenario(Dialogue broker, String topic, Uuid topicId) {
    this.broker = broker;
    this.topic = topic;
    this.topicId = topicId;
    transcript.name(topicId, "topic-id");
  }

  List<String> run() {
    coordinator();
    withoutGroup();
    String first = firstMember();
    String second = secondMember(first);
    errors(first);
    leaving(first, second);
    staticMember();
    return transcript.lines();
  }

  private void coordinator() {
    FindCoordinatorRequest request =
        FindCoordinatorRequest.defaults().withCoordinatorKeys(List.of(GROUP));
    short unavailable = ErrorCode.COORDINATOR_NOT_AVAILABLE.code();
    var found = broker.ask(request).coordinators().get(0);
    while (found.errorCode() == unavailable) {
      found = broker.ask(request).coordinators().get(0);
    }
    transcript.add("coordinator", found.nodeId() + " " + found.errorCode());
    ErrorCode error = ErrorCode.COORDINATOR_LOAD_IN_PROGRESS;
    while (error.retriable()) {
      error = ErrorCode.of(broker.ask(heartbeat("x", 1)).errorCode());
    }
    var unknownType = broker.ask(request.withKeyType((byte) 9)).coordinators().get(0);
    transcript.add("unknown key type", unknownType.errorCode());
  }

  private void withoutGroup() {
    transcript.add("heartbeat", broker.ask(heartbeat("x", 1)));
    transcript.add("heartbeat without group", broker.ask(heartbeat("x", 1).withGroupId("")));
    transcript.add("fetch of nothing", broker.ask(fetchOffsets(0, 1)));
    transcript.add("fetch of unknown topic id", broker.ask(fetchOffsets(new Uuid(1, 2), 0)));
    transcript.add("fetch of all of nothing", broker.ask(fetchOffsets()));
    transcript.add("commit with generation", broker.ask(commit("x", 1, 0, 5)));
    transcript.add("commit", broker.ask(commit("", -1, 0, 5)));
    transcript.add("commit to unknown partition", broker.ask(commit("", -1, 9, 5)));
    transcript.add(
        "commit to unknown id",
        broker.ask(
            commit("", -1, 0, 5)
                .withTopics(
                    List.of(
                        new OffsetCommitRequestTopic(
                            "",
                            new Uuid(1, 2),
                            List.of(OffsetCommitRequestPartition.defaults()))))));
    transcript.add("fetch", broker.ask(fetchOffsets(0, 1)));
    transcript.add("fetch of all", broker.ask(fetchOffsets()));
    transcript.add(
        "join with unknown id", rendered(broker.ask(Purpose.JOIN, join("unknown", "range"))));
    transcript.add(
        "short session",
        rendered(broker.ask(Purpose.JOIN, join("", "range").withSessionTimeoutMs(10))));
    transcript.add(
        "join without group",
        rendered(broker.ask(Purpose.JOIN, join("", "range").withGroupId(""))));
    transcript.add(
        "join without protocols",
        rendered(broker.ask(Purpose.JOIN, join("", "range").withProtocols(List.of()))));
  }

  private String firstMember() {
    JoinGroupResponse required = broker.ask(Purpose.JOIN, join("", "range", "roundrobin"));
    String member = required.memberId();
    name(member, "member-1");
    transcript.add("id required", rendered(required));
    transcript.add(
        "joined", rendered(broker.ask(Purpose.JOIN, join(member, "range", "roundrobin"))));
    transcript.add("heartbeat before sync", broker.ask(heartbeat(member, generation(1))));
    transcript.add("commit before sync", broker.ask(commit(member, generation(1), 0, 6)));
    transcript.add("synced", broker.ask(Purpose.JOIN, sync(member, generation(1), member)));
    transcript.add("synced again", broker.ask(Purpose.JOIN, sync(member, generation(1))));
    transcript.add("heartbeat", broker.ask(heartbeat(member, generation(1))));
    transcript.add("commit", broker.ask(commit(member, generation(1), 0, 7)));
    return member;
  }

  /** The generations count up from that of the group without members. */
  private static int generation(int number) {
    return number;
  }

  private String secondMember(String first) {
    String second = broker.ask(Purpose.PRODUCE, join("", "range")).memberId();
    name(second, "member-2");
    Answer<JoinGroupResponse> waiting = broker.begin(Purpose.PRODUCE, join(second, "range"));
    short rebalance = ErrorCode.REBALANCE_IN_PROGRESS.code();
    while (broker.ask(heartbeat(first, 1)).errorCode() != rebalance) {
      // Until the second join has arrived.
    }
    transcript.add("commit while others join", broker.ask(commit(first, 1, 0, 8)));
    transcript.add("sync while others join", broker.ask(Purpose.JOIN, sync(first, 1, first)));
    transcript.add("still waits", waiting.done());
    transcript.add("leader joins again", rendered(broker.ask(Purpose.JOIN, join(first, "range"))));
    transcript.add("second joined", rendered(broker.await(waiting)));
    Answer<SyncGroupResponse> follower = broker.begin(Purpose.PRODUCE, sync(second, 2));
    transcript.add("heartbeat before sync", broker.ask(heartbeat(first, 2)));
    transcript.add("commit before sync", broker.ask(commit(first, 2, 0, 9)));
    transcript.add("old generation", broker.ask(heartbeat(first, 1)));
    transcript.add("leader synced", broker.ask(Purpose.JOIN, sync(first, 2, first, second)));
    transcript.add("follower synced", broker.await(follower));
    transcript.add(
        "follower joins again without change",
        rendered(broker.ask(Purpose.PRODUCE, join(second, "range"))));
    return second;
  }

  private void errors(String first) {
    transcript.add("unknown member", broker.ask(heartbeat("nobody", 2)));
    transcript.add("future generation", broker.ask(heartbeat(first, 9)));
    transcript.add("commit of unknown member", broker.ask(commit("nobody", 2, 0, 9)));
    transcript.add("commit of old generation", broker.ask(commit(first, 1, 0, 9)));
    transcript.add("commit from outside", broker.ask(commit("", -1, 0, 9)));
    transcript.add("sync of old generation", broker.ask(Purpose.JOIN, sync(first, 1)));
    transcript.add("sync of unknown member", broker.ask(Purpose.JOIN, sync("nobody", 2)));
    transcript.add(
        "sync of other protocol",
        broker.ask(Purpose.JOIN, sync(first, 2).withProtocolName("other")));
    transcript.add("nothing in common", rendered(broker.ask(Purpose.PRODUCE, join("", "sticky"))));
    transcript.add(
        "another type",
        rendered(broker.ask(Purpose.PRODUCE, join("", "range").withProtocolType("connect"))));
    transcript.add("fetch", broker.ask(fetchOffsets(0, 1)));
  }

  private void leaving(String first, String second) {
    transcript.add("leave of unknown member", broker.ask(leave("nobody")));
    transcript.add("leave", broker.ask(leave(second)));
    transcript.add("heartbeat of the other", broker.ask(heartbeat(first, 2)));
    transcript.add("joined alone", rendered(broker.ask(Purpose.JOIN, join(first, "range"))));
    transcript.add("leave before sync", broker.ask(leave(first)));
    transcript.add("heartbeat after leave", broker.ask(heartbeat(first, 3)));
    transcript.add("commit to empty group", broker.ask(commit("", -1, 0, 3)));
    transcript.add("leave again", broker.ask(leave(first)));
  }

  private void staticMember() {
    JoinGroupResponse joined =
        broker.ask(Purpose.JOIN, join("", "range").withGroupInstanceId("one"));
    String before = joined.memberId();
    name(before, "static-1");
    transcript.add("static joined", rendered(joined));
    int generation = joined.generationId();
    transcript.add(
        "static synced",
        broker.ask(Purpose.JOIN, sync(before, generation, before).withGroupInstanceId("one")));
    JoinGroupResponse again =
        broker.ask(Purpose.JOIN, join("", "range").withGroupInstanceId("one"));
    String after = again.memberId();
    name(after, "static-2");
    transcript.add("static joined again", rendered(again));
    transcript.add("is another id", !before.equals(after));
    transcript.add("old id", broker.ask(heartbeat(before, generation).withGroupInstanceId("one")));
    transcript.add("new id", broker.ask(heartbeat(after, generation).withGroupInstanceId("one")));
    transcript.add(
        "unknown instance", broker.ask(heartbeat(after, generation).withGroupInstanceId("two")));
    transcript.add(
        "static leave",
        broker.ask(
            LeaveGroupRequest.defaults()
                .withGroupId(GROUP)
                .withMembers(List.of(MemberIdentity.defaults().withGroupInstanceId("one")))));
    transcript.add("gone", broker.ask(heartbeat(after, generation).withGroupInstanceId("one")));
  }

  private void name(String memberId, String name) {
    memberIds.add(memberId);
    transcript.name(memberId, name);
  }

  /** Members come in an order that is the broker's choice. */
  private JoinGroupResponse rendered(JoinGroupResponse answer) {
    List<JoinGroupResponseMember> members = new ArrayList<>(answer.members());
    members.sort(Comparator.comparingInt(member -> memberIds.indexOf(member.memberId())));
    return answer.withMembers(members);
  }

  private static JoinGroupRequest join(String memberId, String... protocols) {
    List<JoinGroupRequestProtocol> supported = new ArrayList<>();
    for (String protocol : protocols) {
      supported.add(
          new JoinGroupRequestProtocol(protocol, ByteBuffer.allocate(4 + 4 * protocols.length)));
    }
    return JoinGroupRequest.defaults()
        .withGroupId(GROUP)
        .withSessionTimeoutMs(SESSION_MILLIS)
        .withRebalanceTimeoutMs(SESSION_MILLIS)
        .withMemberId(memberId)
        .withProtocolType("consumer")
        .withProtocols(supported);
  }

  private static SyncGroupRequest sync(String memberId, int generation, String... assigned) {
    List<SyncGroupRequestAssignment> assignments = new ArrayList<>();
    for (String member : assigned) {
      assignments.add(
          new SyncGroupRequestAssignment(member, ByteBuffer.allocate(3 + assignments.size())));
    }
    return SyncGroupRequest.defaults()
        .withGroupId(GROUP)
        .withGenerationId(generation)
        .withMemberId(memberId)
        .withProtocolType("consumer")
        .withProtocolName("range")
        .withAssignments(assignments);
  }

  private static HeartbeatRequest heartbeat(String memberId, int generation) {
    return HeartbeatRequest.defaults()
        .withGroupId(GROUP)
        .withGenerationId(generation)
        .withMemberId(memberId);
  }

  private static LeaveGroupRequest leave(String memberId) {
    return LeaveGroupRequest.defaults()
        .withGroupId(GROUP)
        .withMembers(List.of(MemberIdentity.defaults().withMemberId(memberId)));
  }

  private OffsetCommitRequest commit(String memberId, int generation, int partition, long offset) {
    return OffsetCommitRequest.defaults()
        .withGroupId(GROUP)
        .withMemberId(memberId)
        .withGenerationIdOrMemberEpoch(generation)
        .withTopics(
            List.of(
                new OffsetCommitRequestTopic(
                    topic,
                    topicId,
                    List.of(
                        OffsetCommitRequestPartition.defaults()
                            .withPartitionIndex(partition)
                            .withCommittedOffset(offset)
                            .withCommittedLeaderEpoch(0)
                            .withCommittedMetadata("note")))));
  }

  private OffsetFetchRequest fetchOffsets(Integer... partitions) {
    return fetchOffsets(topicId, partitions);
  }

  private OffsetFetchRequest fetchOffsets(Uuid id, Integer... partitions) {
    OffsetFetchRequestGroup group = OffsetFetchRequestGroup.defaults().withGroupId(GROUP);
    List<OffsetFetchRequestTopics> topics =
        partitions.length == 0
            ? null
            : List.of(new OffsetFetchRequestTopics("", id, List.of(partitions)));
    return OffsetFetchRequest.defaults().withGroups(List.of(group.withTopics(topics)));
  }
}

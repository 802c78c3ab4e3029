package io.millstream.testing.fake;

import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.JoinGroupRequest;
import io.millstream.protocol.JoinGroupRequest.JoinGroupRequestProtocol;
import io.millstream.protocol.JoinGroupResponse;
import io.millstream.protocol.SyncGroupResponse;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A member of a classic group, as its coordinator knows it. */
final class Member {

  private static final ByteBuffer NO_ASSIGNMENT = ByteBuffer.allocate(0);

  private final String id;
  private final @Nullable String instanceId;
  private int sessionMillis;
  private int rebalanceMillis;
  private String protocolType;
  private List<JoinGroupRequestProtocol> protocols;
  private ByteBuffer assignment = NO_ASSIGNMENT;
  private @Nullable Exchange<JoinGroupResponse> joining;
  private @Nullable Exchange<SyncGroupResponse> syncing;
  private int sessionNumber;

  Member(String id, JoinGroupRequest request) {
    this.id = id;
    this.instanceId = request.groupInstanceId();
    this.sessionMillis = request.sessionTimeoutMs();
    this.rebalanceMillis = request.rebalanceTimeoutMs();
    this.protocolType = request.protocolType();
    this.protocols = request.protocols();
  }

  void update(JoinGroupRequest request) {
    sessionMillis = request.sessionTimeoutMs();
    rebalanceMillis = request.rebalanceTimeoutMs();
    protocolType = request.protocolType();
    protocols = request.protocols();
  }

  String id() {
    return id;
  }

  @Nullable String instanceId() {
    return instanceId;
  }

  int sessionMillis() {
    return sessionMillis;
  }

  int rebalanceMillis() {
    return rebalanceMillis < 0 ? sessionMillis : rebalanceMillis;
  }

  String protocolType() {
    return protocolType;
  }

  List<JoinGroupRequestProtocol> protocols() {
    return protocols;
  }

  boolean supports(String protocol) {
    return protocols.stream().anyMatch(supported -> supported.name().equals(protocol));
  }

  ByteBuffer metadata(String protocol) {
    for (JoinGroupRequestProtocol supported : protocols) {
      if (supported.name().equals(protocol)) {
        return supported.metadata();
      }
    }
    return NO_ASSIGNMENT;
  }

  ByteBuffer assignment() {
    return assignment;
  }

  void assign(ByteBuffer given) {
    assignment = given;
  }

  void clearAssignment() {
    assignment = NO_ASSIGNMENT;
  }

  /** Waits for the group to be complete; a join that waited before is answered as outdated. */
  void joining(Exchange<JoinGroupResponse> exchange) {
    answerJoin(
        JoinGroupResponse.defaults()
            .withErrorCode(ErrorCode.UNKNOWN_MEMBER_ID.code())
            .withMemberId(id));
    joining = exchange;
  }

  boolean joins() {
    return joining != null;
  }

  void answerJoin(JoinGroupResponse answer) {
    Exchange<JoinGroupResponse> exchange = joining;
    joining = null;
    if (exchange != null) {
      exchange.answer(answer);
    }
  }

  void syncing(Exchange<SyncGroupResponse> exchange) {
    syncing = exchange;
  }

  void answerSync(SyncGroupResponse answer) {
    Exchange<SyncGroupResponse> exchange = syncing;
    syncing = null;
    if (exchange != null) {
      exchange.answer(answer);
    }
  }

  /** Begins a new session, or ends it; returns its number, which tells it from older ones. */
  int renewSession() {
    return ++sessionNumber;
  }

  boolean isSession(int number) {
    return number == sessionNumber;
  }
}

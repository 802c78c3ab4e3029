package io.millstream.protocol;

import io.millstream.common.InvalidRecordException;
import io.millstream.common.errors.ApiException;
import io.millstream.common.errors.BrokerIdNotRegisteredException;
import io.millstream.common.errors.BrokerNotAvailableException;
import io.millstream.common.errors.ClusterAuthorizationException;
import io.millstream.common.errors.ConcurrentTransactionsException;
import io.millstream.common.errors.ControllerIdNotRegisteredException;
import io.millstream.common.errors.ControllerMovedException;
import io.millstream.common.errors.CoordinatorLoadInProgressException;
import io.millstream.common.errors.CoordinatorNotAvailableException;
import io.millstream.common.errors.CorruptRecordException;
import io.millstream.common.errors.DelegationTokenAuthorizationException;
import io.millstream.common.errors.DelegationTokenDisabledException;
import io.millstream.common.errors.DelegationTokenExpiredException;
import io.millstream.common.errors.DelegationTokenNotFoundException;
import io.millstream.common.errors.DelegationTokenOwnerMismatchException;
import io.millstream.common.errors.DuplicateBrokerRegistrationException;
import io.millstream.common.errors.DuplicateResourceException;
import io.millstream.common.errors.DuplicateSequenceException;
import io.millstream.common.errors.DuplicateVoterException;
import io.millstream.common.errors.ElectionNotNeededException;
import io.millstream.common.errors.EligibleLeadersNotAvailableException;
import io.millstream.common.errors.FeatureUpdateFailedException;
import io.millstream.common.errors.FencedInstanceIdException;
import io.millstream.common.errors.FencedLeaderEpochException;
import io.millstream.common.errors.FencedMemberEpochException;
import io.millstream.common.errors.FencedStateEpochException;
import io.millstream.common.errors.FetchSessionIdNotFoundException;
import io.millstream.common.errors.FetchSessionTopicIdException;
import io.millstream.common.errors.GroupAuthorizationException;
import io.millstream.common.errors.GroupDeletionFailedException;
import io.millstream.common.errors.GroupIdNotFoundException;
import io.millstream.common.errors.GroupMaxSizeReachedException;
import io.millstream.common.errors.GroupNotEmptyException;
import io.millstream.common.errors.GroupSubscribedToTopicException;
import io.millstream.common.errors.IllegalGenerationException;
import io.millstream.common.errors.IllegalSaslStateException;
import io.millstream.common.errors.InconsistentClusterIdException;
import io.millstream.common.errors.InconsistentGroupProtocolException;
import io.millstream.common.errors.InconsistentTopicIdException;
import io.millstream.common.errors.InconsistentVoterSetException;
import io.millstream.common.errors.IneligibleReplicaException;
import io.millstream.common.errors.InvalidCommitOffsetSizeException;
import io.millstream.common.errors.InvalidConfigurationException;
import io.millstream.common.errors.InvalidFetchSessionEpochException;
import io.millstream.common.errors.InvalidFetchSizeException;
import io.millstream.common.errors.InvalidGroupIdException;
import io.millstream.common.errors.InvalidPartitionsException;
import io.millstream.common.errors.InvalidPidMappingException;
import io.millstream.common.errors.InvalidPrincipalTypeException;
import io.millstream.common.errors.InvalidProducerEpochException;
import io.millstream.common.errors.InvalidRecordStateException;
import io.millstream.common.errors.InvalidRegistrationException;
import io.millstream.common.errors.InvalidRegularExpression;
import io.millstream.common.errors.InvalidReplicaAssignmentException;
import io.millstream.common.errors.InvalidReplicationFactorException;
import io.millstream.common.errors.InvalidRequestException;
import io.millstream.common.errors.InvalidRequiredAcksException;
import io.millstream.common.errors.InvalidSessionTimeoutException;
import io.millstream.common.errors.InvalidShareSessionEpochException;
import io.millstream.common.errors.InvalidTimestampException;
import io.millstream.common.errors.InvalidTopicException;
import io.millstream.common.errors.InvalidTxnStateException;
import io.millstream.common.errors.InvalidTxnTimeoutException;
import io.millstream.common.errors.InvalidUpdateVersionException;
import io.millstream.common.errors.InvalidVoterKeyException;
import io.millstream.common.errors.KafkaStorageException;
import io.millstream.common.errors.LeaderNotAvailableException;
import io.millstream.common.errors.ListenerNotFoundException;
import io.millstream.common.errors.LogDirNotFoundException;
import io.millstream.common.errors.MemberIdRequiredException;
import io.millstream.common.errors.MismatchedEndpointTypeException;
import io.millstream.common.errors.NetworkException;
import io.millstream.common.errors.NewLeaderElectedException;
import io.millstream.common.errors.NoReassignmentInProgressException;
import io.millstream.common.errors.NotControllerException;
import io.millstream.common.errors.NotCoordinatorException;
import io.millstream.common.errors.NotEnoughReplicasAfterAppendException;
import io.millstream.common.errors.NotEnoughReplicasException;
import io.millstream.common.errors.NotLeaderOrFollowerException;
import io.millstream.common.errors.OffsetMetadataTooLarge;
import io.millstream.common.errors.OffsetMovedToTieredStorageException;
import io.millstream.common.errors.OffsetNotAvailableException;
import io.millstream.common.errors.OffsetOutOfRangeException;
import io.millstream.common.errors.OperationNotAttemptedException;
import io.millstream.common.errors.OutOfOrderSequenceException;
import io.millstream.common.errors.PolicyViolationException;
import io.millstream.common.errors.PositionOutOfRangeException;
import io.millstream.common.errors.PreferredLeaderNotAvailableException;
import io.millstream.common.errors.PrincipalDeserializationException;
import io.millstream.common.errors.ProducerFencedException;
import io.millstream.common.errors.ReassignmentInProgressException;
import io.millstream.common.errors.RebalanceInProgressException;
import io.millstream.common.errors.RebootstrapRequiredException;
import io.millstream.common.errors.RecordBatchTooLargeException;
import io.millstream.common.errors.RecordTooLargeException;
import io.millstream.common.errors.ReplicaNotAvailableException;
import io.millstream.common.errors.ResourceNotFoundException;
import io.millstream.common.errors.SaslAuthenticationException;
import io.millstream.common.errors.SecurityDisabledException;
import io.millstream.common.errors.ShareSessionLimitReachedException;
import io.millstream.common.errors.ShareSessionNotFoundException;
import io.millstream.common.errors.SnapshotNotFoundException;
import io.millstream.common.errors.StaleBrokerEpochException;
import io.millstream.common.errors.StaleMemberEpochException;
import io.millstream.common.errors.StreamsInvalidTopologyEpochException;
import io.millstream.common.errors.StreamsInvalidTopologyException;
import io.millstream.common.errors.StreamsTopologyDescriptionUpdateFailedException;
import io.millstream.common.errors.StreamsTopologyFencedException;
import io.millstream.common.errors.TelemetryTooLargeException;
import io.millstream.common.errors.ThrottlingQuotaExceededException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.common.errors.TopicDeletionDisabledException;
import io.millstream.common.errors.TopicExistsException;
import io.millstream.common.errors.TransactionAbortableException;
import io.millstream.common.errors.TransactionCoordinatorFencedException;
import io.millstream.common.errors.TransactionalIdAuthorizationException;
import io.millstream.common.errors.TransactionalIdNotFoundException;
import io.millstream.common.errors.UnacceptableCredentialException;
import io.millstream.common.errors.UnknownControllerIdException;
import io.millstream.common.errors.UnknownLeaderEpochException;
import io.millstream.common.errors.UnknownMemberIdException;
import io.millstream.common.errors.UnknownProducerIdException;
import io.millstream.common.errors.UnknownServerException;
import io.millstream.common.errors.UnknownSubscriptionIdException;
import io.millstream.common.errors.UnknownTopicIdException;
import io.millstream.common.errors.UnknownTopicOrPartitionException;
import io.millstream.common.errors.UnreleasedInstanceIdException;
import io.millstream.common.errors.UnstableOffsetCommitException;
import io.millstream.common.errors.UnsupportedAssignorException;
import io.millstream.common.errors.UnsupportedByAuthenticationException;
import io.millstream.common.errors.UnsupportedCompressionTypeException;
import io.millstream.common.errors.UnsupportedEndpointTypeException;
import io.millstream.common.errors.UnsupportedForMessageFormatException;
import io.millstream.common.errors.UnsupportedSaslMechanismException;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.common.errors.VoterNotFoundException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The errors a broker answers with, and what to do about each unless a request knows better. */
public enum ErrorCode {
  UNKNOWN_SERVER_ERROR(-1, UnknownServerException::new, Reaction.FAIL),
  NONE(0, ApiException::new),
  OFFSET_OUT_OF_RANGE(1, OffsetOutOfRangeException::new, Reaction.FAIL),
  CORRUPT_MESSAGE(2, CorruptRecordException::new, Reaction.RETRY),
  UNKNOWN_TOPIC_OR_PARTITION(
      3, UnknownTopicOrPartitionException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  INVALID_FETCH_SIZE(4, InvalidFetchSizeException::new, Reaction.FAIL),
  LEADER_NOT_AVAILABLE(
      5, LeaderNotAvailableException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  NOT_LEADER_OR_FOLLOWER(
      6, NotLeaderOrFollowerException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  REQUEST_TIMED_OUT(7, TimeoutException::new, Reaction.RETRY),
  BROKER_NOT_AVAILABLE(8, BrokerNotAvailableException::new, Reaction.FAIL),
  REPLICA_NOT_AVAILABLE(
      9, ReplicaNotAvailableException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  MESSAGE_TOO_LARGE(10, RecordTooLargeException::new, Reaction.FAIL),
  STALE_CONTROLLER_EPOCH(11, ControllerMovedException::new, Reaction.FAIL),
  OFFSET_METADATA_TOO_LARGE(
      12, OffsetMetadataTooLarge::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  NETWORK_EXCEPTION(13, NetworkException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  COORDINATOR_LOAD_IN_PROGRESS(14, CoordinatorLoadInProgressException::new, Reaction.RETRY),
  COORDINATOR_NOT_AVAILABLE(
      15, CoordinatorNotAvailableException::new, Reaction.RETRY, Reaction.FIND_COORDINATOR),
  NOT_COORDINATOR(16, NotCoordinatorException::new, Reaction.RETRY, Reaction.FIND_COORDINATOR),
  INVALID_TOPIC_EXCEPTION(
      17, InvalidTopicException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  RECORD_LIST_TOO_LARGE(18, RecordBatchTooLargeException::new, Reaction.FAIL),
  NOT_ENOUGH_REPLICAS(19, NotEnoughReplicasException::new, Reaction.RETRY),
  NOT_ENOUGH_REPLICAS_AFTER_APPEND(20, NotEnoughReplicasAfterAppendException::new, Reaction.RETRY),
  INVALID_REQUIRED_ACKS(21, InvalidRequiredAcksException::new, Reaction.FAIL),
  ILLEGAL_GENERATION(
      22, IllegalGenerationException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  INCONSISTENT_GROUP_PROTOCOL(23, InconsistentGroupProtocolException::new, Reaction.FAIL),
  INVALID_GROUP_ID(24, InvalidGroupIdException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  UNKNOWN_MEMBER_ID(25, UnknownMemberIdException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  INVALID_SESSION_TIMEOUT(26, InvalidSessionTimeoutException::new, Reaction.FAIL),
  REBALANCE_IN_PROGRESS(
      27, RebalanceInProgressException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  INVALID_COMMIT_OFFSET_SIZE(
      28, InvalidCommitOffsetSizeException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  TOPIC_AUTHORIZATION_FAILED(
      29, TopicAuthorizationException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  GROUP_AUTHORIZATION_FAILED(
      30, GroupAuthorizationException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  CLUSTER_AUTHORIZATION_FAILED(31, ClusterAuthorizationException::new, Reaction.FAIL),
  INVALID_TIMESTAMP(32, InvalidTimestampException::new, Reaction.FAIL),
  UNSUPPORTED_SASL_MECHANISM(33, UnsupportedSaslMechanismException::new, Reaction.FAIL),
  ILLEGAL_SASL_STATE(34, IllegalSaslStateException::new, Reaction.FAIL),
  UNSUPPORTED_VERSION(35, UnsupportedVersionException::new, Reaction.FAIL),
  TOPIC_ALREADY_EXISTS(36, TopicExistsException::new, Reaction.FAIL),
  INVALID_PARTITIONS(37, InvalidPartitionsException::new, Reaction.FAIL),
  INVALID_REPLICATION_FACTOR(38, InvalidReplicationFactorException::new, Reaction.FAIL),
  INVALID_REPLICA_ASSIGNMENT(39, InvalidReplicaAssignmentException::new, Reaction.FAIL),
  INVALID_CONFIG(40, InvalidConfigurationException::new, Reaction.FAIL),
  NOT_CONTROLLER(41, NotControllerException::new, Reaction.RETRY),
  INVALID_REQUEST(42, InvalidRequestException::new, Reaction.FAIL),
  UNSUPPORTED_FOR_MESSAGE_FORMAT(
      43, UnsupportedForMessageFormatException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  POLICY_VIOLATION(44, PolicyViolationException::new, Reaction.FAIL),
  OUT_OF_ORDER_SEQUENCE_NUMBER(45, OutOfOrderSequenceException::new, Reaction.FAIL),
  DUPLICATE_SEQUENCE_NUMBER(46, DuplicateSequenceException::new, Reaction.FAIL),
  INVALID_PRODUCER_EPOCH(47, InvalidProducerEpochException::new, Reaction.FAIL),
  INVALID_TXN_STATE(48, InvalidTxnStateException::new, Reaction.FAIL),
  INVALID_PRODUCER_ID_MAPPING(
      49, InvalidPidMappingException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  INVALID_TRANSACTION_TIMEOUT(50, InvalidTxnTimeoutException::new, Reaction.FAIL),
  CONCURRENT_TRANSACTIONS(51, ConcurrentTransactionsException::new, Reaction.RETRY),
  TRANSACTION_COORDINATOR_FENCED(52, TransactionCoordinatorFencedException::new, Reaction.FAIL),
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED(
      53, TransactionalIdAuthorizationException::new, Reaction.FAIL),
  SECURITY_DISABLED(54, SecurityDisabledException::new, Reaction.FAIL),
  OPERATION_NOT_ATTEMPTED(
      55, OperationNotAttemptedException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  KAFKA_STORAGE_ERROR(56, KafkaStorageException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  LOG_DIR_NOT_FOUND(57, LogDirNotFoundException::new, Reaction.FAIL),
  SASL_AUTHENTICATION_FAILED(58, SaslAuthenticationException::new, Reaction.FAIL),
  UNKNOWN_PRODUCER_ID(
      59, UnknownProducerIdException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  REASSIGNMENT_IN_PROGRESS(60, ReassignmentInProgressException::new, Reaction.FAIL),
  DELEGATION_TOKEN_AUTH_DISABLED(61, DelegationTokenDisabledException::new, Reaction.FAIL),
  DELEGATION_TOKEN_NOT_FOUND(62, DelegationTokenNotFoundException::new, Reaction.FAIL),
  DELEGATION_TOKEN_OWNER_MISMATCH(63, DelegationTokenOwnerMismatchException::new, Reaction.FAIL),
  DELEGATION_TOKEN_REQUEST_NOT_ALLOWED(
      64, UnsupportedByAuthenticationException::new, Reaction.FAIL),
  DELEGATION_TOKEN_AUTHORIZATION_FAILED(
      65, DelegationTokenAuthorizationException::new, Reaction.FAIL),
  DELEGATION_TOKEN_EXPIRED(66, DelegationTokenExpiredException::new, Reaction.FAIL),
  INVALID_PRINCIPAL_TYPE(67, InvalidPrincipalTypeException::new, Reaction.FAIL),
  NON_EMPTY_GROUP(68, GroupNotEmptyException::new, Reaction.FAIL),
  GROUP_ID_NOT_FOUND(69, GroupIdNotFoundException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  FETCH_SESSION_ID_NOT_FOUND(70, FetchSessionIdNotFoundException::new, Reaction.RETRY),
  INVALID_FETCH_SESSION_EPOCH(71, InvalidFetchSessionEpochException::new, Reaction.RETRY),
  LISTENER_NOT_FOUND(72, ListenerNotFoundException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  TOPIC_DELETION_DISABLED(73, TopicDeletionDisabledException::new, Reaction.FAIL),
  FENCED_LEADER_EPOCH(
      74, FencedLeaderEpochException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  UNKNOWN_LEADER_EPOCH(75, UnknownLeaderEpochException::new, Reaction.RETRY),
  UNSUPPORTED_COMPRESSION_TYPE(76, UnsupportedCompressionTypeException::new, Reaction.FAIL),
  STALE_BROKER_EPOCH(77, StaleBrokerEpochException::new, Reaction.FAIL),
  OFFSET_NOT_AVAILABLE(78, OffsetNotAvailableException::new, Reaction.RETRY),
  MEMBER_ID_REQUIRED(79, MemberIdRequiredException::new, Reaction.FAIL),
  PREFERRED_LEADER_NOT_AVAILABLE(
      80, PreferredLeaderNotAvailableException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  GROUP_MAX_SIZE_REACHED(81, GroupMaxSizeReachedException::new, Reaction.FAIL),
  FENCED_INSTANCE_ID(82, FencedInstanceIdException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  ELIGIBLE_LEADERS_NOT_AVAILABLE(
      83, EligibleLeadersNotAvailableException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  ELECTION_NOT_NEEDED(
      84, ElectionNotNeededException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  NO_REASSIGNMENT_IN_PROGRESS(85, NoReassignmentInProgressException::new, Reaction.FAIL),
  GROUP_SUBSCRIBED_TO_TOPIC(86, GroupSubscribedToTopicException::new, Reaction.FAIL),
  INVALID_RECORD(87, InvalidRecordException::new, Reaction.FAIL),
  UNSTABLE_OFFSET_COMMIT(88, UnstableOffsetCommitException::new, Reaction.RETRY),
  THROTTLING_QUOTA_EXCEEDED(89, ThrottlingQuotaExceededException::new, Reaction.RETRY),
  PRODUCER_FENCED(90, ProducerFencedException::new, Reaction.FAIL),
  RESOURCE_NOT_FOUND(91, ResourceNotFoundException::new, Reaction.FAIL),
  DUPLICATE_RESOURCE(92, DuplicateResourceException::new, Reaction.FAIL),
  UNACCEPTABLE_CREDENTIAL(93, UnacceptableCredentialException::new, Reaction.FAIL),
  INCONSISTENT_VOTER_SET(94, InconsistentVoterSetException::new, Reaction.FAIL),
  INVALID_UPDATE_VERSION(95, InvalidUpdateVersionException::new, Reaction.FAIL),
  FEATURE_UPDATE_FAILED(96, FeatureUpdateFailedException::new, Reaction.FAIL),
  PRINCIPAL_DESERIALIZATION_FAILURE(97, PrincipalDeserializationException::new, Reaction.FAIL),
  SNAPSHOT_NOT_FOUND(98, SnapshotNotFoundException::new, Reaction.FAIL),
  POSITION_OUT_OF_RANGE(99, PositionOutOfRangeException::new, Reaction.FAIL),
  UNKNOWN_TOPIC_ID(100, UnknownTopicIdException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  DUPLICATE_BROKER_REGISTRATION(101, DuplicateBrokerRegistrationException::new, Reaction.FAIL),
  BROKER_ID_NOT_REGISTERED(102, BrokerIdNotRegisteredException::new, Reaction.FAIL),
  INCONSISTENT_TOPIC_ID(
      103, InconsistentTopicIdException::new, Reaction.RETRY, Reaction.REFRESH_METADATA),
  INCONSISTENT_CLUSTER_ID(104, InconsistentClusterIdException::new, Reaction.FAIL),
  TRANSACTIONAL_ID_NOT_FOUND(105, TransactionalIdNotFoundException::new, Reaction.FAIL),
  FETCH_SESSION_TOPIC_ID_ERROR(106, FetchSessionTopicIdException::new, Reaction.RETRY),
  INELIGIBLE_REPLICA(107, IneligibleReplicaException::new, Reaction.FAIL),
  NEW_LEADER_ELECTED(108, NewLeaderElectedException::new, Reaction.FAIL),
  OFFSET_MOVED_TO_TIERED_STORAGE(109, OffsetMovedToTieredStorageException::new, Reaction.FAIL),
  FENCED_MEMBER_EPOCH(
      110, FencedMemberEpochException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  UNRELEASED_INSTANCE_ID(111, UnreleasedInstanceIdException::new, Reaction.FAIL),
  UNSUPPORTED_ASSIGNOR(112, UnsupportedAssignorException::new, Reaction.FAIL),
  STALE_MEMBER_EPOCH(
      113, StaleMemberEpochException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  MISMATCHED_ENDPOINT_TYPE(114, MismatchedEndpointTypeException::new, Reaction.FAIL),
  UNSUPPORTED_ENDPOINT_TYPE(115, UnsupportedEndpointTypeException::new, Reaction.FAIL),
  UNKNOWN_CONTROLLER_ID(116, UnknownControllerIdException::new, Reaction.FAIL),
  UNKNOWN_SUBSCRIPTION_ID(117, UnknownSubscriptionIdException::new, Reaction.FAIL),
  TELEMETRY_TOO_LARGE(118, TelemetryTooLargeException::new, Reaction.FAIL),
  INVALID_REGISTRATION(119, InvalidRegistrationException::new, Reaction.FAIL),
  TRANSACTION_ABORTABLE(
      120, TransactionAbortableException::new, Reaction.FAIL, Reaction.ABORT_TRANSACTION),
  INVALID_RECORD_STATE(121, InvalidRecordStateException::new, Reaction.FAIL),
  SHARE_SESSION_NOT_FOUND(122, ShareSessionNotFoundException::new, Reaction.RETRY),
  INVALID_SHARE_SESSION_EPOCH(123, InvalidShareSessionEpochException::new, Reaction.RETRY),
  FENCED_STATE_EPOCH(124, FencedStateEpochException::new, Reaction.FAIL),
  INVALID_VOTER_KEY(125, InvalidVoterKeyException::new, Reaction.FAIL),
  DUPLICATE_VOTER(126, DuplicateVoterException::new, Reaction.FAIL),
  VOTER_NOT_FOUND(127, VoterNotFoundException::new, Reaction.FAIL),
  INVALID_REGULAR_EXPRESSION(128, InvalidRegularExpression::new, Reaction.FAIL),
  REBOOTSTRAP_REQUIRED(129, RebootstrapRequiredException::new, Reaction.FAIL),
  STREAMS_INVALID_TOPOLOGY(130, StreamsInvalidTopologyException::new, Reaction.FAIL),
  STREAMS_INVALID_TOPOLOGY_EPOCH(131, StreamsInvalidTopologyEpochException::new, Reaction.FAIL),
  STREAMS_TOPOLOGY_FENCED(132, StreamsTopologyFencedException::new, Reaction.FAIL),
  SHARE_SESSION_LIMIT_REACHED(133, ShareSessionLimitReachedException::new, Reaction.RETRY),
  GROUP_DELETION_FAILED(134, GroupDeletionFailedException::new, Reaction.FAIL),
  STREAMS_TOPOLOGY_DESCRIPTION_UPDATE_FAILED(
      135, StreamsTopologyDescriptionUpdateFailedException::new, Reaction.FAIL),
  CONTROLLER_ID_NOT_REGISTERED(136, ControllerIdNotRegisteredException::new, Reaction.FAIL);

  private static final Map<Short, ErrorCode> BY_CODE = new HashMap<>();

  static {
    for (ErrorCode error : values()) {
      BY_CODE.put(error.code, error);
    }
  }

  private final short code;

  // Copied when handed out.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Reaction> reactions;

  // Constructors without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Function<String, ApiException> exception;

  ErrorCode(int code, Function<String, ApiException> exception, Reaction... reactions) {
    this.code = (short) code;
    this.exception = exception;
    EnumSet<Reaction> set = EnumSet.noneOf(Reaction.class);
    set.addAll(List.of(reactions));
    this.reactions = set;
  }

  /** Returns the number on the wire. */
  public short code() {
    return code;
  }

  /** Says whether the same request may succeed when sent again. */
  public boolean retriable() {
    return reactions.contains(Reaction.RETRY);
  }

  /** Returns what to do. */
  public Set<Reaction> reactions() {
    return EnumSet.copyOf(reactions);
  }

  /** Returns a new exception for the user. */
  public ApiException exception(String detail) {
    return exception.apply(name() + ": " + detail);
  }

  /** Finds an error by its number; {@link #UNKNOWN_SERVER_ERROR} where there is none. */
  public static ErrorCode of(short code) {
    return BY_CODE.getOrDefault(code, UNKNOWN_SERVER_ERROR);
  }
}

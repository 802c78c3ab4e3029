package io.millstream.admin;

import io.millstream.common.Uuid;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.DeleteTopicsRequest;
import io.millstream.protocol.DeleteTopicsRequest.DeleteTopicState;
import io.millstream.protocol.DeleteTopicsResponse;
import io.millstream.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes topics by their names, or by their ids (KIP-516). */
abstract class DeleteTopics<K> implements TopicOperation<K, @Nullable Void, DeleteTopicsResponse> {

  /** From here on topics are named one by one, by name or by id. */
  private static final int FIRST_VERSION_WITH_IDS = 6;

  private final boolean waitsForQuota;

  private DeleteTopics(boolean waitsForQuota) {
    this.waitsForQuota = waitsForQuota;
  }

  /** Returns the operation on topics that are given by name. */
  static DeleteTopics<String> byName(boolean waitsForQuota) {
    return new ByName(waitsForQuota);
  }

  /** Returns the operation on topics that are given by id. */
  static DeleteTopics<Uuid> byId(boolean waitsForQuota) {
    return new ById(waitsForQuota);
  }

  private static final class ByName extends DeleteTopics<String> {

    private ByName(boolean waitsForQuota) {
      super(waitsForQuota);
    }

    @Override
    public ApiRequest<DeleteTopicsResponse> request(
        List<String> names, int timeoutMillis, short version) {
      DeleteTopicsRequest request = DeleteTopicsRequest.defaults().withTimeoutMs(timeoutMillis);
      return version < FIRST_VERSION_WITH_IDS
          ? request.withTopicNames(names)
          : request.withTopics(
              names.stream().map(name -> DeleteTopicState.defaults().withName(name)).toList());
    }

    @Override
    public List<TopicAnswer<String, @Nullable Void>> answers(DeleteTopicsResponse response) {
      List<TopicAnswer<String, @Nullable Void>> answers = new ArrayList<>();
      for (DeleteTopicsResponse.DeletableTopicResult topic : response.responses()) {
        String name = topic.name();
        if (name != null) {
          answers.add(
              new TopicAnswer<>(name, ErrorCode.of(topic.errorCode()), topic.errorMessage(), null));
        }
      }
      return answers;
    }
  }

  private static final class ById extends DeleteTopics<Uuid> {

    private ById(boolean waitsForQuota) {
      super(waitsForQuota);
    }

    @Override
    public ApiRequest<DeleteTopicsResponse> request(
        List<Uuid> ids, int timeoutMillis, short version) {
      if (version < FIRST_VERSION_WITH_IDS) {
        throw new UnsupportedVersionException(
            "This broker is older than 2.8 and cannot delete topics by id; delete them by name");
      }
      return DeleteTopicsRequest.defaults()
          .withTimeoutMs(timeoutMillis)
          .withTopics(ids.stream().map(id -> DeleteTopicState.defaults().withTopicId(id)).toList());
    }

    @Override
    public List<TopicAnswer<Uuid, @Nullable Void>> answers(DeleteTopicsResponse response) {
      List<TopicAnswer<Uuid, @Nullable Void>> answers = new ArrayList<>();
      for (DeleteTopicsResponse.DeletableTopicResult topic : response.responses()) {
        ErrorCode error = ErrorCode.of(topic.errorCode());
        answers.add(new TopicAnswer<>(topic.topicId(), error, topic.errorMessage(), null));
      }
      return answers;
    }
  }

  @Override
  public final ApiKey apiKey() {
    return ApiKey.DELETE_TOPICS;
  }

  @Override
  public final String done() {
    return "deleted";
  }

  @Override
  public final boolean again(ErrorCode error) {
    return switch (error) {
      case THROTTLING_QUOTA_EXCEEDED -> waitsForQuota;
      // Asked of the controller itself, which knows all topics; and it had as long as this client
      // waits.
      case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID, REQUEST_TIMED_OUT -> false;
      default -> error.retriable();
    };
  }

  @Override
  public final String advice(ErrorCode error) {
    return switch (error) {
      case UNKNOWN_TOPIC_OR_PARTITION -> "check the name; perhaps the topic was deleted before";
      case UNKNOWN_TOPIC_ID -> "check the id; perhaps the topic was deleted before";
      case INVALID_TOPIC_EXCEPTION -> "internal topics cannot be deleted; check the name";
      case TOPIC_DELETION_DISABLED -> "set delete.topic.enable=true on the brokers";
      case TOPIC_AUTHORIZATION_FAILED -> "have this client allowed to DELETE the topic";
      case THROTTLING_QUOTA_EXCEEDED ->
          "try again later, or have the quota controller_mutation_rate raised";
      case REQUEST_TIMED_OUT ->
          "see whether the topic is still there before trying again; it may yet be deleted";
      default -> "";
    };
  }
}

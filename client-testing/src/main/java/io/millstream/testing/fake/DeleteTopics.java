package io.millstream.testing.fake;

import io.millstream.common.Uuid;
import io.millstream.protocol.DeleteTopicsRequest;
import io.millstream.protocol.DeleteTopicsRequest.DeleteTopicState;
import io.millstream.protocol.DeleteTopicsResponse;
import io.millstream.protocol.DeleteTopicsResponse.DeletableTopicResult;
import io.millstream.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes topics, by name or by id. */
final class DeleteTopics implements Handler<DeleteTopicsRequest, DeleteTopicsResponse> {

  private final ClusterState cluster;

  DeleteTopics(ClusterState cluster) {
    this.cluster = cluster;
  }

  @Override
  public void handle(DeleteTopicsRequest request, Exchange<DeleteTopicsResponse> exchange) {
    List<DeletableTopicResult> results = new ArrayList<>();
    for (DeleteTopicState asked : asked(request)) {
      String name = asked.name();
      Topic topic =
          name == null ? cluster.topics().find(asked.topicId()) : cluster.topics().find(name);
      if (topic == null) {
        results.add(
            result(
                name,
                asked.topicId(),
                name == null ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
      } else {
        cluster.topics().delete(topic);
        results.add(result(topic.name(), topic.id(), ErrorCode.NONE));
      }
    }
    exchange.answer(DeleteTopicsResponse.defaults().withResponses(results));
  }

  /** Returns what is to be deleted, however the version names it. */
  private static List<DeleteTopicState> asked(DeleteTopicsRequest request) {
    List<DeleteTopicState> asked = new ArrayList<>(request.topics());
    request.topicNames().forEach(name -> asked.add(new DeleteTopicState(name, Uuid.ZERO_UUID)));
    return asked;
  }

  private static DeletableTopicResult result(@Nullable String name, Uuid id, ErrorCode error) {
    return DeletableTopicResult.defaults()
        .withName(name)
        .withTopicId(id)
        .withErrorCode(error.code());
  }

  @Override
  public DeleteTopicsResponse refuse(DeleteTopicsRequest request, ErrorCode error, short version) {
    return DeleteTopicsResponse.defaults()
        .withResponses(
            asked(request).stream()
                .map(topic -> result(topic.name(), topic.topicId(), error))
                .toList());
  }

  @Override
  public DeleteTopicsResponse throttled(DeleteTopicsResponse answer, int millis) {
    return answer.withThrottleTimeMs(millis);
  }
}

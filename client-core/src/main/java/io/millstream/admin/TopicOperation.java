package io.millstream.admin;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiRequest;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that the controller does to topics. Its methods run on the event loop.
 *
 * @param <K> what names a topic: its name or its id
 * @param <V> what the user gets for each topic
 * @param <R> the answer of the controller
 */
interface TopicOperation<K, V extends @Nullable Object, R extends ApiResponse> {

  /** Returns the API that is called. */
  ApiKey apiKey();

  /** Returns what happens to a topic, as the end of "the topic was not". */
  String done();

  /**
   * Builds the request.
   *
   * @param topics those that are not done yet
   * @param timeoutMillis how long the controller may take
   * @param version what will be written
   * @throws io.millstream.common.errors.UnsupportedVersionException if the version cannot carry it
   */
  ApiRequest<R> request(List<K> topics, int timeoutMillis, short version);

  /** Reads the answer, topic by topic. */
  List<TopicAnswer<K, V>> answers(R response);

  /** Says whether a topic is asked for again after an error, where the error table differs. */
  boolean again(ErrorCode error);

  /** Returns what the user can change, empty where nothing is known. */
  String advice(ErrorCode error);
}

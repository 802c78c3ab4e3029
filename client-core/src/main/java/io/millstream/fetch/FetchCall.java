package io.millstream.fetch;

import io.millstream.network.RequestSpec;
import io.millstream.protocol.ApiKey;
import io.millstream.protocol.BrokerVersions;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.FetchResponseCursor;
import io.millstream.protocol.FetchVersions;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;

/**
 * Fetch as a request whose answer is walked in place.
 *
 * @param request what to send
 * @param topicIds whether every topic in it has an id, which newer versions need
 */
record FetchCall(FetchRequest request, boolean topicIds) implements RequestSpec<FetchCall.Answer> {

  /**
   * An answer.
   *
   * @param cursor in front of the first topic
   * @param bytes how many it keeps in memory
   */
  record Answer(FetchResponseCursor cursor, int bytes) {}

  @Override
  public ApiKey apiKey() {
    return ApiKey.FETCH;
  }

  @Override
  public short version(BrokerVersions versions) {
    return topicIds
        ? versions.highestCommon(ApiKey.FETCH)
        : versions.highestCommon(ApiKey.FETCH, FetchResponseCursor.NEWEST_WITH_TOPIC_NAMES);
  }

  @Override
  public void write(WireWriter out, short version) {
    FetchVersions.shape(request, version).write(out, version);
  }

  @Override
  public Answer read(WireReader in, short version) {
    return new Answer(FetchResponseCursor.read(in, version), in.remaining());
  }

  @Override
  public int throttleTimeMs(Answer response) {
    return response.cursor().throttleTimeMs();
  }
}

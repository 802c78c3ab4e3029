package io.millstream.testing.fake;

import io.millstream.protocol.ApiKey;
import io.millstream.protocol.ApiResponse;
import io.millstream.protocol.RequestHeader;

/**
 * One request and, at some time, its answer. Exactly one of the methods that end it takes effect,
 * the first one; after the client has gone none has.
 *
 * @param <A> the answer
 */
final class Exchange<A extends ApiResponse> {

  private final BrokerConnection connection;
  private final ApiKey apiKey;
  private final RequestHeader header;
  private boolean ended;

  Exchange(BrokerConnection connection, ApiKey apiKey, RequestHeader header) {
    this.connection = connection;
    this.apiKey = apiKey;
    this.header = header;
  }

  FakeBroker broker() {
    return connection.broker();
  }

  short version() {
    return header.apiVersion();
  }

  /** Returns the name the client gave itself. */
  String clientId() {
    String clientId = header.clientId();
    return clientId == null ? "" : clientId;
  }

  /** Says whether somebody still waits for the answer. */
  boolean open() {
    return !ended && connection.open();
  }

  /** Answers. */
  void answer(A answer) {
    if (end()) {
      connection.answer(apiKey, header, answer);
    }
  }

  /** Answers in the layout of another version than was asked, see KIP-511. */
  void answerIn(short version, A answer) {
    if (end()) {
      connection.answer(
          apiKey,
          new RequestHeader(header.apiKey(), version, header.correlationId(), header.clientId()),
          answer);
    }
  }

  /** Ends without an answer, where the protocol has none. */
  void silent() {
    if (end()) {
      connection.next();
    }
  }

  /** Closes the connection instead of answering. */
  void disconnect() {
    if (end()) {
      connection.close();
    }
  }

  private boolean end() {
    boolean first = !ended;
    ended = true;
    if (first && !connection.open()) {
      connection.note(apiKey + " answer comes too late");
    }
    return first && connection.open();
  }
}

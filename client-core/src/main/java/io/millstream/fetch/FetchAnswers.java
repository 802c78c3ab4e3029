package io.millstream.fetch;

import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.LeaderHint;
import io.millstream.cluster.Metadata;
import io.millstream.common.IsolationLevel;
import io.millstream.common.KafkaException;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.common.errors.TopicAuthorizationException;
import io.millstream.network.BrokerAddress;
import io.millstream.network.EventLoop;
import io.millstream.network.RepeatedLog;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FetchResponse.NodeEndpoint;
import io.millstream.protocol.FetchResponseCursor;
import io.millstream.protocol.Reaction;
import io.millstream.record.CorruptBatchException;
import io.millstream.record.RecordBatchCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes answers apart: batches go into the buffer and move the fetch position on to the end of the
 * last whole one; errors are reacted to by the error table. Owned by the event loop.
 */
final class FetchAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(FetchAnswers.class);

  private final EventLoop loop;
  private final Metadata metadata;
  private final FetchedBatches buffer;
  private final StartSearch search;
  private final LongConsumer planAfter;
  private final IsolationLevel isolation;
  private final RecordBatchCursor headers = new RecordBatchCursor();
  private final RepeatedLog log;
  private final List<FetchPosition> forbidden = new ArrayList<>();
  private boolean oversized;

  private record Hint(TopicPartition partition, int leaderId, int leaderEpoch) {}

  FetchAnswers(
      ClusterClient client,
      FetchedBatches buffer,
      StartSearch search,
      LongConsumer planAfter,
      IsolationLevel isolation) {
    this.loop = client.loop();
    this.metadata = client.metadata();
    this.buffer = buffer;
    this.search = search;
    this.planAfter = planAfter;
    this.isolation = isolation;
    this.log = new RepeatedLog(loop.environment().clock(), LOG);
  }

  /** Says whether the last answer was larger than the room there was, and is to be asked alone. */
  boolean oversized() {
    return oversized;
  }

  void planAfter(long delayNanos) {
    planAfter.accept(delayNanos);
  }

  /**
   * Takes an answer without an error of its own.
   *
   * @param wanted all positions that were asked for
   * @param asked the same as they were asked for
   */
  void take(
      BrokerAddress broker,
      FetchCall.Answer answer,
      List<FetchPosition> wanted,
      List<FetchSession.Asked> asked) {
    Map<TopicPartition, FetchPosition> positions = new HashMap<>();
    wanted.forEach(position -> positions.put(position.partition(), position));
    Map<Uuid, String> names = new HashMap<>();
    asked.forEach(one -> names.put(one.topicId(), one.partition().topic()));
    FetchedFrame frame = new FetchedFrame(answer.bytes());
    boolean admitted = buffer.admit(frame);
    oversized = !admitted;
    FetchResponseCursor cursor = answer.cursor();
    List<Hint> hints = new ArrayList<>();
    while (cursor.nextTopic()) {
      String topic = cursor.topic() != null ? cursor.topic() : names.get(cursor.topicId());
      while (cursor.nextPartition()) {
        FetchPosition position =
            positions.get(new TopicPartition(String.valueOf(topic), cursor.partitionIndex()));
        // One that has failed is told of twice; nothing of it can be taken any more.
        boolean failed = position != null && position.state() == FetchPosition.State.FAILED;
        if (position != null && !failed && search.isCurrent(position)) {
          take(broker, position, cursor, admitted ? frame : null);
          if (cursor.leaderId() >= 0) {
            hints.add(new Hint(position.partition(), cursor.leaderId(), cursor.leaderEpoch()));
          }
        }
      }
    }
    if (admitted) {
      buffer.done(frame);
    }
    tellForbidden(broker);
    if (!hints.isEmpty()) {
      follow(broker, hints, cursor.nodeEndpoints(), positions);
    }
  }

  /** Once for all topics of an answer. */
  private void tellForbidden(BrokerAddress broker) {
    if (forbidden.isEmpty()) {
      return;
    }
    Set<String> topics = new TreeSet<>();
    forbidden.forEach(position -> topics.add(position.partition().topic()));
    String text =
        "%s does not let this client read the topics %s: grant it READ on them, check which user it logs in as, or take them out of subscribe() or assign()"
            .formatted(broker, topics);
    buffer.tell(forbidden, Telling.once(new TopicAuthorizationException(text, topics)));
    forbidden.clear();
  }

  private void take(
      BrokerAddress broker,
      FetchPosition position,
      FetchResponseCursor cursor,
      @Nullable FetchedFrame frame) {
    ErrorCode error = ErrorCode.of(cursor.partitionErrorCode());
    if (error == ErrorCode.NONE && cursor.divergingEpoch() >= 0) {
      position.lost();
      search.truncated(position, cursor.divergingEpoch(), cursor.divergingEndOffset());
      return;
    }
    if (error == ErrorCode.NONE) {
      position
          .report()
          .fetched(
              isolation == IsolationLevel.READ_COMMITTED
                  ? cursor.lastStableOffset()
                  : cursor.highWatermark());
      ByteBuffer records = cursor.records();
      if (records != null && records.hasRemaining() && frame != null) {
        take(position, records, frame, AbortedTransactions.of(cursor));
      } else {
        position.answered();
      }
      return;
    }
    if (error.reactions().contains(Reaction.REFRESH_METADATA)) {
      position.waitForViewAfter(metadata.view().version());
      metadata.requestRefresh(broker + " answered " + error + " of " + position.partition());
    }
    String text =
        "%s answered %s to a fetch of %s at offset %d"
            .formatted(broker, error, position.partition(), position.offset());
    if (error == ErrorCode.OFFSET_OUT_OF_RANGE) {
      position.lost();
      search.outOfRange(position);
      return;
    }
    if (error == ErrorCode.TOPIC_AUTHORIZATION_FAILED) {
      forbidden.add(position);
    } else if (!error.retriable() && error != ErrorCode.UNKNOWN_SERVER_ERROR) {
      buffer.tell(List.of(position), Telling.once(error.exception(text)));
    }
    log.warn(loop.name() + ": " + text);
    backOff(position);
  }

  private void take(
      FetchPosition position, ByteBuffer records, FetchedFrame frame, AbortedTransactions aborted) {
    long nextOffset = position.offset();
    int lastEpoch = position.lastEpoch();
    int wholeBytes;
    headers.reset(records);
    try {
      while (headers.next()) {
        nextOffset = Math.max(nextOffset, headers.lastOffset() + 1);
        lastEpoch = headers.leaderEpoch();
      }
      wholeBytes = records.remaining() - headers.bytesOfPartialBatch();
    } catch (CorruptBatchException e) {
      // The cursor comes to the same batch and tells the user; nothing can be asked for behind it.
      LOG.debug("{}: {}: {}", loop.name(), position.partition(), e.getMessage());
      wholeBytes = records.remaining();
      position.fail();
    }
    if (wholeBytes == 0) {
      incomplete(position, records.remaining());
      return;
    }
    position.answered();
    ByteBuffer batches = records.slice(records.position(), wholeBytes);
    frame.use();
    position.heldBytes().addAndGet(wholeBytes);
    position.advance(nextOffset, lastEpoch);
    buffer.add(new Fetched.Batches(position, batches, frame, aborted));
  }

  /** A broker gives one batch at least as a whole, however large it is (KIP-74). */
  private void incomplete(FetchPosition position, int bytes) {
    String text =
        "The records of %s from offset %d on cannot be read: the broker sent %d bytes of a batch, and not all of it; if that goes on, the length in the batch is wrong: look at the log with kafka-dump-log, or seek past it"
            .formatted(position.partition(), position.offset(), bytes);
    buffer.tell(List.of(position), Telling.once(new KafkaException(text)));
    log.warn(loop.name() + ": " + text);
    backOff(position);
  }

  /** Tells the user of something that concerns all positions of a request. */
  void fail(List<FetchPosition> wanted, RuntimeException failure) {
    buffer.tell(wanted, Telling.once(failure));
  }

  private void backOff(FetchPosition position) {
    long pauseNanos =
        metadata.settings().retry().backoffNanos(position.failed(), loop.environment().random());
    position.waitUntil(loop.nanoTime() + pauseNanos);
    planAfter.accept(pauseNanos);
  }

  /** The broker told who leads now (KIP-951), so there is no need to wait. */
  private void follow(
      BrokerAddress broker,
      List<Hint> told,
      List<NodeEndpoint> endpoints,
      Map<TopicPartition, FetchPosition> positions) {
    Map<Integer, BrokerAddress> nodes = new HashMap<>();
    for (NodeEndpoint node : endpoints) {
      nodes.put(
          node.nodeId(), new BrokerAddress(node.nodeId(), node.host(), node.port(), node.rack()));
    }
    List<LeaderHint> hints = new ArrayList<>();
    for (Hint hint : told) {
      BrokerAddress leader = nodes.get(hint.leaderId);
      if (leader != null) {
        hints.add(new LeaderHint(hint.partition, leader, hint.leaderEpoch));
      }
    }
    metadata.newLeaderHints(hints);
    for (LeaderHint hint : hints) {
      TopicPartition partition = hint.partition();
      BrokerAddress leader = metadata.view().leader(partition.topic(), partition.partition());
      FetchPosition position = positions.get(partition);
      // What is known already may be newer than what the broker tells.
      if (position != null && leader != null && !leader.equals(broker)) {
        position.waitUntil(loop.nanoTime());
        planAfter.accept(0);
      }
    }
  }
}

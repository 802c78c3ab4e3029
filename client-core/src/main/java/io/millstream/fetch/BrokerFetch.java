package io.millstream.fetch;

import io.millstream.cluster.ClusterClient;
import io.millstream.cluster.ClusterView;
import io.millstream.cluster.PartitionView;
import io.millstream.cluster.TopicView;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.network.BrokerAddress;
import io.millstream.network.Call;
import io.millstream.network.EventLoop;
import io.millstream.network.Purpose;
import io.millstream.network.ReadyListener;
import io.millstream.network.RepeatedLog;
import io.millstream.network.Reply;
import io.millstream.network.RequestFailure;
import io.millstream.protocol.ErrorCode;
import io.millstream.protocol.FetchRequest;
import io.millstream.protocol.FetchRequest.FetchPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetching from one broker: its session, and the request that is under way. Owned by the loop. */
final class BrokerFetch {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerFetch.class);
  private static final int NO_EPOCH = -1;
  private static final long NO_OFFSET = -1;

  private final ClusterClient client;
  private final EventLoop loop;
  private final BrokerAddress broker;
  private final FetchSettings settings;
  private final FetchAnswers answers;
  private final Consumer<List<FetchPosition>> whenAnswered;
  private final FetchSession session = new FetchSession();
  private final RepeatedLog log;
  private boolean connecting;
  private int askedBytes;
  private long notBeforeNanos;
  private int failures;

  BrokerFetch(
      ClusterClient client,
      BrokerAddress broker,
      FetchSettings settings,
      FetchAnswers answers,
      Consumer<List<FetchPosition>> whenAnswered) {
    this.client = client;
    this.loop = client.loop();
    this.broker = broker;
    this.settings = settings;
    this.answers = answers;
    this.whenAnswered = whenAnswered;
    this.log = new RepeatedLog(loop.environment().clock(), LOG);
    this.notBeforeNanos = loop.nanoTime();
  }

  /** Says whether a request may be sent now; connects first where that is needed. */
  boolean free() {
    return askedBytes == 0 && notBeforeNanos - loop.nanoTime() <= 0 && connected();
  }

  /**
   * Nothing is asked for before: a broker that hangs would keep partitions that others lead by now.
   */
  private boolean connected() {
    boolean ready = client.connections().ready(broker, Purpose.FETCH);
    if (!ready && !connecting) {
      connecting = true;
      client
          .connections()
          .whenReady(
              broker,
              Purpose.FETCH,
              new ReadyListener() {
                @Override
                public void ready() {
                  connecting = false;
                  answers.planAfter(0);
                }

                @Override
                public void unreachable(RequestFailure failure) {
                  connecting = false;
                  unanswered(failure, List.of());
                }
              });
    }
    return ready;
  }

  /** Returns how many bytes the request under way asks for; 0 if there is none. */
  int askedBytes() {
    return askedBytes;
  }

  void fetch(List<FetchPosition> wanted, int maxBytes) {
    ClusterView view = client.metadata().view();
    List<FetchSession.Asked> asked = new ArrayList<>(wanted.size());
    boolean topicIds = true;
    for (FetchPosition position : wanted) {
      position.asked(true);
      TopicPartition partition = position.partition();
      TopicView topic = view.topic(partition.topic());
      Uuid id = topic == null ? Uuid.ZERO_UUID : topic.topicId();
      topicIds &= !id.equals(Uuid.ZERO_UUID);
      asked.add(new FetchSession.Asked(partition, id, what(position, view)));
    }
    FetchSession.Next next = session.next(asked, topicIds);
    FetchRequest request =
        FetchRequest.defaults()
            .withMaxWaitMs(settings.maxWaitMillis())
            .withMinBytes(settings.sizes().minBytes())
            .withMaxBytes(maxBytes)
            .withIsolationLevel(settings.isolation().id())
            .withSessionId(next.id())
            .withSessionEpoch(next.epoch())
            .withTopics(next.topics())
            .withForgottenTopicsData(next.forgotten());
    askedBytes = maxBytes;
    long timeoutNanos =
        settings.requestTimeoutNanos() + TimeUnit.MILLISECONDS.toNanos(settings.maxWaitMillis());
    client
        .connections()
        .send(
            broker,
            Purpose.FETCH,
            new Call<>(
                new FetchCall(request, topicIds),
                timeoutNanos,
                new Reply<>() {
                  @Override
                  public void answered(FetchCall.Answer answer, short version) {
                    take(answer, wanted, asked);
                  }

                  @Override
                  public void failed(RequestFailure failure) {
                    unanswered(failure, wanted);
                  }
                }));
  }

  private FetchPartition what(FetchPosition position, ClusterView view) {
    TopicPartition partition = position.partition();
    PartitionView known = view.partition(partition.topic(), partition.partition());
    return FetchPartition.defaults()
        .withPartition(partition.partition())
        .withCurrentLeaderEpoch(known == null ? NO_EPOCH : known.leaderEpoch())
        .withFetchOffset(position.offset())
        .withLastFetchedEpoch(position.lastEpoch())
        .withLogStartOffset(NO_OFFSET)
        .withPartitionMaxBytes(settings.sizes().maxPartitionBytes());
  }

  private void take(
      FetchCall.Answer answer, List<FetchPosition> wanted, List<FetchSession.Asked> asked) {
    askedBytes = 0;
    ErrorCode error = ErrorCode.of(answer.cursor().errorCode());
    switch (error) {
      case NONE -> {
        failures = 0;
        log.reset();
        session.answered(answer.cursor().sessionId());
        answers.take(broker, answer, wanted, asked);
      }
      case FETCH_SESSION_ID_NOT_FOUND,
          INVALID_FETCH_SESSION_EPOCH,
          FETCH_SESSION_TOPIC_ID_ERROR -> {
        LOG.debug("{}: {} answered {}; a new session begins", loop.name(), broker, error);
        session.forget();
        if (++failures > 1) {
          backOff();
        }
      }
      default -> {
        log.warn("%s: %s answered %s to a fetch".formatted(loop.name(), broker, error));
        session.reset();
        client.metadata().requestRefresh(broker + " answered " + error + " to a fetch");
        failures++;
        backOff();
      }
    }
    whenAnswered.accept(wanted);
  }

  private void unanswered(RequestFailure failure, List<FetchPosition> wanted) {
    askedBytes = 0;
    session.reset();
    failures++;
    switch (failure.kind()) {
      case NOT_SENT, SENT_UNANSWERED, TIMED_OUT ->
          client.metadata().requestRefresh("a fetch got no answer");
      case UNSUPPORTED_VERSION, MALFORMED -> answers.fail(wanted, failure.exception());
      case CLOSED -> {
        return;
      }
    }
    backOff();
    whenAnswered.accept(wanted);
  }

  private void backOff() {
    long pauseNanos =
        client
            .metadata()
            .settings()
            .retry()
            .backoffNanos(Math.max(1, failures), loop.environment().random());
    notBeforeNanos = loop.nanoTime() + pauseNanos;
    answers.planAfter(pauseNanos);
  }
}

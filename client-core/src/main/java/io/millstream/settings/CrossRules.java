package io.millstream.settings;

import static io.millstream.clients.CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG;
import static io.millstream.clients.CommonClientConfigs.CLIENT_ID_CONFIG;
import static io.millstream.clients.CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG;
import static io.millstream.clients.CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG;
import static io.millstream.clients.CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG;
import static io.millstream.clients.CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG;
import static io.millstream.clients.CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG;
import static io.millstream.clients.CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG;
import static io.millstream.clients.CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG;
import static io.millstream.clients.CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG;
import static io.millstream.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static io.millstream.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;
import static io.millstream.clients.consumer.ConsumerConfig.GROUP_INSTANCE_ID_CONFIG;
import static io.millstream.clients.consumer.ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG;
import static io.millstream.clients.consumer.ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.ACKS_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.CLIENT_RACK_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.LINGER_MS_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION;
import static io.millstream.clients.producer.ProducerConfig.PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.PARTITIONER_AVAILABILITY_TIMEOUT_MS_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.PARTITIONER_CLASS_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.PARTITIONER_RACK_AWARE_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.RETRIES_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.TRANSACTIONAL_ID_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
import static io.millstream.clients.producer.ProducerConfig.TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's rules among several keys, and the defaults that depend on other keys. */
final class CrossRules {

  private static final Logger LOG = LoggerFactory.getLogger(CrossRules.class);

  private static final int MOST_IN_FLIGHT_WITH_IDEMPOTENCE = 5;

  private static final AtomicInteger PRODUCERS = new AtomicInteger();
  private static final AtomicInteger CONSUMERS = new AtomicInteger();
  private static final AtomicInteger ADMINS = new AtomicInteger();

  private CrossRules() {}

  static void producer(Draft draft) {
    String transactionalId = draft.text(TRANSACTIONAL_ID_CONFIG);
    nameClient(
        draft,
        transactionalId == null
            ? "producer-" + PRODUCERS.incrementAndGet()
            : "producer-" + transactionalId);
    limitsAreNotBelowFirstWaits(draft);
    everyAckIsAll(draft);
    idempotence(draft);
    transactionsOfTwoPhases(draft);
    deliveryCoversLingerAndRequest(draft);
    partitioning(draft);
  }

  static void consumer(Draft draft) {
    nameClient(draft, consumerName(draft));
    limitsAreNotBelowFirstWaits(draft);
    group(draft);
    heartbeatsFitIntoSession(draft);
  }

  static void admin(Draft draft) {
    nameClient(draft, "adminclient-" + ADMINS.incrementAndGet());
    if (!draft.given(BOOTSTRAP_SERVERS_CONFIG)) {
      draft.wrong(BOOTSTRAP_SERVERS_CONFIG, "is required");
    }
    limitsAreNotBelowFirstWaits(draft);
    callCoversRequest(draft);
  }

  private static String consumerName(Draft draft) {
    String group = draft.text(GROUP_ID_CONFIG);
    String instance = draft.text(GROUP_INSTANCE_ID_CONFIG);
    if (group == null) {
      return "consumer-" + CONSUMERS.incrementAndGet();
    }
    return "consumer-%s-%s"
        .formatted(group, instance == null ? CONSUMERS.incrementAndGet() : instance);
  }

  private static void nameClient(Draft draft, String name) {
    String given = draft.text(CLIENT_ID_CONFIG);
    if (given == null || given.isEmpty()) {
      draft.set(CLIENT_ID_CONFIG, name);
    }
  }

  /** {@code -1} is another spelling of {@code all}. */
  private static void everyAckIsAll(Draft draft) {
    if ("-1".equals(draft.text(ACKS_CONFIG))) {
      draft.set(ACKS_CONFIG, "all");
    }
  }

  /**
   * Idempotence needs acks=all, retries, and at most five requests in flight. Where it was not
   * asked for, acks and retries that exclude it turn it off; where it was, they are an error.
   */
  private static void idempotence(Draft draft) {
    if (!draft.sound(
        ENABLE_IDEMPOTENCE_CONFIG,
        ACKS_CONFIG,
        RETRIES_CONFIG,
        MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION)) {
      return;
    }
    if (draft.flag(ENABLE_IDEMPOTENCE_CONFIG)) {
      if (draft.number(MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION) > MOST_IN_FLIGHT_WITH_IDEMPOTENCE) {
        draft.wrong(
            MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
            "must be at most 5 with enable.idempotence=true; lower it, or set"
                + " enable.idempotence=false");
      }
      if (draft.number(RETRIES_CONFIG) == 0) {
        excludesIdempotence(draft, RETRIES_CONFIG, "must not be 0 with enable.idempotence=true");
      }
      if (!"all".equals(draft.text(ACKS_CONFIG))) {
        excludesIdempotence(draft, ACKS_CONFIG, "must be all with enable.idempotence=true");
      }
    }
    if (draft.given(TRANSACTIONAL_ID_CONFIG) && !draft.flag(ENABLE_IDEMPOTENCE_CONFIG)) {
      draft.wrong(TRANSACTIONAL_ID_CONFIG, "needs idempotence, which is off");
    }
  }

  /** Transactions that stay open until they are ended have no time-out. */
  private static void transactionsOfTwoPhases(Draft draft) {
    if (!draft.sound(TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG)
        || !draft.flag(TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG)) {
      return;
    }
    if (draft.text(TRANSACTIONAL_ID_CONFIG) == null) {
      draft.wrong(TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG, "needs a transactional.id");
    }
    if (draft.given(TRANSACTION_TIMEOUT_CONFIG)) {
      draft.wrong(
          TRANSACTION_TIMEOUT_CONFIG,
          "does not apply with transaction.two.phase.commit.enable=true, where the brokers wait"
              + " for ever; leave one of the two out");
    }
  }

  private static void excludesIdempotence(Draft draft, String key, String rule) {
    if (draft.given(ENABLE_IDEMPOTENCE_CONFIG)) {
      draft.wrong(key, rule);
    } else {
      LOG.info("{}: idempotence is off, since {} excludes it", draft.clientId(), key);
      draft.set(ENABLE_IDEMPOTENCE_CONFIG, false);
    }
  }

  /** Kafka refuses a rack-aware producer without a rack, and says nothing of the others. */
  private static void partitioning(Draft draft) {
    String rack = draft.text(CLIENT_RACK_CONFIG);
    if (draft.flag(PARTITIONER_RACK_AWARE_CONFIG) && (rack == null || rack.isBlank())) {
      draft.wrong(PARTITIONER_RACK_AWARE_CONFIG, "needs client.rack");
    }
    if (draft.given(PARTITIONER_CLASS_CONFIG)) {
      for (String key :
          List.of(
              PARTITIONER_IGNORE_KEYS_CONFIG,
              PARTITIONER_AVAILABILITY_TIMEOUT_MS_CONFIG,
              PARTITIONER_RACK_AWARE_CONFIG)) {
        warnOfNoEffect(draft, key, "with partitioner.class");
      }
    } else if (!draft.flag(PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG)) {
      warnOfNoEffect(
          draft,
          PARTITIONER_AVAILABILITY_TIMEOUT_MS_CONFIG,
          "without partitioner.adaptive.partitioning.enable");
    }
  }

  private static void warnOfNoEffect(Draft draft, String key, String where) {
    if (draft.given(key)) {
      LOG.warn("{}: {} has no effect {}", draft.clientId(), key, where);
    }
  }

  /** A record may linger and must then have time for one request. */
  private static void deliveryCoversLingerAndRequest(Draft draft) {
    if (!draft.sound(DELIVERY_TIMEOUT_MS_CONFIG, LINGER_MS_CONFIG, REQUEST_TIMEOUT_MS_CONFIG)) {
      return;
    }
    long least =
        Math.min(draft.number(LINGER_MS_CONFIG), Integer.MAX_VALUE)
            + draft.number(REQUEST_TIMEOUT_MS_CONFIG);
    least = Math.min(least, Integer.MAX_VALUE);
    if (draft.number(DELIVERY_TIMEOUT_MS_CONFIG) >= least) {
      return;
    }
    if (draft.given(DELIVERY_TIMEOUT_MS_CONFIG)) {
      draft.wrong(
          DELIVERY_TIMEOUT_MS_CONFIG,
          "must be at least linger.ms plus request.timeout.ms, which is " + least);
    } else {
      LOG.warn(
          "{}: {} is raised to {}: linger.ms plus request.timeout.ms",
          draft.clientId(),
          DELIVERY_TIMEOUT_MS_CONFIG,
          least);
      draft.set(DELIVERY_TIMEOUT_MS_CONFIG, (int) least);
    }
  }

  /** Without a group nothing can be committed, so auto commit is off unless it was asked for. */
  private static void group(Draft draft) {
    String group = draft.text(GROUP_ID_CONFIG);
    if (group == null) {
      if (draft.given(ENABLE_AUTO_COMMIT_CONFIG) && draft.flag(ENABLE_AUTO_COMMIT_CONFIG)) {
        draft.wrong(ENABLE_AUTO_COMMIT_CONFIG, "needs a group.id");
      }
      draft.set(ENABLE_AUTO_COMMIT_CONFIG, false);
      if (draft.given(GROUP_INSTANCE_ID_CONFIG)) {
        draft.wrong(GROUP_INSTANCE_ID_CONFIG, "needs a group.id");
      }
    } else if (group.isBlank()) {
      draft.wrong(GROUP_ID_CONFIG, "must not be empty; leave it out for a consumer without group");
    }
  }

  private static void heartbeatsFitIntoSession(Draft draft) {
    if (draft.sound(HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MS_CONFIG)
        && draft.number(HEARTBEAT_INTERVAL_MS_CONFIG) >= draft.number(SESSION_TIMEOUT_MS_CONFIG)) {
      draft.wrong(
          HEARTBEAT_INTERVAL_MS_CONFIG,
          "must be less than session.timeout.ms, which is "
              + draft.number(SESSION_TIMEOUT_MS_CONFIG)
              + "; a third of it is usual");
    }
  }

  /** A call of the admin client must have time for one request. */
  private static void callCoversRequest(Draft draft) {
    if (!draft.sound(DEFAULT_API_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS_CONFIG)) {
      return;
    }
    long request = draft.number(REQUEST_TIMEOUT_MS_CONFIG);
    if (draft.number(DEFAULT_API_TIMEOUT_MS_CONFIG) >= request) {
      return;
    }
    if (draft.given(DEFAULT_API_TIMEOUT_MS_CONFIG)) {
      draft.wrong(
          DEFAULT_API_TIMEOUT_MS_CONFIG,
          "must be at least request.timeout.ms, which is " + request);
    } else {
      LOG.warn(
          "{}: {} is raised to request.timeout.ms, {}",
          draft.clientId(),
          DEFAULT_API_TIMEOUT_MS_CONFIG,
          request);
      draft.set(DEFAULT_API_TIMEOUT_MS_CONFIG, (int) request);
    }
  }

  private static void limitsAreNotBelowFirstWaits(Draft draft) {
    warnWhereBelow(draft, RETRY_BACKOFF_MAX_MS_CONFIG, RETRY_BACKOFF_MS_CONFIG);
    warnWhereBelow(draft, RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_BACKOFF_MS_CONFIG);
    warnWhereBelow(
        draft,
        SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
        SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG);
  }

  private static void warnWhereBelow(Draft draft, String limitKey, String firstKey) {
    if (draft.sound(limitKey, firstKey)
        && draft.given(limitKey)
        && draft.number(limitKey) < draft.number(firstKey)) {
      LOG.warn(
          "{}: {}={} is below {}={}, which is then used for every attempt",
          draft.clientId(),
          limitKey,
          draft.number(limitKey),
          firstKey,
          draft.number(firstKey));
    }
  }
}

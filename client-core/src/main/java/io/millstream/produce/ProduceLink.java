package io.millstream.produce;

import io.millstream.cluster.LeaderHint;
import io.millstream.common.TopicPartition;
import io.millstream.common.Uuid;
import io.millstream.network.BrokerAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sender needs of the cluster and the connections to it. Owned by the event loop. */
interface ProduceLink {

  /** Returns who leads a partition, null while that is not known. */
  @Nullable BrokerAddress leader(TopicPartition partition);

  /** Returns the id of a topic, zero where none is known. */
  Uuid topicId(String topic);

  /** Notes that a topic is in use, so that it stays known. */
  void use(String topic);

  /** Has the cluster asked anew. */
  void refresh(String reason);

  /** Takes over what a broker said about leaders. */
  void hint(List<LeaderHint> leaders);

  /** Says whether a request to a broker would be written at once. */
  boolean usable(BrokerAddress broker);

  /**
   * Has a broker connected to.
   *
   * @param looksAgain run once when the broker can be used or the attempt has failed, never within
   *     this call
   */
  void connect(BrokerAddress broker, Runnable looksAgain);

  /** Says whether a broker has asked this client to be quiet, and the time is not over. */
  boolean throttled(BrokerAddress broker);

  /** Returns why a broker cannot be used, as a sentence, null if nothing is known. */
  @Nullable String obstacle(BrokerAddress broker);

  /** Returns how many requests to a broker are not answered. */
  int inFlight(BrokerAddress broker);

  /** Sends a request; it learns of its end later, never within this call. */
  void send(BrokerAddress broker, ProduceCall call);

  /** Returns what stands in the way of knowing a topic, as the end of a sentence. */
  String difficulty(String topic);
}

package io.millstream.protocol;

import io.millstream.common.Uuid;
import io.millstream.wire.WireWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a Produce request whose batches are attached, not copied: the hot path's twin of {@link
 * ProduceRequest}. For one thread at a time; never blocks.
 *
 * <p>The calls come in the order of the bytes: {@link #begin}, then for each topic {@link #topic}
 * and its {@link #partition}s, then {@link #end}. Counts that were announced must be kept.
 *
 * <pre>
 *   transactionalId, acks, timeoutMs
 *   topics      name (to version 12) or topicId (from 13)
 *     partitions  index, length, batches
 *   from version 9: compact lengths, and tagged fields behind each structure
 * </pre>
 */
public final class ProduceRequestWriter {

  /** The newest version that names topics; later ones need the id of every topic. */
  public static final short NEWEST_WITH_TOPIC_NAMES = 12;

  private final WireWriter out;
  private final short version;
  private final boolean compact;
  private int topicsLeft;
  private int partitionsLeft;
  private boolean insideTopic;

  /**
   * Creates the writer of one request.
   *
   * @param out where to
   * @param version the version to write
   * @throws io.millstream.common.errors.UnsupportedVersionException if it is not implemented here
   */
  public ProduceRequestWriter(WireWriter out, short version) {
    ApiKey.PRODUCE.requireVersion(version);
    this.out = out;
    this.version = version;
    this.compact = ApiKey.PRODUCE.flexible(version);
  }

  /**
   * Writes what stands in front of the topics.
   *
   * @param transactionalId the transactional id, or null
   * @param acks 0, 1 or -1 (all)
   * @param timeoutMs how long the broker may wait for its replicas, in milliseconds
   * @param topics how many topics follow
   */
  public void begin(@Nullable String transactionalId, short acks, int timeoutMs, int topics) {
    out.writeString(transactionalId, compact);
    out.writeShort(acks);
    out.writeInt(timeoutMs);
    out.writeLength(topics, compact);
    topicsLeft = topics;
  }

  /**
   * Begins a topic.
   *
   * @param name its name
   * @param topicId its id, zero where unknown
   * @param partitions how many partitions follow
   * @throws IllegalArgumentException if the version needs the id and it is zero
   */
  public void topic(String name, Uuid topicId, int partitions) {
    endTopic();
    topicsLeft--;
    if (version <= NEWEST_WITH_TOPIC_NAMES) {
      out.writeString(name, compact);
    } else if (topicId.equals(Uuid.ZERO_UUID)) {
      throw new IllegalArgumentException(
          "Version " + version + " of Produce needs the id of the topic " + name);
    } else {
      out.writeUuid(topicId);
    }
    out.writeLength(partitions, compact);
    partitionsLeft = partitions;
    insideTopic = true;
  }

  /**
   * Writes one partition.
   *
   * @param index the partition
   * @param batches its record batches, from position to limit of each buffer; attached as they are
   */
  public void partition(int index, ByteBuffer... batches) {
    partitionsLeft--;
    out.writeInt(index);
    int bytes = 0;
    for (ByteBuffer batch : batches) {
      bytes = Math.addExact(bytes, batch.remaining());
    }
    out.writeLength(bytes, compact);
    for (ByteBuffer batch : batches) {
      out.attach(batch);
    }
    endStructure();
  }

  /**
   * Ends the request.
   *
   * @throws IllegalStateException if there were more or fewer topics or partitions than announced
   */
  public void end() {
    endTopic();
    if (topicsLeft != 0) {
      throw new IllegalStateException(topicsLeft + " announced topics were not written");
    }
    endStructure();
  }

  private void endTopic() {
    if (partitionsLeft != 0) {
      throw new IllegalStateException(partitionsLeft + " announced partitions were not written");
    }
    if (insideTopic) {
      endStructure();
    }
  }

  private void endStructure() {
    if (compact) {
      out.writeUnsignedVarint(0);
    }
  }
}

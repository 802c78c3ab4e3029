package io.millstream.common;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A broker of the cluster. Immutable. */
public class Node {

  private static final Node NO_NODE = new Node(-1, "", -1);

  private final int id;
  private final String idString;
  private final String host;
  private final int port;
  private final @Nullable String rack;
  private final boolean isFenced;

  /**
   * Describes a broker that has no rack.
   *
   * @param id the id of the broker
   * @param host where it listens
   * @param port where it listens
   */
  public Node(int id, String host, int port) {
    this(id, host, port, null);
  }

  /**
   * Describes a broker.
   *
   * @param id the id of the broker
   * @param host where it listens
   * @param port where it listens
   * @param rack its rack; null for none
   */
  public Node(int id, String host, int port, @Nullable String rack) {
    this(id, host, port, rack, false);
  }

  /**
   * Describes a broker.
   *
   * @param id the id of the broker
   * @param host where it listens
   * @param port where it listens
   * @param rack its rack; null for none
   * @param isFenced whether the controller has fenced it
   */
  public Node(int id, String host, int port, @Nullable String rack, boolean isFenced) {
    this(id, host, port, rack, isFenced, Integer.toString(id));
  }

  /**
   * Describes a broker under a text of its own.
   *
   * @param id the id of the broker
   * @param host where it listens
   * @param port where it listens
   * @param rack its rack; null for none
   * @param isFenced whether the controller has fenced it
   * @param idString what {@link #idString} returns
   */
  protected Node(
      int id, String host, int port, @Nullable String rack, boolean isFenced, String idString) {
    this.id = id;
    this.host = host;
    this.port = port;
    this.rack = rack;
    this.isFenced = isFenced;
    this.idString = idString;
  }

  /** Returns the node that stands for "none": its id is -1 and its host empty. */
  public static Node noNode() {
    return NO_NODE;
  }

  /** Says whether host or port are missing, as with {@link #noNode}. */
  public boolean isEmpty() {
    return host == null || host.isEmpty() || port < 0;
  }

  /** Returns the id of the broker. */
  public int id() {
    return id;
  }

  /** Returns the id as text. */
  public String idString() {
    return idString;
  }

  /** Returns the host it listens on. */
  public String host() {
    return host;
  }

  /** Returns the port it listens on. */
  public int port() {
    return port;
  }

  /** Says whether the broker has a rack. */
  public boolean hasRack() {
    return rack != null;
  }

  /** Returns the rack, or null for none. */
  public @Nullable String rack() {
    return rack;
  }

  /** Says whether the controller has fenced the broker. */
  public boolean isFenced() {
    return isFenced;
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, host, port, rack, isFenced);
  }

  @Override
  public boolean equals(@Nullable Object obj) {
    return obj instanceof Node other
        && id == other.id
        && port == other.port
        && isFenced == other.isFenced
        && Objects.equals(host, other.host)
        && Objects.equals(rack, other.rack);
  }

  @Override
  public String toString() {
    return host
        + ":"
        + port
        + " (id: "
        + idString
        + " rack: "
        + rack
        + " isFenced: "
        + isFenced
        + ")";
  }
}

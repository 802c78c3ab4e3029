package io.millstream.network;

/**
 * Settings of a socket.
 *
 * @param sendBufferBytes size of the send buffer, {@link #SYSTEM_DEFAULT} leaves it to the system
 * @param receiveBufferBytes size of the receive buffer, {@link #SYSTEM_DEFAULT} leaves it to the
 *     system
 */
public record ChannelOptions(int sendBufferBytes, int receiveBufferBytes) {

  /** The size that the operating system chooses. */
  public static final int SYSTEM_DEFAULT = -1;
}

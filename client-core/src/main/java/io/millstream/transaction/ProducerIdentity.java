package io.millstream.transaction;

/**
 * Who a producer is to the brokers (KIP-98).
 *
 * @param producerId given by the cluster, -1 for none
 * @param epoch tells later from earlier lives of the same id, -1 for none
 */
public record ProducerIdentity(long producerId, short epoch) {

  /** Of a producer that does not number its batches. */
  public static final ProducerIdentity NONE = new ProducerIdentity(-1, (short) -1);

  /** Says whether no later epoch of this id is left. */
  public boolean exhausted() {
    return epoch == Short.MAX_VALUE;
  }

  /** Returns the same id in its next epoch. */
  public ProducerIdentity next() {
    if (exhausted()) {
      throw new IllegalStateException("Producer id " + producerId + " has no epoch left");
    }
    return new ProducerIdentity(producerId, (short) (epoch + 1));
  }
}

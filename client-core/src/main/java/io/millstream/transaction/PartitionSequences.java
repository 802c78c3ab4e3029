package io.millstream.transaction;

/**
 * The numbers that one partition's records get. They run from 0 to 2³¹−1 and then again from 0, for
 * each identity anew. Owned by the event loop.
 */
public final class PartitionSequences {

  private ProducerIdentity identity = ProducerIdentity.NONE;
  private int next;

  /** Returns under which identity the numbers run; {@link ProducerIdentity#NONE} at first. */
  public ProducerIdentity identity() {
    return identity;
  }

  /** Begins at 0 under another identity. */
  public void restart(ProducerIdentity other) {
    identity = other;
    next = 0;
  }

  /**
   * Gives numbers to the records of a batch.
   *
   * @param records how many
   * @return the number of the first one
   */
  public int assign(int records) {
    int base = next;
    next = plus(base, records);
    return base;
  }

  /** Returns the number that comes so many records later. */
  public static int plus(int sequence, int records) {
    return (int) ((sequence + (long) records) & Integer.MAX_VALUE);
  }
}

package io.millstream.benchmarks.producer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** Values that look like events and compress as such; the same in every run. */
public final class Values {

  /** More than fit into a batch, so that no codec meets a value twice. */
  private static final int COUNT = 8_192;

  private static final String[] ACTIONS = {"view", "search", "add-to-basket", "buy", "sign-in"};

  private final byte[][] values = new byte[COUNT][];

  /**
   * Makes the values.
   *
   * @param bytes how long each is
   */
  public Values(int bytes) {
    Random random = new Random(17);
    for (int i = 0; i < COUNT; i++) {
      StringBuilder text = new StringBuilder(bytes + 80);
      while (text.length() < bytes) {
        text.append(
            String.format(
                Locale.ROOT,
                "{\"at\":%d,\"user\":\"%08x\",\"action\":\"%s\",\"item\":%d,\"ms\":%d}",
                1_700_000_000_000L + random.nextInt(100_000_000),
                random.nextInt(),
                ACTIONS[random.nextInt(ACTIONS.length)],
                random.nextInt(50_000),
                random.nextInt(900)));
      }
      values[i] = text.substring(0, bytes).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Returns one of them; after the last comes the first. */
  public byte[] get(long index) {
    return values[(int) index & (COUNT - 1)];
  }
}

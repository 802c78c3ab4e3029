package io.millstream.record;

import io.millstream.common.header.Header;
import io.millstream.wire.Varint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A header that was read from a record. */
final class ReceivedHeader implements Header {

  private final String key;
  private final byte @Nullable [] value;

  private ReceivedHeader(String key, byte @Nullable [] value) {
    this.key = key;
    this.value = value;
  }

  /** Reads a header that was found sound before, and moves on behind it. */
  static Header read(ByteBuffer in) {
    byte[] key = new byte[Varint.getInt(in)];
    in.get(key);
    int valueBytes = Varint.getInt(in);
    if (valueBytes < 0) {
      return new ReceivedHeader(new String(key, StandardCharsets.UTF_8), null);
    }
    byte[] value = new byte[valueBytes];
    in.get(value);
    return new ReceivedHeader(new String(key, StandardCharsets.UTF_8), value);
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public byte @Nullable [] value() {
    return value;
  }
}

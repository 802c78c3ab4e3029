package io.millstream.common.header.internals;

import io.millstream.common.header.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A header of a record. */
public class RecordHeader implements Header {

  private final String key;
  private final byte @Nullable [] value;

  /**
   * Creates a header.
   *
   * @param key the key
   * @param value the value, not copied; may be null
   */
  public RecordHeader(String key, byte @Nullable [] value) {
    this.key = Objects.requireNonNull(key, "A header needs a key");
    this.value = value;
  }

  /**
   * Creates a header from bytes, which are copied at once; the buffers stay as they are.
   *
   * @param keyBuffer the key in UTF-8
   * @param valueBuffer the value; may be null
   */
  public RecordHeader(ByteBuffer keyBuffer, @Nullable ByteBuffer valueBuffer) {
    Objects.requireNonNull(keyBuffer, "A header needs a key");
    this.key = StandardCharsets.UTF_8.decode(keyBuffer.duplicate()).toString();
    if (valueBuffer == null) {
      this.value = null;
    } else {
      byte[] bytes = new byte[valueBuffer.remaining()];
      valueBuffer.duplicate().get(bytes);
      this.value = bytes;
    }
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public byte @Nullable [] value() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof RecordHeader other
        && key.equals(other.key)
        && Arrays.equals(value, other.value);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "RecordHeader(key = " + key + ", value = " + Arrays.toString(value) + ")";
  }
}

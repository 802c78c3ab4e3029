package io.millstream.common.serialization;

import io.millstream.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Hands bytes over as they are, without a copy. */
public class BytesSerializer implements Serializer<Bytes> {

  /** Creates the serializer. */
  public BytesSerializer() {}

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable Bytes data) {
    return data == null ? null : data.get();
  }
}

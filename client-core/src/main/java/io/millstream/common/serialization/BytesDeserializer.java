package io.millstream.common.serialization;

import io.millstream.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Wraps bytes as they are, without a copy. */
public class BytesDeserializer implements Deserializer<Bytes> {

  /** Creates the deserializer. */
  public BytesDeserializer() {}

  @Override
  public @Nullable Bytes deserialize(String topic, byte @Nullable [] data) {
    return Bytes.wrap(data);
  }
}

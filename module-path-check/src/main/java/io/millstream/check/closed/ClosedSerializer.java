package io.millstream.check.closed;

import io.millstream.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A plug-in whose package is not open to the client. */
public final class ClosedSerializer implements Serializer<String> {

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable String data) {
    return null;
  }
}

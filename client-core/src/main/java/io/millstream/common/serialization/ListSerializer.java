package io.millstream.common.serialization;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.common.config.ConfigException;
import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.Headers;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes lists, each entry with a serializer of its own; entries may be null.
 *
 * @param <Inner> type of the entries
 */
public class ListSerializer<Inner> implements Serializer<List<Inner>> {

  private @Nullable Serializer<Inner> inner;

  /**
   * Creates a serializer that takes the serializer of the entries from the settings {@code
   * default.list.key.serde.inner} or {@code default.list.value.serde.inner}.
   */
  public ListSerializer() {}

  /**
   * Creates a serializer.
   *
   * @param inner writes the entries
   * @throws IllegalArgumentException if it is null
   */
  public ListSerializer(Serializer<Inner> inner) {
    if (inner == null) {
      throw new IllegalArgumentException("A list needs a serializer of its entries, not null");
    }
    this.inner = inner;
  }

  /** {@return the serializer of the entries; null where none is known yet} */
  public @Nullable Serializer<Inner> getInnerSerializer() {
    return inner;
  }

  /**
   * Takes the serializer of the entries.
   *
   * @throws ConfigException if there is one already, or the setting is missing or wrong
   */
  @Override
  @SuppressWarnings("unchecked") // the application says what the entries are
  public void configure(Map<String, ?> configs, boolean isKey) {
    if (inner != null) {
      throw new ConfigException("A list serializer was given a serializer of its entries already");
    }
    Serializer<Inner> configured =
        (Serializer<Inner>)
            ListSettings.inner(
                    configs,
                    isKey
                        ? CommonClientConfigs.DEFAULT_LIST_KEY_SERDE_INNER_CLASS
                        : CommonClientConfigs.DEFAULT_LIST_VALUE_SERDE_INNER_CLASS)
                .serializer();
    configured.configure(configs, isKey);
    inner = configured;
  }

  @Override
  public byte @Nullable [] serialize(String topic, @Nullable List<Inner> data) {
    Serializer<Inner> entries = inner();
    return data == null ? null : write(data, entry -> entries.serialize(topic, entry));
  }

  @Override
  public byte @Nullable [] serialize(String topic, Headers headers, @Nullable List<Inner> data) {
    Serializer<Inner> entries = inner();
    return data == null ? null : write(data, entry -> entries.serialize(topic, headers, entry));
  }

  private Serializer<Inner> inner() {
    if (inner == null) {
      throw new SerializationException(
          "A list serializer has no serializer of its entries: call configure, or give it one by"
              + " constructor");
    }
    return inner;
  }

  private byte[] write(List<Inner> data, Function<Inner, byte @Nullable []> bytesOf) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (ListFormat.writesFixedLength(inner())) {
        writeFixedLength(out, data, bytesOf);
      } else {
        writeAnyLength(out, data, bytesOf);
      }
    } catch (IOException e) {
      throw new SerializationException("A list could not be written", e);
    }
    return bytes.toByteArray();
  }

  private void writeFixedLength(
      DataOutputStream out, List<Inner> data, Function<Inner, byte @Nullable []> bytesOf)
      throws IOException {
    List<Integer> nulls = new ArrayList<>();
    int index = 0;
    for (Inner entry : data) {
      if (entry == null) {
        nulls.add(index);
      }
      index++;
    }
    out.writeByte(ListFormat.FIXED_LENGTH);
    out.writeInt(nulls.size());
    for (int position : nulls) {
      out.writeInt(position);
    }
    out.writeInt(data.size());
    for (Inner entry : data) {
      byte[] bytes = entry == null ? null : bytesOf.apply(entry);
      if (bytes != null) {
        out.write(bytes);
      }
    }
  }

  private void writeAnyLength(
      DataOutputStream out, List<Inner> data, Function<Inner, byte @Nullable []> bytesOf)
      throws IOException {
    out.writeByte(ListFormat.ANY_LENGTH);
    out.writeInt(data.size());
    for (Inner entry : data) {
      byte[] bytes = entry == null ? null : bytesOf.apply(entry);
      if (bytes == null) {
        out.writeInt(ListFormat.NULL_LENGTH);
      } else {
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
  }

  /** Closes the serializer of the entries. */
  @Override
  public void close() {
    if (inner != null) {
      inner.close();
    }
  }
}

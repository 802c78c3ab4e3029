package io.millstream.common.serialization;

import io.millstream.clients.CommonClientConfigs;
import io.millstream.common.config.ConfigException;
import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.Headers;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists, each entry with a deserializer of its own.
 *
 * @param <Inner> type of the entries
 */
public class ListDeserializer<Inner> implements Deserializer<List<Inner>> {

  private @Nullable Class<?> listClass;
  private @Nullable Deserializer<Inner> inner;

  /**
   * Creates a deserializer that takes the class of lists from the settings {@code
   * default.list.key.serde.type} or {@code default.list.value.serde.type}, and the deserializer of
   * the entries from {@code default.list.key.serde.inner} or {@code
   * default.list.value.serde.inner}.
   */
  public ListDeserializer() {}

  /**
   * Creates a deserializer.
   *
   * @param <L> type of the lists
   * @param listClass class of the lists; it has a public constructor without parameters or with an
   *     initial capacity
   * @param inner reads the entries
   * @throws IllegalArgumentException if one of them is null
   */
  public <L extends List<Inner>> ListDeserializer(Class<L> listClass, Deserializer<Inner> inner) {
    if (listClass == null || inner == null) {
      throw new IllegalArgumentException(
          "A list needs its class and a deserializer of its entries, not null");
    }
    this.listClass = listClass;
    this.inner = inner;
  }

  /** {@return the deserializer of the entries; null where none is known yet} */
  public @Nullable Deserializer<Inner> innerDeserializer() {
    return inner;
  }

  /**
   * Takes the class of lists and the deserializer of the entries.
   *
   * @throws ConfigException if there are some already, or a setting is missing or wrong
   */
  @Override
  @SuppressWarnings("unchecked") // the application says what the entries are
  public void configure(Map<String, ?> configs, boolean isKey) {
    if (listClass != null || inner != null) {
      throw new ConfigException("A list deserializer was given its class and entries already");
    }
    listClass =
        ListSettings.type(
            configs,
            isKey
                ? CommonClientConfigs.DEFAULT_LIST_KEY_SERDE_TYPE_CLASS
                : CommonClientConfigs.DEFAULT_LIST_VALUE_SERDE_TYPE_CLASS,
            List.class);
    Deserializer<Inner> configured =
        (Deserializer<Inner>)
            ListSettings.inner(
                    configs,
                    isKey
                        ? CommonClientConfigs.DEFAULT_LIST_KEY_SERDE_INNER_CLASS
                        : CommonClientConfigs.DEFAULT_LIST_VALUE_SERDE_INNER_CLASS)
                .deserializer();
    configured.configure(configs, isKey);
    inner = configured;
  }

  /**
   * Reads a list.
   *
   * @throws SerializationException if the bytes are none
   */
  @Override
  public @Nullable List<Inner> deserialize(String topic, byte @Nullable [] data) {
    Deserializer<Inner> entries = inner();
    return data == null ? null : read(topic, data, entry -> entries.deserialize(topic, entry));
  }

  /**
   * Reads a list.
   *
   * @throws SerializationException if the bytes are none
   */
  @Override
  public @Nullable List<Inner> deserialize(String topic, Headers headers, byte @Nullable [] data) {
    Deserializer<Inner> entries = inner();
    return data == null
        ? null
        : read(topic, data, entry -> entries.deserialize(topic, headers, entry));
  }

  private Deserializer<Inner> inner() {
    if (inner == null) {
      throw new SerializationException(
          "A list deserializer has no deserializer of its entries: call configure, or give it one"
              + " by constructor");
    }
    return inner;
  }

  private List<Inner> read(
      String topic, byte[] data, Function<byte @Nullable [], @Nullable Inner> entryOf) {
    ByteBuffer bytes = ByteBuffer.wrap(data);
    need(topic, bytes, 1);
    byte format = bytes.get();
    return switch (format) {
      case ListFormat.FIXED_LENGTH -> readFixedLength(topic, bytes, entryOf);
      case ListFormat.ANY_LENGTH -> readAnyLength(topic, bytes, entryOf);
      default -> throw corrupt(topic, "it begins with " + format + ", not with 0 or 1");
    };
  }

  private List<Inner> readFixedLength(
      String topic, ByteBuffer bytes, Function<byte @Nullable [], @Nullable Inner> entryOf) {
    int length = ListFormat.fixedLength(inner());
    if (length < 0) {
      throw corrupt(
          topic,
          "its entries have a fixed length, which "
              + inner().getClass().getName()
              + " is not known for");
    }
    int nullCount = count(topic, bytes, Integer.BYTES);
    Set<Integer> nulls = new HashSet<>();
    for (int i = 0; i < nullCount; i++) {
      nulls.add(bytes.getInt());
    }
    need(topic, bytes, Integer.BYTES);
    int count = bytes.getInt();
    if (count < 0 || count > (long) nulls.size() + bytes.remaining() / length) {
      throw corrupt(topic, "it claims to have " + count + " entries");
    }
    List<Inner> list = create(count);
    for (int i = 0; i < count; i++) {
      list.add(nulls.contains(i) ? null : entryOf.apply(take(topic, bytes, length)));
    }
    return list;
  }

  private List<Inner> readAnyLength(
      String topic, ByteBuffer bytes, Function<byte @Nullable [], @Nullable Inner> entryOf) {
    int count = count(topic, bytes, Integer.BYTES);
    List<Inner> list = create(count);
    for (int i = 0; i < count; i++) {
      need(topic, bytes, Integer.BYTES);
      int length = bytes.getInt();
      list.add(length == ListFormat.NULL_LENGTH ? null : entryOf.apply(take(topic, bytes, length)));
    }
    return list;
  }

  /** Reads how many things follow, each of which takes at least some bytes. */
  private static int count(String topic, ByteBuffer bytes, int leastBytesOfEach) {
    need(topic, bytes, Integer.BYTES);
    int count = bytes.getInt();
    if (count < 0 || count > bytes.remaining() / leastBytesOfEach) {
      throw corrupt(topic, "it claims to have " + count + " entries");
    }
    return count;
  }

  private static byte[] take(String topic, ByteBuffer bytes, int length) {
    if (length < 0) {
      throw corrupt(topic, "an entry claims to have " + length + " bytes");
    }
    need(topic, bytes, length);
    byte[] entry = new byte[length];
    bytes.get(entry);
    return entry;
  }

  private static void need(String topic, ByteBuffer bytes, int length) {
    if (bytes.remaining() < length) {
      throw corrupt(topic, length + " bytes are expected and " + bytes.remaining() + " are left");
    }
  }

  private static SerializationException corrupt(String topic, String what) {
    return new SerializationException(
        "A record of topic %s is no list of this kind: %s. Was it written as something else?"
            .formatted(topic, what));
  }

  @SuppressWarnings("unchecked") // what was put in by this class is all that is in the list
  private List<Inner> create(int capacity) {
    Class<?> type = listClass;
    if (type == null) {
      throw new SerializationException("A list deserializer has no class of lists");
    }
    try {
      return (List<Inner>) type.getConstructor(int.class).newInstance(capacity);
    } catch (NoSuchMethodException e) {
      return createEmpty(type);
    } catch (ReflectiveOperationException e) {
      throw notCreated(type, e);
    }
  }

  @SuppressWarnings("unchecked") // as above
  private List<Inner> createEmpty(Class<?> type) {
    try {
      return (List<Inner>) type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw notCreated(type, e);
    }
  }

  private static SerializationException notCreated(
      Class<?> type, ReflectiveOperationException cause) {
    return new SerializationException(
        "Lists of %s cannot be created: it needs a public constructor without parameters or with an"
                .formatted(type.getName())
            + " initial capacity",
        cause);
  }

  /** Closes the deserializer of the entries. */
  @Override
  public void close() {
    if (inner != null) {
      inner.close();
    }
  }
}

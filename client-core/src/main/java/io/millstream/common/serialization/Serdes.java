package io.millstream.common.serialization;

import io.millstream.common.utils.Bytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The built-in serdes. */
public class Serdes {

  /** Not of use: everything here is static. */
  public Serdes() {}

  /**
   * A serde made of its two sides.
   *
   * @param <T> type of the objects
   */
  public static class WrapperSerde<T> implements Serde<T> {
    private final Serializer<T> serializer;
    private final Deserializer<T> deserializer;

    /**
     * Creates the serde.
     *
     * @param serializer writes
     * @param deserializer reads
     */
    public WrapperSerde(Serializer<T> serializer, Deserializer<T> deserializer) {
      this.serializer = serializer;
      this.deserializer = deserializer;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      serializer.configure(configs, isKey);
      deserializer.configure(configs, isKey);
    }

    @Override
    public void close() {
      serializer.close();
      deserializer.close();
    }

    @Override
    public Serializer<T> serializer() {
      return serializer;
    }

    @Override
    public Deserializer<T> deserializer() {
      return deserializer;
    }
  }

  /** Serde of nothing but null. */
  public static final class VoidSerde extends WrapperSerde<Void> {
    /** Creates the serde. */
    public VoidSerde() {
      super(new VoidSerializer(), new VoidDeserializer());
    }
  }

  /** Serde of longs. */
  public static final class LongSerde extends WrapperSerde<Long> {
    /** Creates the serde. */
    public LongSerde() {
      super(new LongSerializer(), new LongDeserializer());
    }
  }

  /** Serde of ints. */
  public static final class IntegerSerde extends WrapperSerde<Integer> {
    /** Creates the serde. */
    public IntegerSerde() {
      super(new IntegerSerializer(), new IntegerDeserializer());
    }
  }

  /** Serde of shorts. */
  public static final class ShortSerde extends WrapperSerde<Short> {
    /** Creates the serde. */
    public ShortSerde() {
      super(new ShortSerializer(), new ShortDeserializer());
    }
  }

  /** Serde of floats. */
  public static final class FloatSerde extends WrapperSerde<Float> {
    /** Creates the serde. */
    public FloatSerde() {
      super(new FloatSerializer(), new FloatDeserializer());
    }
  }

  /** Serde of doubles. */
  public static final class DoubleSerde extends WrapperSerde<Double> {
    /** Creates the serde. */
    public DoubleSerde() {
      super(new DoubleSerializer(), new DoubleDeserializer());
    }
  }

  /** Serde of texts. */
  public static final class StringSerde extends WrapperSerde<String> {
    /** Creates the serde. */
    public StringSerde() {
      super(new StringSerializer(), new StringDeserializer());
    }
  }

  /** Serde of byte buffers. */
  public static final class ByteBufferSerde extends WrapperSerde<ByteBuffer> {
    /** Creates the serde. */
    public ByteBufferSerde() {
      super(new ByteBufferSerializer(), new ByteBufferDeserializer());
    }
  }

  /** Serde of {@link Bytes}. */
  public static final class BytesSerde extends WrapperSerde<Bytes> {
    /** Creates the serde. */
    public BytesSerde() {
      super(new BytesSerializer(), new BytesDeserializer());
    }
  }

  /** Serde of byte arrays. */
  public static final class ByteArraySerde extends WrapperSerde<byte[]> {
    /** Creates the serde. */
    public ByteArraySerde() {
      super(new ByteArraySerializer(), new ByteArrayDeserializer());
    }
  }

  /** Serde of UUIDs. */
  public static final class UUIDSerde extends WrapperSerde<UUID> {
    /** Creates the serde. */
    public UUIDSerde() {
      super(new UUIDSerializer(), new UUIDDeserializer());
    }
  }

  /** Serde of booleans. */
  public static final class BooleanSerde extends WrapperSerde<Boolean> {
    /** Creates the serde. */
    public BooleanSerde() {
      super(new BooleanSerializer(), new BooleanDeserializer());
    }
  }

  /**
   * Serde of lists.
   *
   * @param <Inner> type of the entries
   */
  public static final class ListSerde<Inner> extends WrapperSerde<List<Inner>> {
    /** Creates a serde that takes list class and serde of the entries from the settings. */
    public ListSerde() {
      super(new ListSerializer<>(), new ListDeserializer<>());
    }

    /**
     * Creates a serde.
     *
     * @param <L> type of the lists that are read
     * @param listClass class of the lists that are read
     * @param serde of the entries
     */
    public <L extends List<Inner>> ListSerde(Class<L> listClass, Serde<Inner> serde) {
      super(
          new ListSerializer<>(serde.serializer()),
          new ListDeserializer<>(listClass, serde.deserializer()));
    }
  }

  /**
   * {@return a new serde of a built-in type}
   *
   * @param <T> the type
   * @param type one of those that have a method here, lists and Void aside
   * @throws IllegalArgumentException if there is none
   */
  @SuppressWarnings("unchecked") // the branch is chosen by the class
  public static <T> Serde<T> serdeFrom(Class<T> type) {
    return (Serde<T>) builtIn(type);
  }

  private static Serde<?> builtIn(Class<?> type) {
    for (Map.Entry<Class<?>, Supplier<Serde<?>>> entry : BUILT_IN.entrySet()) {
      if (entry.getKey().isAssignableFrom(type)) {
        return entry.getValue().get();
      }
    }
    throw new IllegalArgumentException(
        "There is no built-in serde of %s. Built in are those of %s."
            .formatted(
                type.getName(),
                String.join(
                    ", ", BUILT_IN.keySet().stream().map(Class::getSimpleName).sorted().toList())));
  }

  private static final Map<Class<?>, Supplier<Serde<?>>> BUILT_IN =
      Map.ofEntries(
          Map.entry(Long.class, LongSerde::new),
          Map.entry(Integer.class, IntegerSerde::new),
          Map.entry(Short.class, ShortSerde::new),
          Map.entry(Float.class, FloatSerde::new),
          Map.entry(Double.class, DoubleSerde::new),
          Map.entry(String.class, StringSerde::new),
          Map.entry(ByteBuffer.class, ByteBufferSerde::new),
          Map.entry(Bytes.class, BytesSerde::new),
          Map.entry(byte[].class, ByteArraySerde::new),
          Map.entry(UUID.class, UUIDSerde::new),
          Map.entry(Boolean.class, BooleanSerde::new));

  /**
   * {@return a serde made of its two sides}
   *
   * @param <T> type of the objects
   * @param serializer writes
   * @param deserializer reads
   * @throws IllegalArgumentException if one of them is null
   */
  public static <T> Serde<T> serdeFrom(Serializer<T> serializer, Deserializer<T> deserializer) {
    if (serializer == null || deserializer == null) {
      throw new IllegalArgumentException("A serde needs a serializer and a deserializer, not null");
    }
    return new WrapperSerde<>(serializer, deserializer);
  }

  /** {@return a new serde of nothing but null} */
  public static Serde<Void> Void() {
    return new VoidSerde();
  }

  /** {@return a new serde of longs} */
  public static Serde<Long> Long() {
    return new LongSerde();
  }

  /** {@return a new serde of ints} */
  public static Serde<Integer> Integer() {
    return new IntegerSerde();
  }

  /** {@return a new serde of shorts} */
  public static Serde<Short> Short() {
    return new ShortSerde();
  }

  /** {@return a new serde of floats} */
  public static Serde<Float> Float() {
    return new FloatSerde();
  }

  /** {@return a new serde of doubles} */
  public static Serde<Double> Double() {
    return new DoubleSerde();
  }

  /** {@return a new serde of texts} */
  public static Serde<String> String() {
    return new StringSerde();
  }

  /** {@return a new serde of byte buffers} */
  public static Serde<ByteBuffer> ByteBuffer() {
    return new ByteBufferSerde();
  }

  /** {@return a new serde of {@link Bytes}} */
  public static Serde<Bytes> Bytes() {
    return new BytesSerde();
  }

  /** {@return a new serde of byte arrays} */
  public static Serde<byte[]> ByteArray() {
    return new ByteArraySerde();
  }

  /** {@return a new serde of UUIDs} */
  public static Serde<UUID> UUID() {
    return new UUIDSerde();
  }

  /** {@return a new serde of booleans} */
  public static Serde<Boolean> Boolean() {
    return new BooleanSerde();
  }

  /**
   * {@return a new serde of lists}
   *
   * @param <L> type of the lists that are read
   * @param <Inner> type of the entries
   * @param listClass class of the lists that are read
   * @param innerSerde serde of the entries
   */
  public static <L extends List<Inner>, Inner> Serde<List<Inner>> ListSerde(
      Class<L> listClass, Serde<Inner> innerSerde) {
    return new ListSerde<>(listClass, innerSerde);
  }
}

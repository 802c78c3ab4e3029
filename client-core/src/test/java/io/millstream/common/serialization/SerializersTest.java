package io.millstream.common.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.errors.SerializationException;
import io.millstream.common.header.internals.RecordHeaders;
import io.millstream.common.utils.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The built-in serializers against those of Apache's client, both ways. */
class SerializersTest {

  private static final int SAMPLES = 2000;
  private static final RecordHeaders NO_HEADERS = new RecordHeaders();

  /** One type with both implementations; objects of Apache's own types are converted. */
  record Kind<T, A>(
      String name,
      Serde<T> ours,
      org.apache.kafka.common.serialization.Serde<A> apaches,
      Function<Random, T> sample,
      Function<T, A> toApaches) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static <T> Kind<T, T> kind(
      String name,
      Serde<T> ours,
      org.apache.kafka.common.serialization.Serde<T> apaches,
      Function<Random, T> sample) {
    return new Kind<>(name, ours, apaches, sample, Function.identity());
  }

  static Stream<Kind<?, ?>> kinds() {
    return Stream.of(
        kind(
            "Short",
            Serdes.Short(),
            org.apache.kafka.common.serialization.Serdes.Short(),
            random -> (short) random.nextInt()),
        kind(
            "Integer",
            Serdes.Integer(),
            org.apache.kafka.common.serialization.Serdes.Integer(),
            Random::nextInt),
        kind(
            "Long",
            Serdes.Long(),
            org.apache.kafka.common.serialization.Serdes.Long(),
            Random::nextLong),
        kind(
            "Float",
            Serdes.Float(),
            org.apache.kafka.common.serialization.Serdes.Float(),
            random -> Float.intBitsToFloat(random.nextInt())),
        kind(
            "Double",
            Serdes.Double(),
            org.apache.kafka.common.serialization.Serdes.Double(),
            random -> Double.longBitsToDouble(random.nextLong())),
        kind(
            "Boolean",
            Serdes.Boolean(),
            org.apache.kafka.common.serialization.Serdes.Boolean(),
            Random::nextBoolean),
        kind(
            "String",
            Serdes.String(),
            org.apache.kafka.common.serialization.Serdes.String(),
            SerializersTest::text),
        kind(
            "UUID",
            Serdes.UUID(),
            org.apache.kafka.common.serialization.Serdes.UUID(),
            random -> new UUID(random.nextLong(), random.nextLong())),
        kind(
            "ByteArray",
            Serdes.ByteArray(),
            org.apache.kafka.common.serialization.Serdes.ByteArray(),
            SerializersTest::bytes),
        kind(
            "ByteBuffer",
            Serdes.ByteBuffer(),
            org.apache.kafka.common.serialization.Serdes.ByteBuffer(),
            SerializersTest::buffer),
        new Kind<>(
            "Bytes",
            Serdes.Bytes(),
            org.apache.kafka.common.serialization.Serdes.Bytes(),
            random -> new Bytes(bytes(random)),
            bytes -> new org.apache.kafka.common.utils.Bytes(bytes.get())));
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(64)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String text(Random random) {
    return random
        .ints(random.nextInt(40), 0, 0x11000)
        .filter(Character::isDefined)
        .filter(point -> point < 0xD800 || point > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Heap and direct buffers, slices, of any position and limit. */
  private static ByteBuffer buffer(Random random) {
    byte[] bytes = bytes(random);
    ByteBuffer buffer =
        random.nextBoolean()
            ? ByteBuffer.wrap(bytes)
            : ByteBuffer.allocateDirect(bytes.length).put(bytes);
    buffer.limit(random.nextInt(bytes.length + 1)).position(random.nextInt(buffer.limit() + 1));
    return random.nextBoolean() ? buffer : buffer.slice();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T, A> void writesTheBytesThatApacheWritesAndReadsThemBack(Kind<T, A> kind) {
    Random random = new Random(11);
    for (int i = 0; i < SAMPLES; i++) {
      T sample = kind.sample.apply(random);

      byte[] bytes = kind.ours.serializer().serialize("topic", sample);
      byte[] expected = kind.apaches.serializer().serialize("topic", kind.toApaches.apply(sample));

      assertThat(bytes).isEqualTo(expected);
      T back = kind.ours.deserializer().deserialize("topic", expected);
      assertThat(kind.ours.serializer().serialize("topic", back)).isEqualTo(expected);
      A theirs = kind.apaches.deserializer().deserialize("topic", bytes);
      assertThat(kind.apaches.serializer().serialize("topic", theirs)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T, A> void readsTheSameFromABufferAndLeavesItsPosition(Kind<T, A> kind) {
    Random random = new Random(12);
    for (int i = 0; i < SAMPLES; i++) {
      byte[] bytes =
          Objects.requireNonNull(
              kind.ours.serializer().serialize("topic", kind.sample.apply(random)));
      int before = random.nextInt(5);
      ByteBuffer buffer =
          random.nextBoolean()
              ? ByteBuffer.allocate(256 + before)
              : ByteBuffer.allocateDirect(256 + before);
      buffer.position(before).put(bytes).limit(before + bytes.length).position(before);
      if (random.nextBoolean()) {
        buffer = buffer.asReadOnlyBuffer();
      }
      if (random.nextBoolean()) {
        buffer.order(ByteOrder.LITTLE_ENDIAN);
      }

      T back = kind.ours.deserializer().deserialize("topic", NO_HEADERS, buffer);

      assertThat(kind.ours.serializer().serialize("topic", back)).isEqualTo(bytes);
      assertThat(buffer.position()).isEqualTo(before);
      assertThat(buffer.limit()).isEqualTo(before + bytes.length);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T, A> void nullStaysNullBothWays(Kind<T, A> kind) {
    assertThat(kind.ours.serializer().serialize("topic", null)).isNull();
    assertThat(kind.ours.serializer().serialize("topic", NO_HEADERS, null)).isNull();
    assertThat(kind.ours.deserializer().deserialize("topic", null)).isNull();
    assertThat(kind.ours.deserializer().deserialize("topic", NO_HEADERS, (byte[]) null)).isNull();
    assertThat(kind.ours.deserializer().deserialize("topic", NO_HEADERS, (ByteBuffer) null))
        .isNull();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T, A> void takesAndRefusesTheLengthsThatApacheDoes(Kind<T, A> kind) {
    for (int length = 0; length < 40; length++) {
      byte[] bytes = new byte[length];
      String expected = outcome(() -> kind.apaches.deserializer().deserialize("topic", bytes));
      assertThat(outcome(() -> kind.ours.deserializer().deserialize("topic", bytes)))
          .as("%d bytes", length)
          .isEqualTo(expected);
      assertThat(
              outcome(
                  () ->
                      kind.ours
                          .deserializer()
                          .deserialize("topic", NO_HEADERS, ByteBuffer.wrap(bytes))))
          .as("a buffer of %d bytes", length)
          .isEqualTo(expected);
    }
  }

  private interface Call {
    @Nullable Object run();
  }

  private static String outcome(Call call) {
    try {
      return call.run() == null ? "null" : "value";
    } catch (SerializationException
        | org.apache.kafka.common.errors.SerializationException expected) {
      return "refused";
    }
  }

  @Test
  void aWrongLengthSaysWhatIsExpectedAndWhatIsThere() {
    assertThatThrownBy(() -> new LongDeserializer().deserialize("orders", new byte[4]))
        .isInstanceOf(SerializationException.class)
        .hasMessageContainingAll("Long", "8 bytes", "orders", "has 4");
    assertThatThrownBy(() -> new BooleanDeserializer().deserialize("orders", new byte[] {7}))
        .isInstanceOf(SerializationException.class)
        .hasMessageContainingAll("Boolean", "orders", "7");
    assertThatThrownBy(() -> new UUIDDeserializer().deserialize("orders", new byte[36]))
        .isInstanceOf(SerializationException.class)
        .hasMessageContainingAll("UUID", "orders");
  }

  @Test
  void textsUseTheCharacterSetThatIsConfigured() {
    Map<String, String> configs =
        Map.of(
            "key.serializer.encoding", "ISO-8859-1",
            "serializer.encoding", "UTF-16BE",
            "key.deserializer.encoding", "ISO-8859-1",
            "deserializer.encoding", "UTF-16BE");
    for (boolean isKey : List.of(true, false)) {
      StringSerializer serializer = new StringSerializer();
      serializer.configure(configs, isKey);
      StringDeserializer deserializer = new StringDeserializer();
      deserializer.configure(configs, isKey);
      var apaches = new org.apache.kafka.common.serialization.StringSerializer();
      apaches.configure(configs, isKey);

      byte[] bytes = serializer.serialize("topic", "Grüße");

      assertThat(bytes).hasSize(isKey ? 5 : 10).isEqualTo(apaches.serialize("topic", "Grüße"));
      assertThat(deserializer.deserialize("topic", bytes)).isEqualTo("Grüße");
    }
    assertThatThrownBy(
            () -> new StringSerializer().configure(Map.of("serializer.encoding", "no-such"), true))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("no-such");
  }

  @Test
  void aBufferIsReadIntoMemoryOfItsOwn() {
    byte[] pooled = {1, 2, 3};
    ByteBuffer read =
        new ByteBufferDeserializer().deserialize("topic", NO_HEADERS, ByteBuffer.wrap(pooled));
    pooled[0] = 9;
    assertThat(read).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
  }

  @Test
  void voidTakesNothingButNull() {
    assertThat(Serdes.Void().serializer().serialize("topic", null)).isNull();
    assertThat(Serdes.Void().deserializer().deserialize("topic", null)).isNull();
    assertThatThrownBy(() -> Serdes.Void().deserializer().deserialize("topic", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsTheSerdeOfABuiltInType() {
    for (Class<?> type :
        List.of(
            String.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            byte[].class,
            ByteBuffer.class,
            Bytes.class,
            UUID.class,
            Boolean.class)) {
      assertThat(Serdes.serdeFrom(type).getClass().getSimpleName())
          .isEqualTo((type == byte[].class ? "ByteArray" : type.getSimpleName()) + "Serde");
    }
    assertThatThrownBy(() -> Serdes.serdeFrom(List.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("java.util.List", "String");
  }
}

package io.millstream.common.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.config.ConfigException;
import io.millstream.common.errors.SerializationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists against Apache's client, both ways. */
class ListSerializersTest {

  record Kind<T>(
      String name,
      Serde<T> ours,
      org.apache.kafka.common.serialization.Serde<T> apaches,
      Function<Random, T> sample) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind<?>> kinds() {
    return Stream.of(
        new Kind<>(
            "Short",
            Serdes.Short(),
            org.apache.kafka.common.serialization.Serdes.Short(),
            random -> (short) random.nextInt()),
        new Kind<>(
            "Integer",
            Serdes.Integer(),
            org.apache.kafka.common.serialization.Serdes.Integer(),
            Random::nextInt),
        new Kind<>(
            "Long",
            Serdes.Long(),
            org.apache.kafka.common.serialization.Serdes.Long(),
            Random::nextLong),
        new Kind<>(
            "Float",
            Serdes.Float(),
            org.apache.kafka.common.serialization.Serdes.Float(),
            Random::nextFloat),
        new Kind<>(
            "Double",
            Serdes.Double(),
            org.apache.kafka.common.serialization.Serdes.Double(),
            Random::nextDouble),
        new Kind<>(
            "UUID",
            Serdes.UUID(),
            org.apache.kafka.common.serialization.Serdes.UUID(),
            random -> new UUID(random.nextLong(), random.nextLong())),
        new Kind<>(
            "String",
            Serdes.String(),
            org.apache.kafka.common.serialization.Serdes.String(),
            random -> "x".repeat(random.nextInt(5))),
        new Kind<>(
            "Boolean",
            Serdes.Boolean(),
            org.apache.kafka.common.serialization.Serdes.Boolean(),
            Random::nextBoolean));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T> void writesTheBytesThatApacheWritesAndReadsThemBack(Kind<T> kind) {
    Random random = new Random(13);
    Serde<List<T>> ours = new Serdes.ListSerde<T>(listClass(), kind.ours);
    org.apache.kafka.common.serialization.Serde<List<T>> apaches =
        new org.apache.kafka.common.serialization.Serdes.ListSerde<T>(listClass(), kind.apaches);
    for (int i = 0; i < 500; i++) {
      List<T> list = new ArrayList<>();
      for (int size = random.nextInt(8); size > 0; size--) {
        list.add(random.nextInt(4) == 0 ? null : kind.sample.apply(random));
      }

      byte[] bytes = ours.serializer().serialize("topic", list);

      assertThat(bytes).isEqualTo(apaches.serializer().serialize("topic", list));
      assertThat(ours.deserializer().deserialize("topic", bytes)).isEqualTo(list);
      assertThat(apaches.deserializer().deserialize("topic", bytes)).isEqualTo(list);
    }
  }

  @SuppressWarnings({"unchecked", "NonApiType"}) // a class literal has no type arguments
  private static <T> Class<ArrayList<T>> listClass() {
    return (Class<ArrayList<T>>) (Class<?>) ArrayList.class;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  <T> void refusesBrokenBytesAndAllocatesNoMoreThanThereIs(Kind<T> kind) {
    Random random = new Random(14);
    ListDeserializer<T> deserializer =
        new ListDeserializer<>(ListSerializersTest.<T>listClass(), kind.ours.deserializer());
    byte[] whole =
        Objects.requireNonNull(
            new ListSerializer<>(kind.ours.serializer())
                .serialize("topic", Arrays.asList(kind.sample.apply(random), null)));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> deserializer.deserialize("topic", part))
          .isInstanceOf(SerializationException.class);
    }
    for (int i = 0; i < 5000; i++) {
      byte[] noise = new byte[random.nextInt(30)];
      random.nextBytes(noise);
      if (noise.length > 0) {
        noise[0] = (byte) random.nextInt(3);
      }
      try {
        List<T> list = deserializer.deserialize("topic", noise);
        assertThat(list == null ? 0 : list.size()).isLessThanOrEqualTo(noise.length);
      } catch (SerializationException e) {
        assertThat(e).hasMessageContaining("topic");
      }
    }
  }

  @Test
  void createsListsOfTheClassThatIsAskedFor() {
    byte[] bytes = new ListSerializer<>(new IntegerSerializer()).serialize("topic", List.of(1, 2));

    List<Integer> list =
        new ListDeserializer<Integer>(linked(), new IntegerDeserializer())
            .deserialize("topic", bytes);

    assertThat(list).isInstanceOf(LinkedList.class).containsExactly(1, 2);
  }

  @SuppressWarnings({"unchecked", "NonApiType"}) // a class literal has no type arguments
  private static Class<LinkedList<Integer>> linked() {
    return (Class<LinkedList<Integer>>) (Class<?>) LinkedList.class;
  }

  @Test
  void takesClassAndEntriesFromTheSettings() {
    for (boolean isKey : List.of(true, false)) {
      String side = isKey ? "key" : "value";
      Map<String, Object> configs =
          Map.of(
              "default.list." + side + ".serde.inner",
              Serdes.StringSerde.class.getName(),
              "default.list." + side + ".serde.type",
              ArrayList.class);
      Serde<List<String>> serde = new Serdes.ListSerde<>();
      serde.configure(configs, isKey);

      byte[] bytes = serde.serializer().serialize("topic", Arrays.asList("a", null));

      assertThat(serde.deserializer().deserialize("topic", bytes)).containsExactly("a", null);
    }
  }

  @Test
  void saysWhatIsMissingOrWrongInTheSettings() {
    assertThatThrownBy(() -> new ListSerializer<>().configure(Map.of(), true))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("default.list.key.serde.inner");
    assertThatThrownBy(
            () ->
                new ListSerializer<>()
                    .configure(Map.of("default.list.key.serde.inner", "no.such"), true))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no.such");
    assertThatThrownBy(() -> new ListSerializer<>(new StringSerializer()).configure(Map.of(), true))
        .isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> new ListSerializer<>().serialize("topic", List.of()))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("configure");
  }

  @Test
  void nullStaysNullBothWays() {
    assertThat(new ListSerializer<>(new StringSerializer()).serialize("topic", null)).isNull();
    assertThat(
            new ListDeserializer<>(
                    ListSerializersTest.<String>listClass(), new StringDeserializer())
                .deserialize("topic", null))
        .isNull();
  }
}

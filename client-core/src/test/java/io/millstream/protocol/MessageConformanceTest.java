package io.millstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.common.errors.UnsupportedVersionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.Type;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares every message in every version with Apache's classes, byte for byte. */
class MessageConformanceTest {

  private static final int SAMPLES = 60;

  static List<MessageCase> messages() {
    return MessageCase.all();
  }

  @Test
  void everyMessageAndVersionHasTheBytesOfApache() {
    int messages = 0;
    int versions = 0;
    int samples = 0;
    for (MessageCase message : messages()) {
      messages++;
      for (short version : message.versions()) {
        versions++;
        for (int sample = 0; sample < SAMPLES; sample++) {
          samples++;
          compare(message, version, sample);
        }
      }
    }
    System.out.printf(
        "Conformance: %d messages in %d versions, %d samples each, %d comparisons%n",
        messages, versions, SAMPLES, samples);
    assertThat(messages).isEqualTo(2 * ApiKey.values().length + 2);
  }

  /**
   * Apache 4.4.0 dropped old versions; it still knows all that brokers since 2.1.1 make us speak.
   */
  @ParameterizedTest
  @EnumSource
  void apacheKnowsEveryVersionThatIsImplementedHere(ApiKey key) {
    ApiMessageType apache = ApiMessageType.fromApiKey(key.id());
    assertThat(key.lowestVersion()).isGreaterThanOrEqualTo(apache.lowestSupportedVersion());
    // The one unstable version that is used, by transactions of two phases (KIP-939).
    boolean unstable = key == ApiKey.INIT_PRODUCER_ID;
    assertThat(key.newestVersion()).isEqualTo(apache.highestSupportedVersion(unstable));
    for (short version = key.lowestVersion(); version <= key.newestVersion(); version++) {
      assertThat(key.flexible(version)).isEqualTo(apache.requestHeaderVersion(version) >= 2);
    }
  }

  private static void compare(MessageCase message, short version, int seed) {
    String what = message.name() + " version " + version + " seed " + seed;
    Map<String, @Nullable Object> content =
        new ContentTree(new Random(seed), seed == 0).structure(message.schema(version));
    Message apache = ContentBuilder.apache(message.apache().get().getClass(), content);
    Record ours = ContentBuilder.ours(message.ours(), content);

    byte[] apacheBytes = message.writeApache(apache, version);
    byte[] ourBytes = message.writeOurs(ours, version);
    assertThat(ourBytes).as("the same content: %s", what).isEqualTo(apacheBytes);

    Message readByApache = message.readApache(ourBytes, version);
    assertThat(message.writeApache(readByApache, version))
        .as("written by us, read and written by Apache: %s", what)
        .isEqualTo(ourBytes);
    Record readByUs = message.readOurs(apacheBytes, version);
    assertThat(message.writeOurs(readByUs, version))
        .as("written by Apache, read and written by us: %s", what)
        .isEqualTo(apacheBytes);
    assertThat(readByUs).as("the same value: %s", what).isEqualTo(ours);
  }

  /** Arrays are refused where their elements cannot fit, so the smallest ones have to be let in. */
  @ParameterizedTest
  @MethodSource("messages")
  void arraysOfSmallestElementsAreRead(MessageCase message) {
    for (short version : message.versions()) {
      for (int depth = 0; depth < 3; depth++) {
        var content = ContentTree.smallest(message.schema(version), depth);
        Message apache = ContentBuilder.apache(message.apache().get().getClass(), content);
        byte[] bytes = message.writeApache(apache, version);
        Record read = message.readOurs(bytes, version);
        assertThat(message.writeOurs(read, version)).as("version %d", version).isEqualTo(bytes);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void unknownTaggedFieldsAreSkipped(MessageCase message) {
    for (short version : message.versions()) {
      for (int seed = 0; seed < SAMPLES && flexible(message.schema(version)); seed++) {
        Map<String, @Nullable Object> content =
            new ContentTree(new Random(seed), false).structure(message.schema(version));
        Message apache = ContentBuilder.apache(message.apache().get().getClass(), content);
        Record without = message.readOurs(message.writeApache(apache, version), version);
        apache =
            ContentBuilder.apache(message.apache().get().getClass(), content, new Random(seed));
        Record with = message.readOurs(message.writeApache(apache, version), version);
        assertThat(with).as("version %d seed %d", version, seed).isEqualTo(without);
      }
    }
  }

  /** A field that a version lacks is refused or left out exactly where Apache does so. */
  @ParameterizedTest
  @MethodSource("messages")
  void fieldsThatVersionLacksAreTreatedAsByApache(MessageCase message) {
    for (short version : message.versions()) {
      for (short other : message.versions()) {
        for (int seed = 0; seed < 3; seed++) {
          ContentTree source = new ContentTree(new Random(seed), true);
          Map<String, @Nullable Object> content = source.structure(message.schema(version));
          List<Runnable> surplus = new ArrayList<>();
          collectSurplus(source, message.schema(version), message.schema(other), content, surplus);
          for (int i = 0; i < surplus.size(); i++) {
            // Each step replaces the field the step before had added.
            surplus.get(i).run();
            compareOutcome(message, version, content, "from version " + other + " no. " + i);
          }
        }
      }
    }
  }

  private static void compareOutcome(
      MessageCase message, short version, Map<String, @Nullable Object> content, String what) {
    Message apache = ContentBuilder.apache(message.apache().get().getClass(), content);
    Record ours = ContentBuilder.ours(message.ours(), content);
    byte @Nullable [] expected;
    try {
      expected = message.writeApache(apache, version);
    } catch (org.apache.kafka.common.errors.UnsupportedVersionException e) {
      expected = null;
    }
    byte @Nullable [] actual;
    try {
      actual = message.writeOurs(ours, version);
    } catch (UnsupportedVersionException e) {
      actual = null;
    }
    assertThat(actual)
        .as("%s version %d, field %s: %s", message.name(), version, what, content)
        .isEqualTo(expected);
  }

  private static void collectSurplus(
      ContentTree source,
      Schema schema,
      Schema other,
      Map<String, @Nullable Object> content,
      List<Runnable> surplus) {
    Map<String, Type> present = ContentTree.fields(schema);
    Map<String, @Nullable Object> original = new LinkedHashMap<>(content);
    ContentTree.fields(other)
        .forEach(
            (name, type) -> {
              @Nullable Type own = present.get(name);
              if (own == null) {
                surplus.add(
                    () -> {
                      content.clear();
                      content.putAll(original);
                      content.put(name, source.value(type));
                    });
                surplus.add(
                    () -> {
                      content.clear();
                      content.putAll(original);
                    });
              } else if (element(own) instanceof Schema inner) {
                @Nullable Object value = content.get(name);
                @Nullable Object first = value instanceof List<?> list ? list.get(0) : value;
                collectSurplus(
                    source,
                    inner,
                    (Schema) element(type),
                    ContentBuilder.fields((Map<?, ?>) Objects.requireNonNull(first)),
                    surplus);
              }
            });
  }

  private static Type element(Type type) {
    return type.isArray() ? type.arrayElementType().orElseThrow() : type;
  }

  private static boolean flexible(Schema schema) {
    return schema.fields().length > 0
        && schema.fields()[schema.fields().length - 1].def.name.equals("_tagged_fields");
  }
}

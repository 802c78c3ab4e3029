package io.millstream.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.jspecify.annotations.Nullable;

/**
 * Random content for a message, belonging to neither side: structures are maps from the field's
 * name in camel case, arrays are lists, bytes and records are byte arrays.
 */
final class ContentTree {

  private static final String[] ALPHABET = {"a", "Z", "0", ".", "_", "ü", "€", "日", "😀", "\u0000"};

  private final RandomGenerator random;
  private final boolean everythingPresent;

  /**
   * Creates a source of content.
   *
   * @param everythingPresent whether nothing is null, no array is empty and no tag is left out
   */
  ContentTree(RandomGenerator random, boolean everythingPresent) {
    this.random = random;
    this.everythingPresent = everythingPresent;
  }

  /** Returns all fields of a version, the tagged ones too, by their names in camel case. */
  static Map<String, Type> fields(Schema schema) {
    Map<String, Type> fields = new LinkedHashMap<>();
    for (BoundField field : schema.fields()) {
      if (field.def.type instanceof TaggedFields tagged) {
        for (Field each : tagged.fields().values()) {
          fields.put(camel(each.name), each.type);
        }
      } else {
        fields.put(camel(field.def.name), field.def.type);
      }
    }
    return fields;
  }

  private static String camel(String snake) {
    StringBuilder camel = new StringBuilder();
    for (String word : List.of(snake.split("_", -1))) {
      camel.append(
          camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return camel.toString();
  }

  Map<String, @Nullable Object> structure(Schema schema) {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    fields(schema)
        .forEach(
            (name, type) -> {
              // A field that is left out has its default, which matters most for tagged ones.
              if (everythingPresent || random.nextInt(8) > 0) {
                content.put(name, value(type));
              }
            });
    return content;
  }

  /**
   * Returns the smallest structure whose arrays at one depth have many of the smallest elements;
   * above that depth each array has one, below it none.
   */
  static Map<String, @Nullable Object> smallest(Schema schema, int depth) {
    Map<String, @Nullable Object> content = new LinkedHashMap<>();
    fields(schema)
        .forEach(
            (name, type) -> {
              if (type.isArray() && depth >= 0) {
                int length = depth == 0 ? 50 : 1;
                Type element = type.arrayElementType().orElseThrow();
                content.put(name, Collections.nCopies(length, smallest(element, depth - 1)));
              }
            });
    return content;
  }

  private static Object smallest(Type element, int depth) {
    if (element instanceof Schema structure) {
      return smallest(structure, depth);
    }
    return element.toString().endsWith("STRING") ? "" : 0;
  }

  @Nullable Object value(Type type) {
    if (type.isNullable() && !everythingPresent && random.nextInt(4) == 0) {
      return null;
    }
    if (type instanceof Schema schema) {
      return structure(schema);
    }
    if (type.isArray()) {
      return array(type.arrayElementType().orElseThrow());
    }
    String name = type.toString().replaceFirst("^(COMPACT_)?(NULLABLE_)?", "");
    return switch (name) {
      case "BOOLEAN" -> random.nextBoolean();
      case "INT8" -> (byte) number(8);
      case "INT16" -> (short) number(16);
      case "UINT16" -> (int) number(16) & 0xffff;
      case "INT32" -> (int) number(32);
      case "UINT32" -> number(32) & 0xffffffffL;
      case "INT64" -> number(64);
      case "FLOAT64" -> random.nextDouble();
      case "UUID" -> new Uuid(number(64), number(64));
      case "STRING" -> string();
      case "BYTES", "RECORDS" ->
          string().repeat(1 + random.nextInt(5)).getBytes(StandardCharsets.UTF_8);
      default -> throw new AssertionError("no content for " + type);
    };
  }

  private List<@Nullable Object> array(Type element) {
    int length = random.nextInt(4);
    if (!(element instanceof Schema) && random.nextInt(16) == 0) {
      length = 120 + random.nextInt(20);
    }
    List<@Nullable Object> array = new ArrayList<>();
    for (int i = 0; i < (everythingPresent ? Math.max(1, length) : length); i++) {
      array.add(value(element));
    }
    return array;
  }

  private long number(int bits) {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> -1;
      case 2 -> 1L << (bits - 1);
      case 3 -> (1L << (bits - 1)) - 1;
      default -> random.nextLong() >> random.nextInt(64);
    };
  }

  private String string() {
    int length = random.nextInt(20) == 0 ? 100 + random.nextInt(300) : random.nextInt(12);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
    return text.toString();
  }
}

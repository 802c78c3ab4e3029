package io.millstream.common.config;

import io.millstream.common.config.types.Password;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The same definitions for our classes and for Apache's, made from a random number. */
final class OracleDefinitions {

  private static final String[] TEXTS = {
    "",
    " ",
    "a",
    " b ",
    "A",
    "x",
    "a,b",
    " a , b",
    "a,,b",
    ",",
    "a,",
    "a,a",
    "12",
    " 7 ",
    "-3",
    "99999999999",
    "1.5",
    "1e3",
    "0x10",
    "+4",
    "NaN",
    "true",
    "TRUE ",
    "no",
    "java.lang.String",
    " java.util.ArrayList ",
    "no.such.Class",
    "a\u0001"
  };

  private static final List<String> TYPES =
      Arrays.stream(ConfigDef.Type.values()).map(ConfigDef.Type::name).toList();

  private static final String[] PREFIXES = {"", "", "", "p.", "p.q."};

  private OracleDefinitions() {}

  static @Nullable Object value(Random random) {
    return switch (random.nextInt(16)) {
      case 0 -> null;
      case 1 -> random.nextInt(20) - 5;
      case 2 -> (long) random.nextInt(20) - 5;
      case 3 -> (short) (random.nextInt(20) - 5);
      case 4 -> random.nextInt(40) / 4.0;
      case 5 -> random.nextInt(40) / 4.0f;
      case 6 -> random.nextBoolean();
      case 7 -> List.of("a", "b");
      case 8 -> Arrays.asList("a", random.nextBoolean() ? "" : "a");
      case 9 -> List.of();
      case 10 -> String.class;
      case 11 -> new HashMap<String, String>();
      default -> TEXTS[random.nextInt(TEXTS.length)];
    };
  }

  /** The same settings defined twice. */
  record Pair(ConfigDef ours, org.apache.kafka.common.config.ConfigDef theirs) {}

  /** Adds a random setting to both; whether both took it, or both refused its default. */
  static boolean define(Pair pair, String name, Random random) {
    String type = TYPES.get(random.nextInt(TYPES.size()));
    String importance = List.of("HIGH", "MEDIUM", "LOW").get(random.nextInt(3));
    boolean required = random.nextInt(4) == 0;
    Object standard = random.nextInt(3) == 0 ? null : value(random);
    Validators validators = VALIDATORS.get(random.nextInt(VALIDATORS.size()));
    String group = random.nextBoolean() ? null : "g" + random.nextInt(3);
    int order = random.nextInt(3);
    boolean internal = random.nextInt(5) == 0;
    Outcome ours =
        Outcome.of(
            () ->
                pair.ours.define(
                    new ConfigDef.ConfigKey(
                        name,
                        ConfigDef.Type.valueOf(type),
                        required ? ConfigDef.NO_DEFAULT_VALUE : standard,
                        validators.ours,
                        ConfigDef.Importance.valueOf(importance),
                        "doc of " + name,
                        group,
                        order,
                        ConfigDef.Width.SHORT,
                        "shown " + name,
                        List.of(),
                        null,
                        internal)));
    Outcome theirs =
        Outcome.of(
            () ->
                pair.theirs.define(
                    new org.apache.kafka.common.config.ConfigDef.ConfigKey(
                        name,
                        org.apache.kafka.common.config.ConfigDef.Type.valueOf(type),
                        required
                            ? org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE
                            : standard,
                        validators.theirs,
                        org.apache.kafka.common.config.ConfigDef.Importance.valueOf(importance),
                        "doc of " + name,
                        group,
                        order,
                        org.apache.kafka.common.config.ConfigDef.Width.SHORT,
                        "shown " + name,
                        List.of(),
                        null,
                        internal)));
    return ours.refused() == theirs.refused();
  }

  /** The same rule twice. */
  record Validators(
      String name,
      ConfigDef.@Nullable Validator ours,
      org.apache.kafka.common.config.ConfigDef.@Nullable Validator theirs) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Validators> VALIDATORS =
      List.of(
          new Validators("none", null, null),
          new Validators(
              "at least",
              ConfigDef.Range.atLeast(3),
              org.apache.kafka.common.config.ConfigDef.Range.atLeast(3)),
          new Validators(
              "between",
              ConfigDef.Range.between(-1, 5L),
              org.apache.kafka.common.config.ConfigDef.Range.between(-1, 5L)),
          new Validators(
              "text",
              ConfigDef.ValidString.in("a", "b"),
              org.apache.kafka.common.config.ConfigDef.ValidString.in("a", "b")),
          new Validators(
              "text in any case",
              ConfigDef.CaseInsensitiveValidString.in("a", "X"),
              org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString.in("a", "X")),
          new Validators(
              "list",
              ConfigDef.ValidList.in("a", "b"),
              org.apache.kafka.common.config.ConfigDef.ValidList.in("a", "b")),
          new Validators(
              "list with entries",
              ConfigDef.ValidList.in(false, "a"),
              org.apache.kafka.common.config.ConfigDef.ValidList.in(false, "a")),
          new Validators(
              "any list",
              ConfigDef.ValidList.anyNonDuplicateValues(true, true),
              org.apache.kafka.common.config.ConfigDef.ValidList.anyNonDuplicateValues(true, true)),
          new Validators(
              "any list with entries",
              ConfigDef.ValidList.anyNonDuplicateValues(false, false),
              org.apache.kafka.common.config.ConfigDef.ValidList.anyNonDuplicateValues(
                  false, false)),
          new Validators(
              "not empty",
              new ConfigDef.NonEmptyString(),
              new org.apache.kafka.common.config.ConfigDef.NonEmptyString()),
          new Validators(
              "no control characters",
              ConfigDef.NonEmptyStringWithoutControlChars.nonEmptyStringWithoutControlChars(),
              org.apache.kafka.common.config.ConfigDef.NonEmptyStringWithoutControlChars
                  .nonEmptyStringWithoutControlChars()),
          new Validators(
              "not null",
              new ConfigDef.NonNullValidator(),
              new org.apache.kafka.common.config.ConfigDef.NonNullValidator()),
          new Validators(
              "short list",
              ConfigDef.ListSize.atMostOfSize(1),
              org.apache.kafka.common.config.ConfigDef.ListSize.atMostOfSize(1)),
          new Validators(
              "two rules",
              ConfigDef.CompositeValidator.of(
                  new ConfigDef.NonNullValidator(), ConfigDef.Range.atLeast(2)),
              org.apache.kafka.common.config.ConfigDef.CompositeValidator.of(
                  new org.apache.kafka.common.config.ConfigDef.NonNullValidator(),
                  org.apache.kafka.common.config.ConfigDef.Range.atLeast(2))),
          new Validators(
              "a function",
              ConfigDef.LambdaValidator.with(
                  (name, value) -> {
                    if (value == null) {
                      throw new ConfigException(name);
                    }
                  },
                  () -> "any"),
              org.apache.kafka.common.config.ConfigDef.LambdaValidator.with(
                  (name, value) -> {
                    if (value == null) {
                      throw new org.apache.kafka.common.config.ConfigException(name);
                    }
                  },
                  () -> "any")));

  /** Some settings, known to both alike. */
  static Pair definitions(Random random) {
    Pair pair = new Pair(new ConfigDef(), new org.apache.kafka.common.config.ConfigDef());
    for (int i = 0; i < 8; i++) {
      if (!define(pair, "k" + i, random)) {
        throw new AssertionError("One refused k" + i + " and the other did not");
      }
    }
    return pair;
  }

  /** What might be given for some of the settings, and for others, with and without prefix. */
  static Map<String, @Nullable Object> given(Random random, boolean texts) {
    Map<String, @Nullable Object> given = new HashMap<>();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      String key = PREFIXES[random.nextInt(PREFIXES.length)] + "k" + random.nextInt(9);
      given.put(key, texts ? TEXTS[random.nextInt(TEXTS.length)] : value(random));
    }
    return given;
  }

  /** What came of a call: a value, or that it was refused. */
  record Outcome(boolean refused, @Nullable Object value) {

    static Outcome of(Callable<?> call) {
      try {
        return new Outcome(false, comparable(call.call()));
      } catch (Exception e) {
        return new Outcome(true, null);
      }
    }
  }

  /** Values of both sides in the same terms. */
  static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof Password password) {
      return List.of("password", password.value());
    }
    if (value instanceof org.apache.kafka.common.config.types.Password password) {
      return List.of("password", password.value());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> all = new TreeMap<>();
      map.forEach((key, each) -> all.put((String) key, comparable(each)));
      return all;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> all = new ArrayList<>();
      list.forEach(each -> all.add(comparable(each)));
      return all;
    }
    return value instanceof Enum<?> constant ? constant.name() : value;
  }
}

package io.millstream.common.config;

import static io.millstream.common.config.OracleDefinitions.Outcome;
import static io.millstream.common.config.OracleDefinitions.comparable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.config.OracleDefinitions.Pair;
import io.millstream.common.config.OracleDefinitions.Validators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Definitions against Apache's, with random ones and random values. */
class ConfigDefTest {

  private static final int RUNS = 3_000;

  @Test
  void valuesOfEachTypeAreReadAndRefusedAsByApaches() {
    Random random = new Random(1);
    for (int i = 0; i < RUNS; i++) {
      Object value = OracleDefinitions.value(random);
      for (ConfigDef.Type type : ConfigDef.Type.values()) {
        Outcome ours = Outcome.of(() -> ConfigDef.parseType("k", value, type));
        Outcome theirs =
            Outcome.of(
                () ->
                    org.apache.kafka.common.config.ConfigDef.parseType(
                        "k",
                        value,
                        org.apache.kafka.common.config.ConfigDef.Type.valueOf(type.name())));
        assertThat(ours).as("%s as %s", value, type).isEqualTo(theirs);
      }
    }
  }

  @Test
  void valuesBecomeTextsAsWithApaches() {
    Random random = new Random(2);
    for (int i = 0; i < RUNS; i++) {
      Object value = OracleDefinitions.value(random);
      for (ConfigDef.Type type : ConfigDef.Type.values()) {
        Outcome text =
            Outcome.of(
                () -> ConfigDef.convertToString(ConfigDef.parseType("k", value, type), type));
        org.apache.kafka.common.config.ConfigDef.Type other =
            org.apache.kafka.common.config.ConfigDef.Type.valueOf(type.name());
        Outcome expected =
            Outcome.of(
                () ->
                    org.apache.kafka.common.config.ConfigDef.convertToString(
                        org.apache.kafka.common.config.ConfigDef.parseType("k", value, other),
                        other));
        assertThat(text).as("%s as %s", value, type).isEqualTo(expected);
      }
    }
  }

  @Test
  void rulesAllowWhatApachesAllow() {
    Random random = new Random(3);
    for (int i = 0; i < RUNS; i++) {
      Object value = OracleDefinitions.value(random);
      for (Validators validators : OracleDefinitions.VALIDATORS) {
        ConfigDef.Validator ours = validators.ours();
        org.apache.kafka.common.config.ConfigDef.Validator theirs = validators.theirs();
        if (ours != null && theirs != null) {
          assertThat(refuses(() -> ours.ensureValid("k", value)))
              .as("%s: %s", validators, value)
              .isEqualTo(refuses(() -> theirs.ensureValid("k", value)));
        }
      }
    }
  }

  private static boolean refuses(Runnable check) {
    return Outcome.of(
            () -> {
              check.run();
              return null;
            })
        .refused();
  }

  @Test
  void aDefinitionParsesAsApaches() {
    int taken = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      Pair pair = OracleDefinitions.definitions(random);
      Map<String, @Nullable Object> given = OracleDefinitions.given(random, false);
      Outcome ours = Outcome.of(() -> pair.ours().parse(given));
      assertThat(ours)
          .as("seed %s: %s", seed, given)
          .isEqualTo(Outcome.of(() -> pair.theirs().parse(given)));
      taken += ours.refused() ? 0 : 1;
    }
    assertThat(taken).isBetween(RUNS / 20, RUNS - RUNS / 20);
  }

  @Test
  void aDefinitionTellsOfItselfAsApaches() {
    for (int seed = 0; seed < RUNS / 10; seed++) {
      Random random = new Random(seed);
      Pair pair = OracleDefinitions.definitions(random);
      assertThat(pair.ours().names()).containsExactlyElementsOf(pair.theirs().names());
      assertThat(comparable(pair.ours().defaultValues()))
          .isEqualTo(comparable(pair.theirs().defaultValues()));
      assertThat(pair.ours().groups()).isEqualTo(pair.theirs().groups());

      ConfigDef outer = new ConfigDef();
      outer.embed("in.", "inner", 4, pair.ours());
      org.apache.kafka.common.config.ConfigDef theirOuter =
          new org.apache.kafka.common.config.ConfigDef();
      theirOuter.embed("in.", "inner", 4, pair.theirs());
      assertThat(outer.groups()).isEqualTo(theirOuter.groups());
      assertThat(
              outer.configKeys().values().stream()
                  .map(key -> key.name + key.group + key.orderInGroup + key.displayName)
                  .toList())
          .isEqualTo(
              theirOuter.configKeys().values().stream()
                  .map(key -> key.name + key.group + key.orderInGroup + key.displayName)
                  .toList());
    }
  }

  @Test
  void validationFindsWhatApachesFinds() {
    int compared = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      Pair pair = OracleDefinitions.definitions(random);
      Map<String, String> given = new HashMap<>();
      OracleDefinitions.given(random, true)
          .forEach((key, value) -> given.put(key, String.valueOf(value)));
      Map<String, @Nullable Object> ours = new TreeMap<>();
      for (ConfigValue value : pair.ours().validate(given)) {
        boolean sound = value.errorMessages().isEmpty();
        ours.put(value.name(), sound ? comparable(value.value()) : "wrong");
      }
      List<org.apache.kafka.common.config.ConfigValue> validated;
      try {
        validated = pair.theirs().validate(given);
      } catch (ClassCastException | NullPointerException e) {
        // Apache's rules take values of their type for granted.
        continue;
      }
      compared++;
      Map<String, @Nullable Object> theirs = new TreeMap<>();
      for (org.apache.kafka.common.config.ConfigValue value : validated) {
        boolean sound = value.errorMessages().isEmpty();
        theirs.put(value.name(), sound ? comparable(value.value()) : "wrong");
      }
      assertThat(ours).as("seed %s: %s", seed, given).isEqualTo(theirs);
    }
    assertThat(compared).isGreaterThan(RUNS / 30);
  }

  /** Recommends what the value of another key says, and is hidden without it. */
  private static final class Following implements ConfigDef.Recommender {

    @Override
    public List<Object> validValues(String name, Map<String, Object> parsedConfig) {
      Object other = parsedConfig.get("other");
      return other == null ? List.of() : List.of(other);
    }

    @Override
    public boolean visible(String name, Map<String, Object> parsedConfig) {
      return parsedConfig.get("other") != null;
    }
  }

  private static ConfigDef withRecommender() {
    return new ConfigDef()
        .define("other", ConfigDef.Type.STRING, null, ConfigDef.Importance.LOW, "the other")
        .define(
            "mine",
            ConfigDef.Type.STRING,
            "m",
            ConfigDef.Importance.HIGH,
            "mine",
            "g",
            1,
            ConfigDef.Width.LONG,
            "Mine",
            new Following());
  }

  @Test
  void aRecommenderSeesTheOtherValues() {
    ConfigValue with =
        withRecommender().validateAll(Map.of("other", "o")).getOrDefault("mine", absent());
    assertThat(with.recommendedValues()).containsExactly("o");
    assertThat(with.visible()).isTrue();
    assertThat(withRecommender().validateAll(Map.of()).getOrDefault("mine", absent()).visible())
        .isFalse();
  }

  private static ConfigValue absent() {
    return new ConfigValue("absent");
  }

  @Test
  void anEmbeddedRecommenderSeesItsOwnKeys() {
    ConfigDef outer = new ConfigDef();
    outer.embed("in.", "inner", 0, withRecommender());
    assertThat(
            outer
                .validateAll(Map.of("in.other", "o"))
                .getOrDefault("in.mine", absent())
                .recommendedValues())
        .containsExactly("o");
  }

  @Test
  void aKeyIsDefinedOnce() {
    ConfigDef definition =
        new ConfigDef().define("k", ConfigDef.Type.INT, 1, ConfigDef.Importance.LOW, "");
    assertThatThrownBy(
            () -> definition.define("k", ConfigDef.Type.INT, 2, ConfigDef.Importance.LOW, ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("k is defined twice");
  }

  @Test
  void aDependentThatIsNotDefinedIsNamed() {
    ConfigDef definition =
        new ConfigDef()
            .define(
                "k",
                ConfigDef.Type.INT,
                1,
                ConfigDef.Importance.LOW,
                "",
                "g",
                1,
                ConfigDef.Width.NONE,
                "k",
                List.of("gone"));
    assertThatThrownBy(() -> definition.parse(Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gone");
    assertThat(definition.validateAll(Map.of()).getOrDefault("gone", absent()).errorMessages())
        .hasSize(1);
  }

  @Test
  void aCopyGoesItsOwnWay() {
    ConfigDef base =
        new ConfigDef().define("k", ConfigDef.Type.INT, 1, ConfigDef.Importance.LOW, "");
    ConfigDef copy =
        new ConfigDef(base).define("l", ConfigDef.Type.INT, 1, ConfigDef.Importance.LOW, "");
    assertThat(copy.names()).containsExactly("k", "l");
    assertThat(base.names()).containsExactly("k");
  }

  @Test
  void pagesTellOfAllButInternalSettings() {
    ConfigDef definition =
        withRecommender().defineInternal("hidden", ConfigDef.Type.INT, 1, ConfigDef.Importance.LOW);
    List<String> pages = new ArrayList<>();
    pages.add(definition.toHtml());
    pages.add(definition.toHtmlTable());
    pages.add(definition.toRst());
    pages.add(definition.toEnrichedRst());
    pages.add(definition.toHtml(2, key -> "id-" + key));
    pages.add(definition.toHtmlTable(Map.of("mine", "per-broker")));
    assertThat(pages)
        .allSatisfy(
            page -> assertThat(page).contains("mine", "other", "high").doesNotContain("hidden"));
    assertThat(pages.get(4)).contains("<h2><a id=\"id-mine\"");
    assertThat(pages.get(5)).contains("per-broker", "read-only");
  }
}

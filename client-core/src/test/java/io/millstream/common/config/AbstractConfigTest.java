package io.millstream.common.config;

import static io.millstream.common.config.OracleDefinitions.Outcome;
import static io.millstream.common.config.OracleDefinitions.comparable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.Configurable;
import io.millstream.common.KafkaException;
import io.millstream.common.config.OracleDefinitions.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Parsed settings against Apache's, with random definitions and random values. */
class AbstractConfigTest {

  @Test
  void everythingIsAnsweredAsByApaches() {
    int taken = 0;
    for (int seed = 0; seed < 6_000; seed++) {
      Random random = new Random(seed);
      Pair pair = OracleDefinitions.definitions(random);
      Map<String, @Nullable Object> given = OracleDefinitions.given(random, false);
      AbstractConfig ours;
      try {
        ours = new AbstractConfig(pair.ours(), given, false);
      } catch (ConfigException e) {
        assertThatThrownBy(
                () ->
                    new org.apache.kafka.common.config.AbstractConfig(pair.theirs(), given, false))
            .as("seed %s", seed)
            .isInstanceOf(RuntimeException.class);
        continue;
      }
      taken++;
      org.apache.kafka.common.config.AbstractConfig theirs =
          new org.apache.kafka.common.config.AbstractConfig(pair.theirs(), given, false);
      same(seed, ours, theirs);
    }
    assertThat(taken).isGreaterThan(300);
  }

  private static void same(
      int seed, AbstractConfig ours, org.apache.kafka.common.config.AbstractConfig theirs) {
    compare(seed, ours.values(), theirs.values());
    compare(seed, ours.nonInternalValues(), theirs.nonInternalValues());
    compare(seed, ours.originals(), theirs.originals());
    compare(seed, ours.originals(Map.of("k1", "x")), theirs.originals(Map.of("k1", "x")));
    assertThat(Outcome.of(ours::originalsStrings))
        .as("seed %s", seed)
        .isEqualTo(Outcome.of(theirs::originalsStrings));
    compare(seed, ours.originalsWithPrefix("p."), theirs.originalsWithPrefix("p."));
    compare(seed, ours.originalsWithPrefix("p.", false), theirs.originalsWithPrefix("p.", false));
    assertThat(ours.unused()).as("seed %s", seed).isEqualTo(theirs.unused());
    assertThat(Outcome.of(() -> ours.valuesWithPrefixOverride("p.")))
        .as("seed %s", seed)
        .isEqualTo(Outcome.of(() -> theirs.valuesWithPrefixOverride("p.")));
    assertThat(Outcome.of(() -> ours.valuesWithPrefixAllOrNothing("p.")))
        .as("seed %s", seed)
        .isEqualTo(Outcome.of(() -> theirs.valuesWithPrefixAllOrNothing("p.")));
    for (String key : List.of("k0", "k1", "k2", "k3", "k8")) {
      assertThat(outcomes(ours, key)).as("seed %s", seed).isEqualTo(outcomes(theirs, key));
    }
    Object own = ours.originalsWithPrefix("p.").get("k4");
    assertThat(own).isEqualTo(theirs.originalsWithPrefix("p.").get("k4"));
    ours.ignore("k5");
    theirs.ignore("k5");
    assertThat(ours.unused()).as("seed %s", seed).isEqualTo(theirs.unused());
  }

  private static void compare(int seed, Map<String, ?> ours, Map<String, ?> theirs) {
    assertThat(comparable(ours)).as("seed %s", seed).isEqualTo(comparable(theirs));
  }

  private static List<Outcome> outcomes(AbstractConfig config, String key) {
    return List.of(
        Outcome.of(() -> config.getShort(key)),
        Outcome.of(() -> config.getInt(key)),
        Outcome.of(() -> config.getLong(key)),
        Outcome.of(() -> config.getDouble(key)),
        Outcome.of(() -> config.getList(key)),
        Outcome.of(() -> config.getBoolean(key)),
        Outcome.of(() -> config.getString(key)),
        Outcome.of(() -> config.getPassword(key)),
        Outcome.of(() -> config.getClass(key)),
        Outcome.of(() -> config.typeOf(key)),
        Outcome.of(() -> config.documentationOf(key)));
  }

  private static List<Outcome> outcomes(
      org.apache.kafka.common.config.AbstractConfig config, String key) {
    return List.of(
        Outcome.of(() -> config.getShort(key)),
        Outcome.of(() -> config.getInt(key)),
        Outcome.of(() -> config.getLong(key)),
        Outcome.of(() -> config.getDouble(key)),
        Outcome.of(() -> config.getList(key)),
        Outcome.of(() -> config.getBoolean(key)),
        Outcome.of(() -> config.getString(key)),
        Outcome.of(() -> config.getPassword(key)),
        Outcome.of(() -> config.getClass(key)),
        Outcome.of(() -> config.typeOf(key)),
        Outcome.of(() -> config.documentationOf(key)));
  }

  /** Counts its instances. */
  public static final class Counting implements Configurable, AutoCloseable {

    private static final AtomicInteger CLOSED = new AtomicInteger();

    private @Nullable Map<String, ?> configs;

    /** Begins unconfigured. */
    public Counting() {}

    @Override
    public void configure(Map<String, ?> configs) {
      this.configs = configs;
    }

    @Override
    public void close() {
      CLOSED.incrementAndGet();
    }
  }

  private static AbstractConfig plugins(Object one, Object several) {
    ConfigDef definition =
        new ConfigDef()
            .define("one", ConfigDef.Type.CLASS, null, ConfigDef.Importance.LOW, "")
            .define("several", ConfigDef.Type.LIST, List.of(), ConfigDef.Importance.LOW, "");
    Map<String, Object> given = new HashMap<>();
    given.put("one", one);
    given.put("several", several);
    given.put("own.key", 7);
    return new AbstractConfig(definition, given, false);
  }

  @Test
  void aPluginIsCreatedAndConfiguredWithWhatWasGiven() {
    AbstractConfig config = plugins(Counting.class, Counting.class.getName());
    Counting one = config.getConfiguredInstance("one", Counting.class, Map.of("more", 8));
    Map<String, ?> configs = Objects.requireNonNull(Objects.requireNonNull(one).configs);
    assertThat(configs.get("own.key")).isEqualTo(7);
    assertThat(configs.get("more")).isEqualTo(8);
    assertThat(config.getConfiguredInstances("several", Counting.class)).hasSize(1);
  }

  @Test
  void aPluginOfAnotherTypeIsRefusedAndThoseBeforeItAreClosed() {
    int closed = Counting.CLOSED.get();
    AbstractConfig config =
        plugins(ArrayList.class, Counting.class.getName() + ",java.util.ArrayList");
    assertThatThrownBy(() -> config.getConfiguredInstance("one", Counting.class))
        .isInstanceOf(KafkaException.class)
        .hasMessageContaining("java.util.ArrayList");
    assertThatThrownBy(() -> config.getConfiguredInstances("several", Counting.class))
        .isInstanceOf(KafkaException.class);
    assertThat(Counting.CLOSED.get()).isEqualTo(closed + 1);
  }

  /** Has a value that depends on another, as plug-ins have. */
  private static final class Dependent extends AbstractConfig {

    Dependent(Map<?, ?> given) {
      super(
          new ConfigDef()
              .define("base", ConfigDef.Type.INT, 1, ConfigDef.Importance.LOW, "")
              .define(
                  "double",
                  ConfigDef.Type.INT,
                  0,
                  ConfigDef.Range.atLeast(0),
                  ConfigDef.Importance.LOW,
                  ""),
          given);
    }

    @Override
    protected Map<String, Object> preProcessParsedConfig(Map<String, Object> parsedValues) {
      return parsedValues.isEmpty() ? Map.of("base", "21") : parsedValues;
    }

    @Override
    protected Map<String, Object> postProcessParsedConfig(Map<String, Object> parsedValues) {
      return Map.of("double", 2 * (Integer) parsedValues.getOrDefault("base", 0));
    }
  }

  @Test
  void aClassBelowChangesWhatIsParsedAndWhatCameOfIt() {
    assertThat(new Dependent(Map.of()).getInt("double")).isEqualTo(42);
    assertThat(new Dependent(Map.of("base", 3)).getInt("double")).isEqualTo(6);
    assertThatThrownBy(() -> new Dependent(Map.of("base", -1)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("double");
  }

  @Test
  void propertiesCountWithTheirDefaults() {
    Properties defaults = new Properties();
    defaults.setProperty("base", "4");
    assertThat(new Dependent(new Properties(defaults)).getInt("double")).isEqualTo(8);
  }

  @Test
  void aKeyThatIsNoTextIsRefused() {
    assertThatThrownBy(() -> new Dependent(Map.of(1, "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be a text");
  }

  @Test
  void aPasswordIsNotShown() {
    ConfigDef definition =
        new ConfigDef().define("secret", ConfigDef.Type.PASSWORD, ConfigDef.Importance.LOW, "");
    AbstractConfig config = new AbstractConfig(definition, Map.of("secret", "s3cret"), false);
    assertThat(config.values().toString()).doesNotContain("s3cret");
    assertThat(ConfigDef.convertToString(config.getPassword("secret"), ConfigDef.Type.PASSWORD))
        .doesNotContain("s3cret");
    assertThat(ConfigDef.convertToStringMapWithPasswordValues(config.values()))
        .containsEntry("secret", "s3cret");
  }

  @Test
  void providersOfValuesAreRefusedByName() {
    assertThatThrownBy(() -> new Dependent(Map.of("config.providers", "file")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("config.providers");
  }
}

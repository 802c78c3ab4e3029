package io.millstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.millstream.common.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A setting that is said to be built is read by somebody, and one that is not is refused. */
class BuiltSettingsTest {

  @Test
  void everySettingThatIsBuiltIsReadByTheEngineOrByAClient() throws Exception {
    List<String> constants = constantsOfReaders();
    List<String> unread = new ArrayList<>();
    for (SettingTable table : SettingTables.all()) {
      for (Setting setting : table.settings()) {
        if (setting.support().built()
            && !setting.key().equals("client.id") // read by ParsedSettings itself
            && constants.stream().noneMatch(pool -> pool.contains(utf8Constant(setting.key())))) {
          unread.add(table.client() + ": " + setting.key());
        }
      }
    }
    assertThat(unread).isEmpty();
  }

  /** Keys are constants, which the compiler copies into the classes that use them. */
  private static List<String> constantsOfReaders() throws IOException, URISyntaxException {
    Path root =
        Path.of(SettingTable.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .filter(file -> !file.startsWith(root.resolve("io/millstream/settings")))
          .filter(file -> !file.getFileName().toString().endsWith("Config.class"))
          .filter(file -> !file.getFileName().toString().endsWith("Configs.class"))
          .map(BuiltSettingsTest::bytesAsText)
          .toList();
    }
  }

  private static String bytesAsText(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How a class file holds a text: a tag, the length in two bytes, the text. */
  private static String utf8Constant(String text) {
    return "\u0001" + (char) (text.length() >> 8) + (char) (text.length() & 0xFF) + text;
  }

  @Test
  void everySettingThatIsNotBuiltTakesItsDefaultAndRefusesOtherValuesByName() {
    SettingTable table = SettingTables.admin();
    for (Setting setting : table.settings()) {
      Object other = otherValue(setting);
      if (setting.support().built()) {
        continue;
      }
      Object standard = setting.shape().standard();
      if (standard != null) {
        String text = Draft.Shown.of(setting, standard).replace("\"\"", "");
        if (!setting.key().equals("bootstrap.controllers")) {
          assertThatCode(() -> table.parse(Map.of("bootstrap.servers", "h:1", setting.key(), text)))
              .doesNotThrowAnyException();
        }
      }
      assertThatCode(() -> table.parse(Map.of("bootstrap.servers", "h:1", setting.key(), other)))
          .as("%s = %s", setting.key(), other)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(setting.key())
          .hasMessageContaining("not built yet");
    }
  }

  private static final Map<String, Object> OTHER_WORDS =
      Map.of(
          "bootstrap.controllers", "h:2",
          "metrics.recording.level", "DEBUG",
          "security.protocol", "SASL_SSL",
          "sasl.oauthbearer.assertion.algorithm", "ES256");

  private static Object otherValue(Setting setting) {
    Object word = OTHER_WORDS.get(setting.key());
    if (word != null) {
      return word;
    }
    return switch (setting.shape().type()) {
      case BOOLEAN -> !Boolean.TRUE.equals(setting.shape().standard());
      case SHORT, INT, LONG -> 7;
      case DOUBLE -> setting.key().endsWith("jitter") ? 0.2 : 0.7;
      default -> "something.else";
    };
  }
}

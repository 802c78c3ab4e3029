package io.millstream.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.settings.Setting;
import io.millstream.settings.SettingTables;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** A setting of the producer that works has a test in this module that shows it working. */
class SettingsWithEffectTest {

  @Test
  void everySettingOfTheProducerThatIsBuiltHasATestOfItsEffect() throws Exception {
    Set<String> shown = new TreeSet<>();
    for (Class<?> test : testClasses()) {
      for (Method method : test.getDeclaredMethods()) {
        ShowsEffectOf shows = method.getAnnotation(ShowsEffectOf.class);
        if (shows != null) {
          assertThat(
                  method.isAnnotationPresent(Test.class)
                      || method.isAnnotationPresent(ParameterizedTest.class))
              .as("%s is a test", method)
              .isTrue();
          shown.addAll(Set.of(shows.value()));
        }
      }
    }
    Set<String> built =
        SettingTables.producer().settings().stream()
            .filter(setting -> setting.support().built())
            .map(Setting::key)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(shown).as("settings with a test of their effect").containsAll(built);
    assertThat(SettingTables.producer().keys()).as("keys that tests name").containsAll(shown);
  }

  private static Set<Class<?>> testClasses() throws IOException, URISyntaxException {
    Path root =
        Path.of(
            SettingsWithEffectTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(root::relativize)
          .map(Path::toString)
          .filter(name -> name.endsWith("Test.class") || name.endsWith("IT.class"))
          .map(name -> name.replaceAll("[/\\\\]", ".").replaceAll("\\.class$", ""))
          .map(SettingsWithEffectTest::load)
          .collect(Collectors.toSet());
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, SettingsWithEffectTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}

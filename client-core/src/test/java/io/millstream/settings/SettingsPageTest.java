package io.millstream.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The page of settings in the manual is printed from the tables. {@code
 * -Dupdate.settings.page=true} writes it anew.
 */
class SettingsPageTest {

  /** Tests run in the folder of their module. */
  private static final Path PAGE = Path.of("..", "docs", "settings.md");

  @Test
  void thePageInTheManualIsThatOfTheTables() throws IOException {
    if (Boolean.getBoolean("update.settings.page")) {
      Files.writeString(PAGE, SettingsPage.text());
    }
    assertThat(Files.readString(PAGE))
        .as("docs/settings.md is stale; CONTRIBUTING.md says how to print it anew")
        .isEqualTo(SettingsPage.text());
  }
}

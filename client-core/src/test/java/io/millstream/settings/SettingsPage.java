package io.millstream.settings;

import io.millstream.settings.Setting.Importance;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints the tables as a page of the manual. */
final class SettingsPage {

  private static final String HEAD =
      """
      # Settings

      Printed from the code; do not edit. [CONTRIBUTING.md](../CONTRIBUTING.md) says how to print it anew.

      Keys, types, defaults and rules are Kafka's. A client takes them as `Properties` or as any `Map`; values are of the
      type or texts. Plug-ins are given as a class name, a class or an instance: an instance is used as it is, the others are
      created and configured. All wrong values are reported together. An unknown key is a warning with the nearest known one,
      and is handed to plug-ins.

      A setting that is *not built yet* takes its default, and what is named beside it, and refuses everything else.
      """;

  private SettingsPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    for (SettingTable table : SettingTables.all()) {
      String client = table.client();
      page.append("\n## Settings of the ").append(client).append('\n');
      List<Importance> order = Arrays.asList(Importance.values());
      for (int i = order.size() - 1; i >= 0; i--) {
        section(page, table, order.get(i));
      }
    }
    return page.toString();
  }

  private static void section(StringBuilder page, SettingTable table, Importance importance) {
    page.append("\n### Importance ")
        .append(importance.name().toLowerCase(Locale.ROOT))
        .append("\n\n| key | type | default | must be | what it does |\n")
        .append("| --- | --- | --- | --- | --- |\n");
    for (Setting setting : table.settings()) {
      if (setting.importance() == importance) {
        page.append(
            "| `%s` | %s | %s | %s | %s%s |%n"
                .formatted(
                    setting.key(),
                    setting.shape().type().kafkaName(),
                    standard(setting),
                    setting.shape().rule().text(),
                    setting.doc(),
                    support(setting))
                .replace(System.lineSeparator(), "\n"));
      }
    }
  }

  private static String standard(Setting setting) {
    if (setting.shape().required()) {
      return "required";
    }
    if (!setting.unset().isEmpty()) {
      return setting.unset();
    }
    Object standard = setting.shape().standard();
    if (standard == null) {
      return "none";
    }
    String shown = Draft.Shown.of(setting, standard);
    return shown.isEmpty() || shown.equals("\"\"") ? "empty" : "`" + shown + "`";
  }

  private static String support(Setting setting) {
    if (setting.support().built()) {
      return "";
    }
    List<String> harmless =
        setting.support().harmless().stream()
            .map(value -> Draft.Shown.of(setting, value))
            .map(value -> value.isEmpty() ? "empty" : "`" + value + "`")
            .toList();
    return harmless.isEmpty()
        ? " *Not built yet.*"
        : " *Not built yet; also takes " + String.join(", ", harmless) + ".*";
  }
}

package io.millstream.common.config;

import io.millstream.common.config.ConfigDef.ConfigKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes settings for a manual.
 *
 * @param keys in the order in which they are written; those that are not shown are left out
 */
record ConfigPage(List<ConfigKey> keys) {

  static final List<String> HEADERS =
      List.of("Name", "Description", "Type", "Default", "Valid Values", "Importance");

  ConfigPage(List<ConfigKey> keys) {
    this.keys = keys.stream().filter(key -> !key.internalConfig).toList();
  }

  static String cell(ConfigKey key, String header) {
    return switch (header) {
      case "Name" -> key.name;
      case "Description" -> key.documentation;
      case "Type" -> key.type.toString().toLowerCase(Locale.ROOT);
      case "Default" -> standard(key);
      case "Valid Values" -> key.validator == null ? "" : key.validator.toString();
      case "Importance" -> key.importance.toString().toLowerCase(Locale.ROOT);
      default -> throw new IllegalArgumentException("There is nothing to tell of " + header);
    };
  }

  private static String standard(ConfigKey key) {
    if (!key.hasDefault()) {
      return "";
    }
    if (key.alternativeString != null) {
      return key.alternativeString;
    }
    String text = ConfigDef.convertToString(key.defaultValue, key.type);
    return text == null ? "null" : text.isEmpty() ? "\"\"" : text;
  }

  String htmlTable(
      List<String> headers,
      BiFunction<ConfigKey, String, String> cells,
      Map<String, String> updates) {
    StringBuilder page = new StringBuilder("<table class=\"data-table\"><tbody>\n<tr>\n");
    headers.forEach(header -> page.append("<th>").append(header).append("</th>\n"));
    if (!updates.isEmpty()) {
      page.append("<th>Dynamic Update Mode</th>\n");
    }
    page.append("</tr>\n");
    for (ConfigKey key : keys) {
      page.append("<tr>\n");
      headers.forEach(
          header -> page.append("<td>").append(cells.apply(key, header)).append("</td>"));
      if (!updates.isEmpty()) {
        page.append("<td>").append(update(key, updates)).append("</td>");
      }
      page.append("</tr>\n");
    }
    return page.append("</tbody></table>").toString();
  }

  private static String update(ConfigKey key, Map<String, String> updates) {
    return updates.getOrDefault(key.name, "read-only");
  }

  String html(int depth, Function<String, String> ids, Map<String, String> updates) {
    StringBuilder page = new StringBuilder("<ul class=\"config-list\">\n");
    for (ConfigKey key : keys) {
      page.append(
          "<li>\n<h%1$d><a id=\"%2$s\" href=\"#%2$s\">%3$s</a></h%1$d>\n<p>%4$s</p>\n<table><tbody>\n"
              .formatted(
                  depth, ids.apply(key.name), key.name, key.documentation.replace("\n", "<br>")));
      for (String header : HEADERS.subList(2, HEADERS.size())) {
        row(page, header, cell(key, header));
      }
      if (!updates.isEmpty()) {
        row(page, "Update Mode", update(key, updates));
      }
      page.append("</tbody></table>\n</li>\n");
    }
    return page.append("</ul>\n").toString();
  }

  private static void row(StringBuilder page, String name, String value) {
    page.append("<tr><th>%s:</th><td>%s</td></tr>\n".formatted(name, value));
  }

  String rst(boolean withGroups) {
    StringBuilder page = new StringBuilder();
    String group = null;
    for (ConfigKey key : keys) {
      if (withGroups && key.group != null && !key.group.equals(group)) {
        group = key.group;
        page.append(group).append('\n').append("^".repeat(group.length())).append("\n\n");
      }
      page.append("``").append(key.name).append("``\n");
      key.documentation.lines().forEach(line -> page.append("  ").append(line).append('\n'));
      page.append('\n');
      bullet(page, "Type", cell(key, "Type"));
      if (key.hasDefault()) {
        bullet(page, "Default", standard(key));
      }
      bullet(page, "Valid Values", cell(key, "Valid Values"));
      bullet(page, "Importance", cell(key, "Importance"));
      if (withGroups) {
        bullet(page, "Dependents", dependents(key));
      }
      page.append('\n');
    }
    return page.toString();
  }

  private static String dependents(ConfigKey key) {
    return String.join(", ", key.dependents.stream().map(name -> "``" + name + "``").toList());
  }

  private static void bullet(StringBuilder page, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      page.append("  * ").append(name).append(": ").append(value).append('\n');
    }
  }
}

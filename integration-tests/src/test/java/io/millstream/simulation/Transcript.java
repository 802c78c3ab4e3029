package io.millstream.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a broker answered, with everything that two brokers may choose freely replaced by names:
 * ids, texts of errors, times.
 */
final class Transcript {

  private static final Pattern BUFFER =
      Pattern.compile("java\\.nio\\.\\w+\\[pos=(\\d+) lim=(\\d+) cap=\\d+\\]");
  private static final Pattern FREE_TEXT =
      Pattern.compile("(errorMessage|batchIndexErrorMessage)=.*?(?=, \\w+=|\\])");
  private static final Pattern RECORD_ERRORS = Pattern.compile("recordErrors=\\[.*?\\](?=, )");

  private final List<String> lines = new ArrayList<>();
  private final Map<String, String> names = new LinkedHashMap<>();

  /** Calls a value by a name from now on. */
  void name(Object value, String name) {
    names.put(String.valueOf(value), "<" + name + ">");
  }

  void add(String step, Object answer) {
    lines.add(step + ": " + normal(String.valueOf(answer)));
  }

  private String normal(String text) {
    String result = text;
    for (Map.Entry<String, String> name : names.entrySet()) {
      result = result.replace(name.getKey(), name.getValue());
    }
    result =
        BUFFER
            .matcher(result)
            .replaceAll(
                found ->
                    "bytes"
                        + (Integer.parseInt(found.group(2)) - Integer.parseInt(found.group(1))));
    result = RECORD_ERRORS.matcher(result).replaceAll("recordErrors");
    return FREE_TEXT.matcher(result).replaceAll("$1");
  }

  List<String> lines() {
    return lines;
  }
}

package io.millstream.generator;

import java.util.List;

/** Java text that grows line by line, indented by two spaces for each open brace. */
final class Source {

  private static final int LONGEST_LINE = 100;

  private final StringBuilder text = new StringBuilder();
  private int depth;

  /** Appends one line; one that starts with } closes a block, one that ends with { opens one. */
  Source line(String line) {
    if (line.startsWith("}") || line.startsWith(")")) {
      depth--;
    }
    if (!line.isEmpty()) {
      text.append("  ".repeat(depth)).append(wrapped(line));
    }
    text.append('\n');
    if (line.endsWith("{")) {
      depth++;
    }
    return this;
  }

  private String wrapped(String line) {
    int assigned = line.indexOf(" = ") + 2;
    int split = assigned > 1 ? assigned : line.indexOf('(') + 1;
    if (2 * depth + line.length() <= LONGEST_LINE || split == 0 || line.startsWith("*")) {
      return line;
    }
    return line.substring(0, split) + "\n" + "  ".repeat(depth + 2) + line.substring(split).strip();
  }

  /** Appends an empty line. */
  Source gap() {
    return line("");
  }

  /** Appends head, comma-separated parts and tail, on as many lines as they need. */
  Source list(String head, List<String> parts, String tail) {
    String joined = head + String.join(", ", parts) + tail;
    if (2 * depth + joined.length() <= LONGEST_LINE) {
      return line(joined);
    }
    text.append("  ".repeat(depth)).append(head).append('\n');
    for (int i = 0; i < parts.size(); i++) {
      text.append("  ".repeat(depth + 2)).append(parts.get(i));
      text.append(i < parts.size() - 1 ? ",\n" : tail + "\n");
    }
    if (tail.endsWith("{")) {
      depth++;
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

package io.millstream.generator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one definition file; the README beside the definitions tells the format. */
final class DefinitionParser {

  /** Names that the generated code uses itself. */
  private static final Set<String> TAKEN =
      Set.of(
          "in",
          "out",
          "version",
          "compact",
          "tag",
          "fieldEnd",
          "fieldsLeft",
          "tagged",
          "from",
          "v");

  private record Line(int number, int depth, Deque<String> words) {}

  private final String fileName;
  private final Deque<Line> lines = new ArrayDeque<>();
  private String about = "";

  private DefinitionParser(String fileName, List<String> text) {
    this.fileName = fileName;
    for (int i = 0; i < text.size(); i++) {
      String line = text.get(i);
      if (line.startsWith("#")) {
        about = about.isEmpty() ? line.substring(1).strip() : about;
      } else if (!line.isBlank()) {
        int indent = line.length() - line.stripLeading().length();
        lines.add(new Line(i + 1, indent / 2, new ArrayDeque<>(List.of(line.strip().split(" +")))));
      }
    }
  }

  static Message parse(String fileName, List<String> text) {
    return new DefinitionParser(fileName, text).message();
  }

  private Message message() {
    Line head = take();
    String kind = word(head);
    String name = word(head);
    OptionalInt apiKey =
        kind.equals("api") ? OptionalInt.of(Integer.parseInt(word(head))) : OptionalInt.empty();
    expect(head, "versions");
    Versions versions = Versions.parse(word(head), Versions.NONE);
    Versions flexible = Versions.NONE;
    if (!head.words.isEmpty()) {
      expect(head, "flexible");
      flexible = Versions.parse(word(head), versions);
    }
    List<Struct> structures = new ArrayList<>();
    if (apiKey.isPresent()) {
      structures.add(section("request", name + "Request", versions));
      structures.add(section("response", name + "Response", versions));
    } else {
      structures.add(section("fields", name, versions));
    }
    if (!lines.isEmpty()) {
      throw problem(lines.getFirst(), "nothing may follow the last section");
    }
    return new Message(name, about, apiKey, versions, flexible, structures);
  }

  private Struct section(String title, String structName, Versions versions) {
    Line line = take();
    expect(line, title);
    return new Struct(structName, versions, fields(line.depth + 1, versions));
  }

  private List<Field> fields(int depth, Versions enclosing) {
    List<Field> fields = new ArrayList<>();
    while (!lines.isEmpty() && lines.getFirst().depth == depth) {
      fields.add(field(take(), enclosing));
    }
    if (!lines.isEmpty() && lines.getFirst().depth > depth) {
      throw problem(lines.getFirst(), "indented too far");
    }
    return List.copyOf(fields);
  }

  private Field field(Line line, Versions enclosing) {
    String name = word(line);
    String typeName = word(line);
    if (TAKEN.contains(name)) {
      throw problem(line, "the name " + name + " is used by the generated code");
    }
    Versions versions = optionalVersions(line, enclosing, enclosing);
    Versions nullable =
        takeIf(line, "nullable") ? optionalVersions(line, versions, versions) : Versions.NONE;
    OptionalInt tag =
        takeIf(line, "tag") ? OptionalInt.of(Integer.parseInt(word(line))) : OptionalInt.empty();
    @Nullable String defaultValue = takeIf(line, "=") ? word(line) : null;
    boolean ignorable = takeIf(line, "ignorable");
    if (!line.words.isEmpty()) {
      throw problem(line, "cannot read " + line.words.getFirst());
    }
    FieldType type = type(line, typeName, versions);
    if (tag.isPresent() && type instanceof FieldType.StructOf && !nullable.isEmpty()) {
      throw problem(line, "a tagged structure that may be null is not supported");
    }
    return new Field(
        name, type, new Field.Presence(versions, nullable, tag), defaultValue, ignorable);
  }

  private FieldType type(Line line, String typeName, Versions versions) {
    if (typeName.startsWith("[]")) {
      return new FieldType.ArrayOf(type(line, typeName.substring(2), versions));
    }
    for (FieldType.Scalar scalar : FieldType.Scalar.values()) {
      if (scalar.protocolName.equals(typeName)) {
        return scalar;
      }
    }
    for (FieldType.Sized sized : FieldType.Sized.values()) {
      if (sized.protocolName.equals(typeName)) {
        return sized;
      }
    }
    if (!Character.isUpperCase(typeName.charAt(0))) {
      throw problem(line, "no type is called " + typeName);
    }
    Struct struct = new Struct(typeName, versions, fields(line.depth + 1, versions));
    if (struct.fields().isEmpty()) {
      throw problem(line, "the structure " + typeName + " has no fields");
    }
    return new FieldType.StructOf(struct);
  }

  private Versions optionalVersions(Line line, Versions enclosing, Versions otherwise) {
    @Nullable String next = line.words.peekFirst();
    if (next == null || !next.matches("\\d+(\\+|-\\d+)?")) {
      return otherwise;
    }
    Versions versions = Versions.parse(word(line), enclosing);
    if (versions.isEmpty() || !enclosing.contains(versions)) {
      throw problem(line, "the versions " + next + " are not within the enclosing ones");
    }
    return versions;
  }

  private boolean takeIf(Line line, String word) {
    if (!word.equals(line.words.peekFirst())) {
      return false;
    }
    line.words.removeFirst();
    return true;
  }

  private void expect(Line line, String word) {
    if (!takeIf(line, word)) {
      throw problem(line, "expected " + word);
    }
  }

  private String word(Line line) {
    @Nullable String word = line.words.pollFirst();
    if (word == null) {
      throw problem(line, "the line ends too early");
    }
    return word;
  }

  private Line take() {
    @Nullable Line line = lines.pollFirst();
    if (line == null) {
      throw new DefinitionException(fileName, "the file ends too early");
    }
    return line;
  }

  private DefinitionException problem(Line line, String problem) {
    return new DefinitionException(fileName + ":" + line.number, problem);
  }
}

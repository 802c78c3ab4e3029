package io.millstream.generator;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Turns one top-level structure, and those inside it, into the source of one Java record. */
final class RecordEmitter {

  private final Message message;
  private final Struct root;
  private final Source source = new Source();

  private RecordEmitter(Message message, Struct root) {
    this.message = message;
    this.root = root;
  }

  /** Returns the source of the record. */
  static String emit(Message message, Struct root) {
    RecordEmitter emitter = new RecordEmitter(message, root);
    emitter.record(root);
    return "package io.millstream.protocol;\n\n" + emitter.imports() + emitter.source;
  }

  private String imports() {
    String body = source.toString();
    Set<String> imports = new TreeSet<>();
    imports.add("io.millstream.wire.WireReader");
    imports.add("io.millstream.wire.WireWriter");
    addIfUsed(imports, body, "Uuid", "io.millstream.common.Uuid");
    addIfUsed(imports, body, "ByteBuffer", "java.nio.ByteBuffer");
    addIfUsed(imports, body, "List", "java.util.List");
    addIfUsed(imports, body, "Nullable", "org.jspecify.annotations.Nullable");
    StringBuilder text = new StringBuilder();
    imports.forEach(name -> text.append("import ").append(name).append(";\n"));
    return text.append('\n').toString();
  }

  private static void addIfUsed(Set<String> imports, String body, String name, String full) {
    if (body.matches("(?s).*\\b" + name + "\\b.*")) {
      imports.add(full);
    }
  }

  private void record(Struct struct) {
    boolean top = struct.equals(root);
    if (top) {
      source.line("/**");
      source.line(" * " + message.about());
      source.line(" *");
      source.line(" * <p>Generated from {@code " + message.name() + ".message}.");
      source.line(" */");
    } else {
      source.line("/** Part of {@link " + root.name() + "}. */");
    }
    source.list(
        "public record " + struct.name() + "(",
        struct.fields().stream().map(Field::declaration).toList(),
        ")" + implemented(struct) + " {");
    source.gap();
    source.list(
        "private static final " + struct.name() + " DEFAULTS = new " + struct.name() + "(",
        struct.fields().stream().map(Values::defaultOf).toList(),
        ");");
    copyLists(struct);
    defaults(struct);
    if (top && message.isApi()) {
      source.gap().line("@Override").line("public ApiKey apiKey() {");
      source.line("return ApiKey." + message.constant() + ";").line("}");
    }
    new CodecEmitter(message, struct, source).emit(top);
    struct.fields().forEach(field -> with(struct, field));
    if (top) {
      for (Struct nested : struct.nested()) {
        source.gap();
        record(nested);
      }
    }
    source.line("}");
  }

  private String implemented(Struct struct) {
    if (!struct.equals(root) || !message.isApi()) {
      return "";
    }
    return struct.equals(message.structures().get(0))
        ? " implements ApiRequest<" + message.structures().get(1).name() + ">"
        : " implements ApiResponse";
  }

  private void copyLists(Struct struct) {
    List<Field> lists =
        struct.fields().stream()
            .filter(field -> field.type() instanceof FieldType.ArrayOf)
            .toList();
    if (lists.isEmpty()) {
      return;
    }
    source.gap().line("/** Copies the lists. */");
    source.line("public " + struct.name() + " {");
    for (Field field : lists) {
      String copy = "List.copyOf(" + field.name() + ")";
      source.line(
          field.javaNullable()
              ? "%1$s = %1$s == null ? null : %2$s;".formatted(field.name(), copy)
              : field.name() + " = " + copy + ";");
    }
    source.line("}");
  }

  private void defaults(Struct struct) {
    source.gap().line("/** Returns the value with every component at its default. */");
    source.line("public static " + struct.name() + " defaults() {");
    source.line("return DEFAULTS;").line("}");
  }

  private void with(Struct struct, Field field) {
    source.gap();
    source.line("/** Returns a copy with another {@code " + field.name() + "}. */");
    source.line(
        "public %s with%s(%s) {"
            .formatted(struct.name(), upper(field.name()), field.declaration()));
    source.list(
        "return new " + struct.name() + "(",
        struct.fields().stream().map(Field::name).toList(),
        ");");
    source.line("}");
  }

  private static String upper(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}

package io.millstream.generator;

import java.util.Comparator;
import java.util.List;

/** Emits {@code read} and {@code write} of one structure. */
final class CodecEmitter {

  private final Message message;
  private final Struct struct;
  private final Source source;
  private final Values values;
  private final Versions known;
  private final List<Field> tagged;

  CodecEmitter(Message message, Struct struct, Source source) {
    this.message = message;
    this.struct = struct;
    this.source = source;
    this.values = new Values(message);
    this.known = struct.versions();
    this.tagged =
        struct.fields().stream()
            .filter(Field::tagged)
            .sorted(Comparator.comparingInt(Field::tag))
            .toList();
  }

  void emit(boolean top) {
    read();
    write(top);
  }

  private void read() {
    source.gap();
    source.line("/**");
    source.line(" * Reads the value of one version.");
    source.line(" *");
    source.line(
        " * @throws io.millstream.wire.MalformedFrameException if the bytes are no such value");
    source.line(" */");
    source.line("public static " + struct.name() + " read(WireReader in, short version) {");
    compact();
    for (Field field : struct.fields()) {
      String inside = field.versions().inside(known);
      String head = field.declaration() + " = ";
      if (field.tagged()) {
        source.line(head + Values.defaultOf(field) + ";");
      } else if (inside.equals("true")) {
        source.line(head + values.read(field, known) + ";");
      } else {
        source.line(head + Values.defaultOf(field) + ";");
        source.line("if (" + inside + ") {");
        source.line(field.name() + " = " + values.read(field, field.versions()) + ";");
        source.line("}");
      }
    }
    inFlexible(this::readTaggedFields);
    source.list(
        "return new " + struct.name() + "(",
        struct.fields().stream().map(Field::name).toList(),
        ");");
    source.line("}");
  }

  private void readTaggedFields() {
    if (tagged.isEmpty()) {
      source.line("in.skipTaggedFields();");
      return;
    }
    source.line("for (int fieldsLeft = in.readTagCount(); fieldsLeft > 0; fieldsLeft--) {");
    source.line("int tag = in.readUnsignedVarint();");
    source.line("int fieldEnd = in.readTaggedFieldEnd();");
    String branch = "if (";
    for (Field field : tagged) {
      String inside = field.versions().inside(message.flexible().intersect(known));
      String condition = inside.equals("true") ? "" : " && " + inside;
      source.line(branch + "tag == " + field.tag() + condition + ") {");
      source.line(field.name() + " = " + values.read(field, field.versions()) + ";");
      branch = "} else if (";
    }
    source.line("} else {").line("in.skip(fieldEnd - in.position());").line("}");
    source.line("in.endTaggedField(fieldEnd);").line("}");
  }

  private void write(boolean top) {
    source.gap();
    if (top && message.isApi()) {
      source.line("@Override");
    } else {
      source.line("/**");
      source.line(" * Writes the value in one version.");
      source.line(" *");
      source.line(
          " * @throws io.millstream.common.errors.UnsupportedVersionException if a component that");
      source.line(
          " *     the version lacks, and that may not be left out silently, is not at its default");
      source.line(" */");
    }
    source.line("public void write(WireWriter out, short version) {");
    if (top && message.isApi()) {
      source.line("ApiKey." + message.constant() + ".requireVersion(version);");
    }
    compact();
    for (Field field : struct.fields()) {
      if (field.tagged()) {
        refuseWhereAbsent(field);
      } else {
        writePlain(field);
      }
    }
    inFlexible(this::writeTaggedFields);
    source.line("}");
  }

  private void writePlain(Field field) {
    String inside = field.versions().inside(known);
    boolean always = inside.equals("true");
    if (!always) {
      source.line("if (" + inside + ") {");
    }
    refuseNull(field);
    source.line(values.write(field, "out", field.versions().intersect(known)));
    if (always) {
      return;
    }
    if (!field.ignorable()) {
      source.line("} else if (" + Values.differs(field) + ") {");
      source.line("throw Elements.absent(" + quoted(field) + ", version);");
    }
    source.line("}");
  }

  private void refuseNull(Field field) {
    Versions present = field.versions().intersect(known);
    if (!field.javaNullable() || field.nullable().contains(present)) {
      return;
    }
    source.line(
        "if (%s && %s == null) {".formatted(field.nullable().outside(present), field.name()));
    source.line("throw Elements.notNullable(" + quoted(field) + ", version);").line("}");
  }

  private void refuseWhereAbsent(Field field) {
    String outside = field.versions().outside(known);
    if (!field.ignorable() && !outside.equals("false")) {
      source.line("if (" + outside + " && " + Values.differs(field) + ") {");
      source.line("throw Elements.absent(" + quoted(field) + ", version);").line("}");
    }
  }

  private void writeTaggedFields() {
    if (tagged.isEmpty()) {
      source.line("out.writeUnsignedVarint(0);");
      return;
    }
    Versions flexible = message.flexible().intersect(known);
    source.line("int tagCount = 0;");
    for (Field field : tagged) {
      source.line("if (" + present(field, flexible) + ") {").line("tagCount++;").line("}");
    }
    source.line("out.writeUnsignedVarint(tagCount);");
    for (Field field : tagged) {
      source.line("if (" + present(field, flexible) + ") {");
      source.line("WireWriter tagged = new WireWriter();");
      source.line(values.write(field, "tagged", field.versions()));
      source.line("out.writeTaggedField(" + field.tag() + ", tagged);").line("}");
    }
  }

  private static String present(Field field, Versions flexible) {
    String inside = field.versions().inside(flexible);
    return (inside.equals("true") ? "" : inside + " && ") + Values.differs(field);
  }

  private void compact() {
    if (values.compact(known).equals("compact")) {
      source.line("boolean compact = " + message.flexible().inside(known) + ";");
    }
  }

  private void inFlexible(Runnable statements) {
    String compact = values.compact(known);
    if (compact.equals("false")) {
      return;
    }
    if (compact.equals("compact")) {
      source.line("if (compact) {");
    }
    statements.run();
    if (compact.equals("compact")) {
      source.line("}");
    }
  }

  private String quoted(Field field) {
    return "\"" + struct.name() + "." + field.name() + "\"";
  }
}

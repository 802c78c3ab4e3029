package io.millstream.generator;

import static io.millstream.generator.FieldType.Scalar.BOOL;
import static io.millstream.generator.FieldType.Scalar.UUID;
import static io.millstream.generator.FieldType.Sized.RECORDS;

/** Java expressions for values of fields. */
final class Values {

  private final Message message;

  Values(Message message) {
    this.message = message;
  }

  /** Returns the Java condition under which lengths are compact, or a constant. */
  String compact(Versions known) {
    if (message.flexible().contains(known)) {
      return "true";
    }
    return message.flexible().intersect(known).isEmpty() ? "false" : "compact";
  }

  static String defaultOf(Field field) {
    String given = field.defaultValue();
    FieldType type = field.type();
    if (field.defaultsToNull()) {
      return "null";
    }
    if (type instanceof FieldType.Scalar scalar) {
      String value = given == null ? "0" : given;
      return switch (scalar) {
        case BOOL -> given == null ? "false" : given;
        case INT8 -> "(byte) " + value;
        case INT16 -> "(short) " + value;
        case UINT16, INT32 -> value;
        case UINT32, INT64 -> value + "L";
        case FLOAT64 -> value + "d";
        case UUID -> "Uuid.ZERO_UUID";
      };
    }
    if (type instanceof FieldType.Sized sized) {
      return sized == FieldType.Sized.STRING
          ? "\"" + (given == null ? "" : given) + "\""
          : "Elements.NO_BYTES";
    }
    return type instanceof FieldType.StructOf structure
        ? structure.struct().name() + ".defaults()"
        : "List.of()";
  }

  /** Returns a condition that holds where the component differs from its default. */
  static String differs(Field field) {
    String name = field.name();
    if (field.defaultsToNull()) {
      return name + " != null";
    }
    String differs = differsFromNonNull(field);
    return field.javaNullable() ? "(" + name + " == null || " + differs + ")" : differs;
  }

  private static String differsFromNonNull(Field field) {
    String name = field.name();
    if (field.type() == BOOL) {
      return defaultOf(field).equals("true") ? "!" + name : name;
    }
    if (field.type() == UUID || field.type() instanceof FieldType.StructOf) {
      return "!" + name + ".equals(" + defaultOf(field) + ")";
    }
    if (field.type() instanceof FieldType.Scalar) {
      return name + " != " + defaultOf(field).replaceFirst("^\\(\\w+\\) ", "");
    }
    if (field.type() == FieldType.Sized.STRING && field.defaultValue() != null) {
      return "!" + name + ".equals(" + defaultOf(field) + ")";
    }
    return field.type() == FieldType.Sized.BYTES || field.type() == RECORDS
        ? name + ".hasRemaining()"
        : "!" + name + ".isEmpty()";
  }

  String read(Field field, Versions known) {
    Versions nullable = field.nullable().intersect(known);
    if (nullable.isEmpty()) {
      return read(field.type(), known, false);
    }
    if (nullable.contains(known)) {
      return read(field.type(), known, true);
    }
    return "%s ? %s : %s"
        .formatted(
            nullable.inside(known),
            read(field.type(), nullable, true),
            read(field.type(), known, false));
  }

  private String read(FieldType type, Versions known, boolean nullable) {
    String maybe = nullable ? "Nullable" : "";
    if (type instanceof FieldType.Scalar scalar) {
      return "in.read" + scalar.method + "()";
    }
    if (type instanceof FieldType.Sized sized) {
      return "in.read" + maybe + sized.method + "(" + compact(known) + ")";
    }
    if (type instanceof FieldType.StructOf structure) {
      String read = structure.struct().name() + ".read(in, version)";
      return nullable ? "in.readByte() < 0 ? null : " + read : read;
    }
    FieldType element = ((FieldType.ArrayOf) type).element();
    return "Elements.read%s(in, %s, %s, version, %s)"
        .formatted(
            maybe, compact(known), leastBytes(element, known), elementReader(element, known));
  }

  private String elementReader(FieldType element, Versions known) {
    return element instanceof FieldType.StructOf structure
        ? structure.struct().name() + "::read"
        : "(from, v) -> " + read(element, known, false).replaceFirst("^in\\.", "from.");
  }

  private String leastBytes(FieldType element, Versions known) {
    Versions flexible = message.flexible().intersect(known);
    Versions plain =
        new Versions(known.lowest(), flexible.isEmpty() ? known.newest() : flexible.lowest() - 1);
    if (flexible.isEmpty()) {
      return String.valueOf(Struct.leastBytes(element, plain, false));
    }
    int compact = Struct.leastBytes(element, flexible, true);
    if (plain.isEmpty()) {
      return String.valueOf(compact);
    }
    int loose = Struct.leastBytes(element, plain, false);
    return compact == loose ? String.valueOf(compact) : "compact ? " + compact + " : " + loose;
  }

  /** Returns a statement that writes a component into the given writer. */
  String write(Field field, String out, Versions known) {
    String name = field.name();
    FieldType type = field.type();
    if (type instanceof FieldType.Scalar scalar) {
      return out + ".write" + scalar.method + "(" + name + ");";
    }
    if (type instanceof FieldType.Sized sized) {
      return "%s.write%s(%s, %s);".formatted(out, sized.method, name, compact(known));
    }
    if (type instanceof FieldType.StructOf structure) {
      return field.javaNullable()
          ? "Elements.writeNullable(%s, %s, version, %s::write);"
              .formatted(out, name, structure.struct().name())
          : "%s.write(%s, version);".formatted(name, out);
    }
    return "Elements.write(%s, %s, %s, version, %s);"
        .formatted(
            out, name, compact(known), elementWriter(((FieldType.ArrayOf) type).element(), known));
  }

  private String elementWriter(FieldType element, Versions known) {
    if (element instanceof FieldType.StructOf structure) {
      return structure.struct().name() + "::write";
    }
    if (element instanceof FieldType.Scalar scalar) {
      return "(value, to, v) -> to.write" + scalar.method + "(value)";
    }
    return "(value, to, v) -> to.write%s(value, %s)"
        .formatted(((FieldType.Sized) element).method, compact(known));
  }
}

package io.millstream.generator;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A field of a structure.
 *
 * @param name in lower camel case, as the protocol spells it
 * @param type its type
 * @param presence in which versions it exists and may be null, and its tag
 * @param defaultValue as written in the definition, null for that of the type
 * @param ignorable whether a value is dropped silently where the version lacks the field
 */
record Field(
    String name,
    FieldType type,
    Presence presence,
    @Nullable String defaultValue,
    boolean ignorable) {

  /**
   * Where a field is on the wire.
   *
   * @param versions the versions that have it
   * @param nullable the versions in which it may be null
   * @param tag its number among the tagged fields, absent for a plain field
   */
  record Presence(Versions versions, Versions nullable, OptionalInt tag) {}

  Versions versions() {
    return presence.versions;
  }

  Versions nullable() {
    return presence.nullable;
  }

  boolean tagged() {
    return presence.tag.isPresent();
  }

  int tag() {
    return presence.tag.getAsInt();
  }

  boolean defaultsToNull() {
    return "null".equals(defaultValue);
  }

  /** Says whether the Java component may hold null. */
  boolean javaNullable() {
    return !nullable().isEmpty() || defaultsToNull();
  }

  String declaration() {
    return (javaNullable() ? "@Nullable " : "") + type.javaType() + " " + name;
  }
}

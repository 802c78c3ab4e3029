package io.millstream.generator;

/** The type of a field, as the protocol names it. */
sealed interface FieldType {

  /** Types without parts. */
  enum Scalar implements FieldType {
    BOOL("bool", "boolean", "Boolean", "Boolean", 1),
    INT8("int8", "byte", "Byte", "Byte", 1),
    INT16("int16", "short", "Short", "Short", 2),
    UINT16("uint16", "int", "Integer", "UnsignedShort", 2),
    INT32("int32", "int", "Integer", "Int", 4),
    UINT32("uint32", "long", "Long", "UnsignedInt", 4),
    INT64("int64", "long", "Long", "Long", 8),
    FLOAT64("float64", "double", "Double", "Double", 8),
    UUID("uuid", "Uuid", "Uuid", "Uuid", 16);

    final String protocolName;
    final String javaType;
    final String boxedType;

    /** What follows "read" and "write" in the names of the methods of readers and writers. */
    final String method;

    final int bytes;

    Scalar(String protocolName, String javaType, String boxedType, String method, int bytes) {
      this.protocolName = protocolName;
      this.javaType = javaType;
      this.boxedType = boxedType;
      this.method = method;
      this.bytes = bytes;
    }
  }

  /** Types with a length in front, which is compact in flexible versions. */
  enum Sized implements FieldType {
    STRING("string", "String", "String", 2),
    BYTES("bytes", "ByteBuffer", "Bytes", 4),
    RECORDS("records", "ByteBuffer", "Records", 4);

    final String protocolName;
    final String javaType;

    /** What follows "read" and "write" in the names of the methods of readers and writers. */
    final String method;

    final int lengthBytes;

    Sized(String protocolName, String javaType, String method, int lengthBytes) {
      this.protocolName = protocolName;
      this.javaType = javaType;
      this.method = method;
      this.lengthBytes = lengthBytes;
    }
  }

  /** A structure, by its name within the message. */
  record StructOf(Struct struct) implements FieldType {}

  /** An array; its elements are never null and never arrays. */
  record ArrayOf(FieldType element) implements FieldType {}

  default boolean primitive() {
    return this instanceof Scalar && this != Scalar.UUID;
  }

  default String javaType() {
    if (this instanceof Scalar scalar) {
      return scalar.javaType;
    }
    if (this instanceof Sized sized) {
      return sized.javaType;
    }
    if (this instanceof StructOf structure) {
      return structure.struct().name();
    }
    return "List<" + ((ArrayOf) this).element().boxedType() + ">";
  }

  default String boxedType() {
    return this instanceof Scalar scalar ? scalar.boxedType : javaType();
  }
}

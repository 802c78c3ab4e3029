package io.millstream.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * A structure, which becomes one Java record.
 *
 * @param name in upper camel case
 * @param versions the versions in which it is read or written
 * @param fields in wire order
 */
record Struct(String name, Versions versions, List<Field> fields) {

  /** Returns the structures inside this one, outermost first. */
  List<Struct> nested() {
    List<Struct> nested = new ArrayList<>();
    for (Field field : fields) {
      FieldType inner =
          field.type() instanceof FieldType.ArrayOf array ? array.element() : field.type();
      if (inner instanceof FieldType.StructOf structure) {
        nested.add(structure.struct());
        nested.addAll(structure.struct().nested());
      }
    }
    return nested;
  }

  /** Returns the fewest bytes that this structure takes in any of some versions. */
  int leastBytes(Versions among, boolean flexible) {
    int least = Integer.MAX_VALUE;
    for (int version = among.lowest(); version <= among.newest(); version++) {
      int bytes = flexible ? 1 : 0;
      for (Field field : fields) {
        if (field.versions().contains(version) && !field.tagged()) {
          bytes +=
              field.nullable().contains(version) && field.type() instanceof FieldType.StructOf
                  ? 1
                  : leastBytes(field.type(), new Versions(version, version), flexible);
        }
      }
      least = Math.min(least, bytes);
    }
    return least;
  }

  /** Returns the fewest bytes that a value of a type takes in any of some versions. */
  static int leastBytes(FieldType type, Versions among, boolean flexible) {
    if (type instanceof FieldType.Scalar scalar) {
      return scalar.bytes;
    }
    if (type instanceof FieldType.Sized sized) {
      return flexible ? 1 : sized.lengthBytes;
    }
    if (type instanceof FieldType.StructOf structure) {
      return structure.struct().leastBytes(among, flexible);
    }
    return flexible ? 1 : 4;
  }
}

package io.millstream.protocol;

import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the generated messages share: arrays, and refusing what a version cannot hold. */
final class Elements {

  /** The default of fields of bytes. */
  static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** Reads one value. */
  interface Reader<T> {
    T read(WireReader in, short version);
  }

  /** Writes one value. */
  interface Writer<T> {
    void write(T value, WireWriter out, short version);
  }

  private Elements() {}

  static <T> List<T> read(
      WireReader in, boolean compact, int leastElementBytes, short version, Reader<T> reader) {
    return read(in, in.readNonNullArrayLength(compact, leastElementBytes), version, reader);
  }

  static <T> @Nullable List<T> readNullable(
      WireReader in, boolean compact, int leastElementBytes, short version, Reader<T> reader) {
    int length = in.readArrayLength(compact, leastElementBytes);
    return length < 0 ? null : read(in, length, version, reader);
  }

  private static <T> List<T> read(WireReader in, int length, short version, Reader<T> reader) {
    if (length == 0) {
      return List.of();
    }
    List<T> elements = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      elements.add(reader.read(in, version));
    }
    return elements;
  }

  static <T> void write(
      WireWriter out,
      @Nullable List<T> elements,
      boolean compact,
      short version,
      Writer<? super T> writer) {
    if (elements == null) {
      out.writeLength(-1, compact);
      return;
    }
    out.writeLength(elements.size(), compact);
    for (T element : elements) {
      writer.write(element, out, version);
    }
  }

  static <T> void writeNullable(
      WireWriter out, @Nullable T structure, short version, Writer<T> writer) {
    if (structure == null) {
      out.writeByte((byte) -1);
    } else {
      out.writeByte((byte) 1);
      writer.write(structure, out, version);
    }
  }

  static UnsupportedVersionException absent(String field, short version) {
    return new UnsupportedVersionException(
        field + " is set, and version " + version + " has no such field");
  }

  static UnsupportedVersionException notNullable(String field, short version) {
    return new UnsupportedVersionException(
        field + " is null, which version " + version + " does not allow");
  }
}

package io.millstream.generator;

import java.util.List;
import java.util.OptionalInt;

/**
 * One definition file.
 *
 * @param name the API in the protocol's spelling, or the name of embedded data
 * @param about one sentence, taken from the file's first comment
 * @param apiKey the number of the API, absent for embedded data
 * @param versions the versions that are implemented
 * @param flexible the versions with compact lengths and tagged fields
 * @param structures request and response, or the embedded data alone
 */
record Message(
    String name,
    String about,
    OptionalInt apiKey,
    Versions versions,
    Versions flexible,
    List<Struct> structures) {

  boolean isApi() {
    return apiKey.isPresent();
  }

  /** Returns the name of the enum constant, such as {@code LIST_OFFSETS}. */
  String constant() {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(java.util.Locale.ROOT);
  }
}

package io.millstream.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the lines to send and gives each its key. */
final class Lines {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Lines() {}

  /**
   * Reads a file whole.
   *
   * @throws Complaint if it cannot be read as text, or has no line
   */
  static List<String> ofFile(Path file) throws Complaint {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException missing) {
      throw wrong("There is no file " + file.toAbsolutePath());
    } catch (CharacterCodingException notText) {
      throw wrong(file + " is not a text file in UTF-8");
    } catch (IOException unreadable) {
      String reason =
          Files.isDirectory(file) ? "it is a directory" : String.valueOf(unreadable.getMessage());
      throw wrong(file + " cannot be read: " + reason);
    }
    if (lines.isEmpty()) {
      throw wrong(file + " is empty: there is nothing to send");
    }
    return lines;
  }

  /**
   * Gives each line its key.
   *
   * @param field the field of the line, a JSON object, that is its key; null to use its number
   * @throws Complaint if a line lacks the field
   */
  static List<Line> keyed(List<String> texts, @Nullable String field) throws Complaint {
    List<Line> lines = new ArrayList<>(texts.size());
    for (String text : texts) {
      int number = lines.size() + 1;
      lines.add(
          new Line(number, field == null ? "line " + number : key(text, field, number), text));
    }
    return lines;
  }

  private static String key(String text, String field, int number) throws Complaint {
    JsonNode object;
    try {
      object = JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw wrong(
          "Line %d is not JSON, so it has no field %s: %s; leave out --key-field to use line numbers"
              .formatted(number, field, notJson.getOriginalMessage()));
    }
    JsonNode value = object.get(field);
    if (value == null || value.isNull()) {
      throw wrong(
          "Line %d has no field %s; its fields are: %s"
              .formatted(number, field, String.join(", ", names(object))));
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
      names.add(each.next());
    }
    return names;
  }

  private static Complaint wrong(String message) {
    return new Complaint(Quickstart.WRONG_USE, message);
  }
}

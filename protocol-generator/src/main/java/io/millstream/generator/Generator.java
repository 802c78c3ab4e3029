package io.millstream.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads all definition files of a folder and writes one Java file for each message. */
public final class Generator {

  private static final String PACKAGE_FOLDER = "io/millstream/protocol";

  private Generator() {}

  /**
   * Runs the generator. Files that would not change are left alone, so that nothing is compiled
   * again for nothing; files that no definition asks for are deleted.
   *
   * @param arguments the folder of the definitions, and the root folder for the sources
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException("Usage: Generator DEFINITIONS SOURCES");
    }
    generate(Path.of(arguments[0]), Path.of(arguments[1]).resolve(PACKAGE_FOLDER));
  }

  private static void generate(Path definitions, Path target) throws IOException {
    Map<String, String> sources = sources(messages(definitions));
    Files.createDirectories(target);
    for (Path old : list(target, ".java")) {
      if (!sources.containsKey(old.getFileName().toString())) {
        Files.delete(old);
      }
    }
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = target.resolve(source.getKey());
      if (!Files.exists(file) || !Files.readString(file).equals(source.getValue())) {
        Files.writeString(file, source.getValue());
      }
    }
  }

  private static List<Message> messages(Path definitions) throws IOException {
    List<Message> messages = new ArrayList<>();
    for (Path file : list(definitions, ".message")) {
      messages.add(DefinitionParser.parse(file.getFileName().toString(), Files.readAllLines(file)));
    }
    return messages;
  }

  /** Returns the source of each file, by its name. */
  static Map<String, String> sources(List<Message> messages) {
    Map<String, String> sources = new TreeMap<>();
    for (Message message : messages) {
      for (Struct structure : message.structures()) {
        sources.put(structure.name() + ".java", RecordEmitter.emit(message, structure));
      }
    }
    List<Message> apis =
        messages.stream()
            .filter(Message::isApi)
            .sorted(Comparator.comparingInt(message -> message.apiKey().orElseThrow()))
            .toList();
    sources.put("ApiKey.java", ApiKeyEmitter.emit(apis));
    return sources;
  }

  private static List<Path> list(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}

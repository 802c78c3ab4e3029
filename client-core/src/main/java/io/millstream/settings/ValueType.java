package io.millstream.settings;

/** What the value of a setting is, under the names that Kafka gives the types. */
public enum ValueType {
  /** true or false. */
  BOOLEAN("BOOLEAN", "true or false"),
  /** A text, trimmed. */
  STRING("STRING", "a text"),
  /** A whole number of 16 bits. */
  SHORT("SHORT", "a whole number"),
  /** A whole number of 32 bits. */
  INT("INT", "a whole number"),
  /** A whole number of 64 bits. */
  LONG("LONG", "a whole number"),
  /** A number. */
  DOUBLE("DOUBLE", "a number"),
  /** Texts, as a list or separated by commas. */
  LIST("LIST", "a list, or a text separated by commas"),
  /** A plug-in: the name of its class, the class, or an instance. */
  CLASS("CLASS", "a class name, a class or an instance"),
  /** Plug-ins in an order, as a list or as names separated by commas. */
  CLASSES("LIST", "a list of class names, classes or instances, or names separated by commas"),
  /** A text that is not to be shown. */
  PASSWORD("PASSWORD", "a text");

  private final String kafkaName;
  private final String says;

  ValueType(String kafkaName, String says) {
    this.kafkaName = kafkaName;
    this.says = says;
  }

  /** Returns the name in Kafka's documentation. */
  public String kafkaName() {
    return kafkaName;
  }

  /** Returns how a value is given, as an error says it. */
  String says() {
    return says;
  }
}

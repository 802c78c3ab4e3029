package io.millstream.settings;

import java.util.List;

/** The tables of the three kinds of clients. */
public final class SettingTables {

  private static final SettingTable PRODUCER =
      new SettingTable(
          "producer",
          List.of(
              CommonDefinitions.all(),
              SslDefinitions.all(),
              SaslDefinitions.all(),
              MetricsDefinitions.shown(),
              ProducerDefinitions.all()),
          CrossRules::producer);

  private static final SettingTable CONSUMER =
      new SettingTable(
          "consumer",
          List.of(
              CommonDefinitions.all(),
              SslDefinitions.all(),
              SaslDefinitions.all(),
              MetricsDefinitions.hidden(),
              ConsumerDefinitions.all()),
          CrossRules::consumer);

  private static final SettingTable ADMIN =
      new SettingTable(
          "admin client",
          List.of(
              CommonDefinitions.all(),
              SslDefinitions.all(),
              SaslDefinitions.all(),
              MetricsDefinitions.hidden(),
              AdminDefinitions.all()),
          CrossRules::admin);

  private SettingTables() {}

  /** Returns the settings of a producer. */
  public static SettingTable producer() {
    return PRODUCER;
  }

  /** Returns the settings of a consumer. */
  public static SettingTable consumer() {
    return CONSUMER;
  }

  /** Returns the settings of an admin client. */
  public static SettingTable admin() {
    return ADMIN;
  }

  static List<SettingTable> all() {
    return List.of(PRODUCER, CONSUMER, ADMIN);
  }
}

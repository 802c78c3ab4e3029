package io.millstream.common;

import java.util.Map;

/** A plug-in that a client creates from a class name and then hands the client's settings. */
public interface Configurable {

  /**
   * Called once, right after the instance was created.
   *
   * @param configs all settings given to the client, also those that it does not know itself
   */
  void configure(Map<String, ?> configs);
}

package io.millstream.common;

import io.millstream.common.config.ConfigException;
import java.util.Map;
import java.util.Set;

/** Something whose configuration may change while it is in use. */
public interface Reconfigurable extends Configurable {

  /** Returns the keys that may change. */
  Set<String> reconfigurableConfigs();

  /**
   * Checks a changed configuration.
   *
   * @param configs all keys and values
   * @throws ConfigException if it is not acceptable
   */
  void validateReconfiguration(Map<String, ?> configs) throws ConfigException;

  /**
   * Takes a changed configuration over.
   *
   * @param configs all keys and values, which were found acceptable
   */
  void reconfigure(Map<String, ?> configs);
}

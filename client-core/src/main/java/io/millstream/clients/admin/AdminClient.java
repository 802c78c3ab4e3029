package io.millstream.clients.admin;

import java.util.Map;
import java.util.Properties;

/** The older name of {@link Admin}, kept for programs that use it. */
public abstract class AdminClient implements Admin {

  /** For subclasses. */
  public AdminClient() {}

  /**
   * Creates an admin client.
   *
   * @param props settings, see {@link AdminClientConfig}
   * @return a client that runs
   * @throws io.millstream.common.config.ConfigException if a setting is missing or wrong
   */
  public static AdminClient create(Properties props) {
    return KafkaAdminClient.start(props);
  }

  /**
   * Creates an admin client.
   *
   * @param conf settings, see {@link AdminClientConfig}
   * @return a client that runs
   * @throws io.millstream.common.config.ConfigException if a setting is missing or wrong
   */
  public static AdminClient create(Map<String, Object> conf) {
    return KafkaAdminClient.start(conf);
  }
}

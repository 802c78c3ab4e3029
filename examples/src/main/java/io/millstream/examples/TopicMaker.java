package io.millstream.examples;

import io.millstream.clients.admin.Admin;
import io.millstream.clients.admin.AdminClientConfig;
import io.millstream.clients.admin.CreateTopicsOptions;
import io.millstream.clients.admin.NewTopic;
import io.millstream.common.KafkaException;
import io.millstream.common.errors.UnsupportedVersionException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/** Creates the topic through which the lines go. */
final class TopicMaker {

  private static final int PATIENCE_MILLIS = 15_000;

  private TopicMaker() {}

  /**
   * Creates a topic and waits until that is done.
   *
   * @throws Complaint if the broker cannot be reached, or refuses
   */
  static void create(String servers, String name, int partitions)
      throws Complaint, InterruptedException {
    Properties settings = new Properties();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    try (Admin admin = Admin.create(settings)) {
      try {
        create(admin, new NewTopic(name, Optional.of(partitions), Optional.empty()));
      } catch (UnsupportedVersionException olderThan24) {
        // Such a broker has no default for the number of replicas.
        create(admin, new NewTopic(name, partitions, (short) 1));
      }
    } catch (KafkaException wrongSettings) {
      throw new Complaint(Quickstart.WRONG_USE, String.valueOf(wrongSettings.getMessage()));
    }
  }

  private static void create(Admin admin, NewTopic topic) throws Complaint, InterruptedException {
    try {
      admin
          .createTopics(List.of(topic), new CreateTopicsOptions().timeoutMs(PATIENCE_MILLIS))
          .all()
          .get();
    } catch (ExecutionException refused) {
      if (refused.getCause() instanceof UnsupportedVersionException unsupported) {
        throw unsupported;
      }
      Throwable cause = refused.getCause() == null ? refused : refused.getCause();
      throw new Complaint(Quickstart.NO_BROKER, String.valueOf(cause.getMessage()));
    }
  }
}

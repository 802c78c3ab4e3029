package io.millstream.clients.admin;

import io.millstream.admin.AdminEngine;
import io.millstream.admin.AdminSettings;
import io.millstream.common.KafkaFuture;
import io.millstream.common.TopicCollection;
import io.millstream.common.TopicCollection.TopicIdCollection;
import io.millstream.common.TopicCollection.TopicNameCollection;
import io.millstream.network.Environment;
import io.millstream.network.SystemEnvironment;
import io.millstream.settings.ParsedSettings;
import io.millstream.settings.SettingTables;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The admin client that talks to brokers. {@link Admin#create} gives one. */
public class KafkaAdminClient extends AdminClient {

  private final AdminEngine engine;

  /**
   * Creates a client that runs.
   *
   * @param settings how it works
   * @param environment the world it lives in
   */
  KafkaAdminClient(ParsedSettings settings, Environment environment) {
    engine = AdminEngine.start(environment, AdminSettings.from(settings));
  }

  static KafkaAdminClient start(Map<?, ?> configured) {
    ParsedSettings settings = SettingTables.admin().parse(configured);
    return new KafkaAdminClient(settings, new SystemEnvironment(settings.clientId()));
  }

  @Override
  public CreateTopicsResult createTopics(
      Collection<NewTopic> newTopics, CreateTopicsOptions options) {
    return new CreateTopicsResult(views(engine.createTopics(newTopics, options)));
  }

  @Override
  public DeleteTopicsResult deleteTopics(TopicCollection topics, DeleteTopicsOptions options) {
    if (topics instanceof TopicIdCollection ids) {
      return new DeleteTopicsResult(views(engine.deleteTopicsById(ids.topicIds(), options)), null);
    } else if (topics instanceof TopicNameCollection names) {
      return new DeleteTopicsResult(null, views(engine.deleteTopics(names.topicNames(), options)));
    }
    throw new IllegalArgumentException(
        "topics are deleted by name or by id, not by " + topics.getClass().getName());
  }

  @Override
  public void close(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("the time to close must not be negative: " + timeout);
    }
    engine.close(timeout);
  }

  private static <K, V extends @Nullable Object> Map<K, KafkaFuture<V>> views(
      Map<K, CompletableFuture<V>> stages) {
    Map<K, KafkaFuture<V>> views = new LinkedHashMap<>();
    stages.forEach((key, stage) -> views.put(key, KafkaFuture.following(stage)));
    return views;
  }
}

package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.clients.admin.Admin;
import io.millstream.clients.admin.AdminClientConfig;
import io.millstream.clients.admin.ConfigEntry;
import io.millstream.clients.admin.CreateTopicsOptions;
import io.millstream.clients.admin.CreateTopicsResult;
import io.millstream.clients.admin.DeleteTopicsResult;
import io.millstream.clients.admin.NewTopic;
import io.millstream.common.KafkaException;
import io.millstream.common.KafkaFuture;
import io.millstream.common.TopicCollection;
import io.millstream.common.Uuid;
import io.millstream.common.errors.InvalidConfigurationException;
import io.millstream.common.errors.InvalidPartitionsException;
import io.millstream.common.errors.InvalidReplicationFactorException;
import io.millstream.common.errors.InvalidRequestException;
import io.millstream.common.errors.InvalidTopicException;
import io.millstream.common.errors.TimeoutException;
import io.millstream.common.errors.TopicExistsException;
import io.millstream.common.errors.UnknownTopicIdException;
import io.millstream.common.errors.UnknownTopicOrPartitionException;
import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.testing.KafkaCluster;
import io.millstream.testing.KafkaVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Topics created and deleted at real brokers, seen with Apache's client. */
class AdminTopicsIT {

  /** What brokers of all generations do alike. */
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  abstract static class OnBroker {

    private final KafkaVersion version;
    KafkaCluster cluster;
    Admin admin;
    org.apache.kafka.clients.admin.Admin apaches;

    OnBroker(KafkaVersion version) {
      this.version = version;
    }

    @BeforeAll
    void start() {
      cluster = KafkaCluster.builder(version).start();
      Map<String, Object> settings = Map.of("bootstrap.servers", cluster.bootstrapServers());
      admin = adminClient();
      apaches = org.apache.kafka.clients.admin.Admin.create(settings);
    }

    @AfterAll
    void stop() {
      apaches.close();
      admin.close();
      cluster.close();
    }

    @Test
    void createsTopicsWithPartitionsReplicasAndConfiguration() throws Exception {
      NewTopic counted = new NewTopic("counted", 3, (short) 1);
      NewTopic placed =
          new NewTopic("placed", Map.of(0, List.of(1), 1, List.of(1)))
              .configs(Map.of("retention.ms", "12345"));
      CreateTopicsResult result = admin.createTopics(List.of(counted, placed));
      get(result.all());
      assertThat(result.values()).containsOnlyKeys("counted", "placed");

      assertThat(described("counted").partitions()).hasSize(3);
      assertThat(described("placed").partitions()).hasSize(2);
      assertThat(config("placed", "retention.ms")).isEqualTo("12345");
    }

    @Test
    void oneTopicThatIsThereDoesNotHoldBackAnother() throws Exception {
      get(admin.createTopics(Set.of(new NewTopic("taken", 1, (short) 1))).all());
      CreateTopicsResult result =
          admin.createTopics(
              List.of(new NewTopic("taken", 1, (short) 1), new NewTopic("free", 1, (short) 1)));
      get(result.values().get("free"));
      assertThatThrownBy(() -> get(result.values().get("taken")))
          .isInstanceOf(TopicExistsException.class)
          .hasMessageStartingWith("TOPIC_ALREADY_EXISTS: topic taken was not created: ")
          .hasMessageContaining("already exists")
          .hasMessageContaining("answer of broker 1 (127.0.0.1:" + cluster.broker(1).port() + ")")
          .hasMessageContaining("attempt 1")
          .hasMessageEndingWith("What to do: choose another name, or use the topic that is there");
      assertThatThrownBy(() -> get(result.all())).isInstanceOf(TopicExistsException.class);
      assertThat(described("free").partitions()).hasSize(1);
    }

    @Test
    void refusedTopicsSayWhy() {
      CreateTopicsResult result =
          admin.createTopics(
              List.of(
                  new NewTopic("too-many-replicas", 1, (short) 3),
                  new NewTopic("no-partitions", 0, (short) 1),
                  new NewTopic("bad name!", 1, (short) 1),
                  new NewTopic("bad-config", 1, (short) 1)
                      .configs(Map.of("retention.ms", "forever")),
                  new NewTopic("", 1, (short) 1),
                  new NewTopic("twice", 1, (short) 1),
                  new NewTopic("twice", 2, (short) 1)));
      assertThatThrownBy(() -> get(result.values().get("too-many-replicas")))
          .isInstanceOf(InvalidReplicationFactorException.class)
          .hasMessageContaining("eplication factor")
          .hasMessageEndingWith("ask for no more replicas than there are brokers");
      assertThatThrownBy(() -> get(result.values().get("no-partitions")))
          .isInstanceOf(InvalidPartitionsException.class)
          .hasMessageEndingWith("ask for one partition or more");
      assertThatThrownBy(() -> get(result.values().get("bad name!")))
          .isInstanceOf(InvalidTopicException.class)
          .hasMessageContaining("topic bad name! was not created: ")
          .hasMessageContaining("letters, digits, dots, underscores and hyphens");
      assertThatThrownBy(() -> get(result.values().get("bad-config")))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("forever")
          .hasMessageEndingWith("check keys and values given to NewTopic.configs");
      assertThatThrownBy(() -> get(result.values().get("")))
          .isInstanceOf(InvalidTopicException.class)
          .hasMessageContaining("without a name");
      assertThatThrownBy(() -> get(result.values().get("twice")))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("twice, differently");
    }

    @Test
    void deletesTopicsByName() throws Exception {
      get(admin.createTopics(Set.of(new NewTopic("short-lived", 1, (short) 1))).all());
      DeleteTopicsResult result = admin.deleteTopics(List.of("short-lived", "never-there"));
      get(result.topicNameValues().get("short-lived"));
      assertThat(result.topicIdValues()).isNull();
      assertThatThrownBy(() -> get(result.topicNameValues().get("never-there")))
          .isInstanceOf(UnknownTopicOrPartitionException.class)
          .hasMessageContaining("topic never-there was not deleted")
          .hasMessageEndingWith("check the name; perhaps the topic was deleted before");
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (apaches.listTopics().names().get(30, TimeUnit.SECONDS).contains("short-lived")) {
        assertThat(System.nanoTime()).as("deadline for the deletion").isLessThan(deadline);
      }
    }

    @Test
    void onlyChecksWhereNothingIsToBeCreated() throws Exception {
      get(
          admin
              .createTopics(
                  Set.of(new NewTopic("hypothetical", 1, (short) 1)),
                  new CreateTopicsOptions().validateOnly(true))
              .all());
      assertThat(apaches.listTopics().names().get(30, TimeUnit.SECONDS))
          .doesNotContain("hypothetical");
    }

    Admin adminClient() {
      Properties settings = new Properties();
      settings.setProperty(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
      return Admin.create(settings);
    }

    TopicDescription described(String topic) throws Exception {
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (true) {
        try {
          return apaches
              .describeTopics(Set.of(topic))
              .allTopicNames()
              .get(30, TimeUnit.SECONDS)
              .get(topic);
        } catch (ExecutionException notYet) {
          // A broker may learn of a topic a moment after its controller.
          assertThat(System.nanoTime()).as("deadline: " + notYet).isLessThan(deadline);
        }
      }
    }

    private String config(String topic, String key) throws Exception {
      org.apache.kafka.common.config.ConfigResource resource =
          new org.apache.kafka.common.config.ConfigResource(
              org.apache.kafka.common.config.ConfigResource.Type.TOPIC, topic);
      return apaches
          .describeConfigs(Set.of(resource))
          .all()
          .get(30, TimeUnit.SECONDS)
          .get(resource)
          .get(key)
          .value();
    }
  }

  @Nested
  class WithTheNewestBroker extends OnBroker {

    WithTheNewestBroker() {
      super(KafkaVersion.V4_4_0);
    }

    @Test
    void tellsWhatWasCreatedWithTheBrokersDefaults() throws Exception {
      CreateTopicsResult result =
          admin.createTopics(
              Set.of(
                  new NewTopic("defaults", Optional.empty(), Optional.empty())
                      .configs(Map.of("cleanup.policy", "compact"))));
      assertThat(get(result.numPartitions("defaults"))).isEqualTo(1);
      assertThat(get(result.replicationFactor("defaults"))).isEqualTo(1);
      assertThat(get(result.topicId("defaults")).toString())
          .isEqualTo(described("defaults").topicId().toString());
      ConfigEntry set = get(result.config("defaults")).get("cleanup.policy");
      assertThat(set.value()).isEqualTo("compact");
      assertThat(set.source()).isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
      ConfigEntry untouched = get(result.config("defaults")).get("retention.bytes");
      assertThat(untouched.isDefault()).isTrue();
    }

    @Test
    void deletesTopicsById() throws Exception {
      CreateTopicsResult created = admin.createTopics(Set.of(new NewTopic("by-id", 1, (short) 1)));
      Uuid id = get(created.topicId("by-id"));
      Uuid unknown = Uuid.randomUuid();
      DeleteTopicsResult result =
          admin.deleteTopics(TopicCollection.ofTopicIds(List.of(id, unknown, Uuid.ZERO_UUID)));
      get(result.topicIdValues().get(id));
      assertThat(result.topicNameValues()).isNull();
      assertThatThrownBy(() -> get(result.topicIdValues().get(unknown)))
          .isInstanceOf(UnknownTopicIdException.class)
          .hasMessageContaining("topic " + unknown + " was not deleted");
      assertThatThrownBy(() -> get(result.topicIdValues().get(Uuid.ZERO_UUID)))
          .isInstanceOf(InvalidTopicException.class);
    }

    @Test
    void closingWaitsForWhatIsUnderWayAndRefusesMore() throws Exception {
      List<KafkaFuture<?>> underWay = new ArrayList<>();
      Admin other = adminClient();
      for (int i = 0; i < 5; i++) {
        underWay.add(
            other.createTopics(Set.of(new NewTopic("at-the-end-" + i, 1, (short) 1))).all());
      }
      other.close();
      for (KafkaFuture<?> future : underWay) {
        assertThat(future.isDone()).isTrue();
        get(future);
      }
      assertThatThrownBy(
              () -> get(other.createTopics(Set.of(new NewTopic("late", 1, (short) 1))).all()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was closed; create another one");
      other.close();
    }

    @Test
    void stepOfAFutureMayCloseTheClientButNotWaitForIt() throws Exception {
      Admin other = adminClient();
      AtomicReference<Throwable> refused = new AtomicReference<>();
      KafkaFuture<Void> first =
          other
              .createTopics(Set.of(new NewTopic("first-step", 1, (short) 1)))
              .all()
              .whenComplete(
                  (nothing, error) -> {
                    try {
                      other
                          .createTopics(Set.of(new NewTopic("second-step", 1, (short) 1)))
                          .all()
                          .get();
                    } catch (Exception e) {
                      refused.set(e);
                    }
                    other.close();
                  });
      get(first);
      assertThat(refused.get())
          .isInstanceOf(KafkaException.class)
          .hasMessageContaining("use thenApply or whenComplete");
      other.close();
    }

    @Test
    void frozenControllerIsNamedWhenTheTimeIsOver() {
      cluster.broker(1).freeze();
      try {
        CreateTopicsResult result =
            admin.createTopics(
                Set.of(new NewTopic("never", 1, (short) 1)),
                new CreateTopicsOptions().timeoutMs(700));
        assertThatThrownBy(() -> get(result.all()))
            .isInstanceOf(TimeoutException.class)
            .hasMessageContaining("topic never was not created")
            .hasMessageContaining("127.0.0.1:" + cluster.broker(1).port());
      } finally {
        cluster.broker(1).resume();
      }
    }
  }

  @Nested
  class WithTheOldestBroker extends OnBroker {

    WithTheOldestBroker() {
      super(KafkaVersion.V2_1_1);
    }

    @Test
    void saysWhatTheBrokerIsTooOldFor() throws Exception {
      assertThatThrownBy(
              () ->
                  get(
                      admin
                          .createTopics(
                              Set.of(
                                  new NewTopic("by-default", Optional.empty(), Optional.empty())))
                          .all()))
          .isInstanceOf(UnsupportedVersionException.class)
          .hasMessageContaining("older than 2.4")
          .hasMessageContaining("give both in NewTopic");
      assertThatThrownBy(
              () ->
                  get(
                      admin
                          .deleteTopics(TopicCollection.ofTopicIds(List.of(Uuid.randomUuid())))
                          .all()))
          .isInstanceOf(UnsupportedVersionException.class)
          .hasMessageContaining("delete them by name");
      CreateTopicsResult created =
          admin.createTopics(Set.of(new NewTopic("without-details", 1, (short) 1)));
      get(created.all());
      assertThatThrownBy(() -> get(created.numPartitions("without-details")))
          .isInstanceOf(UnsupportedVersionException.class)
          .hasMessageContaining("from 2.4 on");
    }
  }

  /** The value, or the error itself as a user's cause. */
  private static <T> T get(KafkaFuture<T> future) throws Exception {
    try {
      return future.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(RuntimeException.class);
      throw (RuntimeException) failed.getCause();
    }
  }
}

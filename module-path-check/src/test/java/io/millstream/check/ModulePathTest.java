package io.millstream.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.check.closed.ClosedSerializer;
import io.millstream.check.plugins.LengthSerializer;
import io.millstream.clients.producer.KafkaProducer;
import io.millstream.clients.producer.ProducerConfig;
import io.millstream.common.config.ConfigException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ModulePathTest {

  @Test
  void runsOnTheModulePathWithTheClientAsNamedModule() {
    assertThat(ModulePath.class.getModule().getName()).isEqualTo("io.millstream.check");
    assertThat(ModuleLayer.boot().findModule(ModulePath.CLIENT)).isPresent();
    assertThat(ModuleLayer.boot().findModule("io.millstream.client.compression")).isPresent();
  }

  @Test
  void thePublicPackagesAreOpenToApplicationsAndTheEngineIsClosed() {
    Set<String> ofThePublicApi = new TreeSet<>(ModulePath.packages());
    ofThePublicApi.removeIf(
        name ->
            !name.startsWith("io.millstream.common") && !name.startsWith("io.millstream.clients"));
    assertThat(ofThePublicApi).contains("io.millstream.clients.producer");
    assertThat(ModulePath.packagesOpenToApplications()).isEqualTo(ofThePublicApi);
    assertThat(ModulePath.packagesOpenToFriends())
        .noneMatch(name -> name.startsWith("io.millstream.common"));
  }

  @Test
  void plugInIsCreatedByNameWhereItsPackageIsOpenToTheClient() {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(settings(LengthSerializer.class))) {
      assertThat(producer).isNotNull();
    }
  }

  @Test
  void saysThatThePackageOfAPlugInIsClosedToTheClient() {
    assertThatThrownBy(() -> new KafkaProducer<>(settings(ClosedSerializer.class)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("ClosedSerializer")
        .hasMessageContaining("its module does not open its package");
  }

  /** Nobody listens on port 1 of the loopback address. */
  private static Map<String, Object> settings(Class<?> serializer) {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1",
        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, serializer.getName(),
        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, serializer.getName());
  }
}

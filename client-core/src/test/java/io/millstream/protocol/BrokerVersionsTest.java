package io.millstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millstream.common.errors.UnsupportedVersionException;
import io.millstream.protocol.ApiVersionsResponse.ApiVersion;
import io.millstream.protocol.ApiVersionsResponse.FinalizedFeatureKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerVersionsTest {

  private static final short METADATA = 3;

  private static BrokerVersions speaking(int lowest, int newest) {
    return BrokerVersions.of(
        ApiVersionsResponse.defaults()
            .withApiKeys(
                List.of(
                    new ApiVersion(METADATA, (short) lowest, (short) newest),
                    new ApiVersion((short) 9999, (short) 0, (short) 1))));
  }

  @Test
  void newestCommonVersionIsChosen() {
    assertThat(speaking(0, 10).highestCommon(ApiKey.METADATA)).isEqualTo((short) 10);
    assertThat(speaking(0, 99).highestCommon(ApiKey.METADATA)).isEqualTo((short) 13);
    assertThat(speaking(13, 20).highestCommon(ApiKey.METADATA)).isEqualTo((short) 13);
    assertThat(speaking(0, 99).highestCommon(ApiKey.METADATA, (short) 12)).isEqualTo((short) 12);
  }

  @Test
  void featureIsThereFromTheVersionThatBroughtIt() {
    assertThat(speaking(0, 10).has(ApiKey.METADATA, 10)).isTrue();
    assertThat(speaking(0, 10).has(ApiKey.METADATA, 11)).isFalse();
    assertThat(speaking(0, 6).has(ApiKey.METADATA)).isFalse();
  }

  @Test
  void nothingInCommonSaysWhatTheBrokerHasAndWhatIsNeeded() {
    assertThatThrownBy(() -> speaking(0, 6).highestCommon(ApiKey.METADATA))
        .isInstanceOf(UnsupportedVersionException.class)
        .hasMessageContaining("METADATA")
        .hasMessageContaining("0 to 6")
        .hasMessageContaining("7 to 13");
    assertThatThrownBy(() -> speaking(14, 20).highestCommon(ApiKey.METADATA))
        .isInstanceOf(UnsupportedVersionException.class);
    assertThatThrownBy(() -> speaking(0, 9).highestCommon(ApiKey.FETCH))
        .isInstanceOf(UnsupportedVersionException.class)
        .hasMessageContaining("FETCH");
    assertThatThrownBy(
            () -> BrokerVersions.of(ApiVersionsResponse.defaults()).highestCommon(ApiKey.METADATA))
        .hasMessageContaining("does not know the API METADATA")
        .hasMessageContaining("KRaft controller");
  }

  @Test
  void finalizedFeaturesAreKept() {
    BrokerVersions versions =
        BrokerVersions.of(
            ApiVersionsResponse.defaults()
                .withFinalizedFeatures(
                    List.of(new FinalizedFeatureKey("transaction.version", (short) 2, (short) 1))));
    assertThat(versions.finalizedLevel("transaction.version")).isEqualTo((short) 2);
    assertThat(versions.finalizedLevel("group.version")).isZero();
  }

  /**
   * The bounds of what is implemented come from what brokers 2.1.1 and 4.4.0 were seen to speak.
   */
  @Test
  void implementedVersionsReachFromOldestToNewestBroker() {
    record Expected(String name, int lowest, int newest) {}
    List<Expected> expected =
        List.of(
            new Expected("PRODUCE", 7, 13),
            new Expected("FETCH", 10, 18),
            new Expected("LIST_OFFSETS", 4, 11),
            new Expected("METADATA", 7, 13),
            new Expected("OFFSET_COMMIT", 6, 10),
            new Expected("OFFSET_FETCH", 5, 10),
            new Expected("FIND_COORDINATOR", 2, 6),
            new Expected("JOIN_GROUP", 3, 9),
            new Expected("HEARTBEAT", 2, 4),
            new Expected("LEAVE_GROUP", 2, 5),
            new Expected("SYNC_GROUP", 2, 5),
            new Expected("API_VERSIONS", 0, 5),
            new Expected("CREATE_TOPICS", 3, 7),
            new Expected("DELETE_TOPICS", 3, 6),
            // 6 only of brokers that offer unstable versions.
            new Expected("INIT_PRODUCER_ID", 1, 6),
            new Expected("OFFSET_FOR_LEADER_EPOCH", 2, 4));
    for (Expected each : expected) {
      ApiKey key = ApiKey.valueOf(each.name);
      assertThat(new Expected(key.name(), key.lowestVersion(), key.newestVersion()))
          .isEqualTo(each);
      assertThat(ApiKey.find(key.id())).isSameAs(key);
    }
    assertThat(ApiKey.find((short) -1)).isNull();
    assertThat(ApiKey.find(Short.MAX_VALUE)).isNull();
  }

  @Test
  void versionThatIsNotImplementedIsRefused() {
    assertThatThrownBy(
            () -> MetadataRequest.defaults().write(new io.millstream.wire.WireWriter(), (short) 14))
        .isInstanceOf(UnsupportedVersionException.class)
        .hasMessageContaining("7 to 13");
  }

  @Test
  void nullThatTheVersionDoesNotAllowIsRefused() {
    MetadataRequest request =
        MetadataRequest.defaults()
            .withTopics(List.of(MetadataRequest.MetadataRequestTopic.defaults().withName(null)));
    assertThatThrownBy(() -> request.write(new io.millstream.wire.WireWriter(), (short) 9))
        .isInstanceOf(UnsupportedVersionException.class)
        .hasMessageContaining("MetadataRequestTopic.name");
    request.write(new io.millstream.wire.WireWriter(), (short) 10);
  }
}

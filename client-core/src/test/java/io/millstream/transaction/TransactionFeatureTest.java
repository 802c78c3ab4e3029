package io.millstream.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.group.SteppedLoop;
import io.millstream.protocol.ApiVersionsResponse;
import io.millstream.protocol.ApiVersionsResponse.FinalizedFeatureKey;
import io.millstream.protocol.BrokerVersions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionFeatureTest {

  private static final Duration AGE = Duration.ofMinutes(5);

  private final SteppedLoop steps = new SteppedLoop();
  private final TransactionFeature feature = new TransactionFeature(steps.loop(), AGE.toNanos());

  private static BrokerVersions told(long epoch, int level) {
    return BrokerVersions.of(
        ApiVersionsResponse.defaults()
            .withFinalizedFeaturesEpoch(epoch)
            .withFinalizedFeatures(
                List.of(new FinalizedFeatureKey("transaction.version", (short) level, (short) 0))));
  }

  @Test
  void followsWhatBrokersTellUpAndDown() {
    assertThat(feature.level()).isZero();
    feature.heard(told(5, 2));
    assertThat(feature.level()).isEqualTo((short) 2);
    feature.heard(told(9, 1));
    assertThat(feature.level()).isEqualTo((short) 1);
    feature.heard(told(9, 1));
    feature.heard(told(12, 2));
    assertThat(feature.level()).isEqualTo((short) 2);
  }

  @Test
  void aBrokerThatHasNotLearnedOfAChangeYetDoesNotTakeItBack() {
    feature.heard(told(9, 1));
    feature.heard(told(5, 2));

    assertThat(feature.level()).isEqualTo((short) 1);
  }

  @Test
  void brokersWithoutFeaturesHaveLevelZero() {
    feature.heard(BrokerVersions.of(ApiVersionsResponse.defaults()));

    assertThat(feature.level()).isZero();
  }

  @Test
  void isAskedForOnceEachTimeThatItIsOld() {
    feature.heard(told(5, 2));
    assertThat(feature.isToBeAsked()).isFalse();

    steps.advance(AGE);
    assertThat(feature.isToBeAsked()).isTrue();
    assertThat(feature.isToBeAsked()).isFalse();

    steps.advance(AGE.minusSeconds(1));
    feature.heard(told(5, 2));
    steps.advance(Duration.ofSeconds(2));
    assertThat(feature.isToBeAsked()).isFalse();
  }
}

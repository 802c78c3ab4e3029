package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSizesTest {

  private static final BatchSizes SIZES =
      new BatchSizes(16_384, 1 << 20, 2_048, 131_072, 4_096, false);

  @ParameterizedTest
  @CsvSource({
    "0, 2048",
    "70, 2048",
    "2048, 2048",
    "3072, 2048",
    "3073, 4096",
    "12288, 8192",
    "12289, 16384",
    "16384, 16384",
    "100000, 131072",
    "10000000, 131072"
  })
  void batchBeginsWithAChunkForAsMuchAsTheOneBeforeHad(int bytesBefore, int chunkBytes) {
    assertThat(SIZES.firstChunkBytes(bytesBefore)).isEqualTo(chunkBytes);
  }

  @Test
  void batchBeginsSmallWhereThereIsLittleMemory() {
    BatchSizes little = new BatchSizes(16_384, 1 << 20, 2_048, 512, 4_096, false);
    assertThat(little.firstChunkBytes(16_000)).isEqualTo(2_048);
  }

  @Test
  void memoryForARecordCountsWhatItsBatchBeginsWith() {
    assertThat(SIZES.memoryFor(100)).isEqualTo(2_048);
    assertThat(SIZES.memoryFor(3_000)).isEqualTo(2_048 + 4_096);
    assertThat(SIZES.memoryFor(3_000, 16_384)).isEqualTo(16_384);
    assertThat(SIZES.memoryFor(16_384, 16_384)).isEqualTo(16_384 + 4_096);
  }

  @Test
  void promiseIsForAWholeBatchUnlessThatIsALargePartOfTheMemory() {
    assertThat(SIZES.promiseBytes(2_048, 32 << 20)).isEqualTo(16_384);
    assertThat(SIZES.promiseBytes(100_000, 32 << 20)).isEqualTo(100_000);
    assertThat(SIZES.promiseBytes(2_048, 128_000)).isEqualTo(8_000);
    assertThat(SIZES.promiseBytes(2_048, 20_000)).as("so that a batch can grow").isEqualTo(4_096);
    assertThat(SIZES.promiseBytes(2_048, 3_000)).isEqualTo(3_000);
  }
}

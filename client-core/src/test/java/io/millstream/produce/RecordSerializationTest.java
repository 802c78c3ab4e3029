package io.millstream.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.clients.producer.ProducerRecord;
import io.millstream.common.header.Headers;
import io.millstream.common.serialization.Serializer;
import io.millstream.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordSerializationTest {

  private final ProducerRecord<String, String> record =
      new ProducerRecord<>("orders", "key", "value");

  /** Like a tracer: notes something in the headers. */
  private static final class Noting extends StringSerializer {
    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable String data) {
      headers.add("noted", new byte[] {1});
      return serialize(topic, data);
    }
  }

  @Test
  void aSerializerThatExtendsABuiltInOneSeesTheHeaders() {
    new RecordSerialization<>(new StringSerializer(), new Noting()).value(record);

    assertThat(record.headers().lastHeader("noted")).isNotNull();
  }

  @Test
  void aSerializerOfTheApplicationSeesTheHeaders() {
    Serializer<String> own =
        new Serializer<>() {
          @Override
          public byte[] serialize(String topic, @Nullable String data) {
            throw new AssertionError("asked without headers");
          }

          @Override
          public byte[] serialize(String topic, Headers headers, @Nullable String data) {
            headers.add("noted", new byte[] {1});
            return new byte[] {2};
          }
        };

    assertThat(new RecordSerialization<>(own, own).key(record)).containsExactly(2);
    assertThat(record.headers()).hasSize(1);
  }

  @Test
  void theBuiltInOnesWriteKeyAndValue() {
    RecordSerialization<String, String> serialization =
        new RecordSerialization<>(new StringSerializer(), new StringSerializer());

    assertThat(serialization.key(record)).asString().isEqualTo("key");
    assertThat(serialization.value(record)).asString().isEqualTo("value");
  }
}

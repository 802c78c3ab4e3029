package io.millstream.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.message.ResponseHeaderData;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares headers with those of Apache's classes, for every API and version. */
class HeaderConformanceTest {

  @ParameterizedTest
  @EnumSource
  void requestHeaderHasTheBytesOfApache(ApiKey key) {
    for (short version = key.lowestVersion(); version <= key.newestVersion(); version++) {
      for (@Nullable String clientId : new @Nullable String[] {null, "", "müller-1"}) {
        short headerVersion = ApiMessageType.fromApiKey(key.id()).requestHeaderVersion(version);
        RequestHeaderData apache =
            new RequestHeaderData()
                .setRequestApiKey(key.id())
                .setRequestApiVersion(version)
                .setCorrelationId(4711)
                .setClientId(clientId);
        WireWriter out = new WireWriter();
        RequestHeader.write(out, key, version, 4711, clientId);
        assertThat(out.toContent())
            .as("%s version %d", key, version)
            .isEqualTo(MessageUtil.toByteBufferAccessor(apache, headerVersion).buffer());

        if (headerVersion >= 2) {
          apache.unknownTaggedFields().add(new RawTaggedField(7, new byte[] {1, 2}));
        }
        WireReader in =
            new WireReader(MessageUtil.toByteBufferAccessor(apache, headerVersion).buffer());
        assertThat(RequestHeader.read(in))
            .isEqualTo(new RequestHeader(key.id(), version, 4711, clientId));
        in.expectEnd();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void badHeadersRaiseOnlyTheProtocolErrorAndTakeLittleMemory(ApiKey key) {
    short version = key.newestVersion();
    WireWriter out = new WireWriter();
    RequestHeader.write(out, key, version, 4711, "client");
    byte[] whole = MessageCase.bytes(out.toContent());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(Fuzz.tryRead("a request header", cut, RequestHeader::read)).isFalse();
    }
    Random random = new Random(key.id());
    for (int i = 0; i < 2_000; i++) {
      byte[] changed = Arrays.copyOf(whole, whole.length + random.nextInt(20));
      for (int change = 0; change <= random.nextInt(6); change++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      Fuzz.tryRead("a request header", changed, RequestHeader::read);
      Fuzz.tryRead("a response header", changed, in -> ResponseHeader.read(in, key, version));
    }
  }

  @ParameterizedTest
  @EnumSource
  void responseHeaderHasTheBytesOfApache(ApiKey key) {
    for (short version = key.lowestVersion(); version <= key.newestVersion(); version++) {
      short headerVersion = ApiMessageType.fromApiKey(key.id()).responseHeaderVersion(version);
      ResponseHeaderData apache = new ResponseHeaderData().setCorrelationId(-5);
      WireWriter out = new WireWriter();
      ResponseHeader.write(out, key, version, -5);
      ByteBuffer expected = MessageUtil.toByteBufferAccessor(apache, headerVersion).buffer();
      assertThat(out.toContent()).as("%s version %d", key, version).isEqualTo(expected);

      WireReader in = new WireReader(expected);
      assertThat(ResponseHeader.read(in, key, version)).isEqualTo(-5);
      in.expectEnd();
    }
  }
}

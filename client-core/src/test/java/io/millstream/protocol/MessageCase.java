package io.millstream.protocol;

import io.millstream.wire.WireReader;
import io.millstream.wire.WireWriter;
import java.lang.reflect.InvocationTargetException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.message.ConsumerProtocolAssignment;
import org.apache.kafka.common.message.ConsumerProtocolSubscription;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.Schema;

/**
 * One generated message beside Apache's class for the same.
 *
 * @param ours the generated record
 * @param reader reads the record, by the table of APIs where the message is in it
 * @param apache makes an empty message of Apache's class
 * @param schemas Apache's description of each version, which decides what is filled
 * @param lowest the lowest version implemented by us
 * @param newest the newest version implemented by us
 */
record MessageCase(
    Class<? extends Record> ours,
    Elements.Reader<Record> reader,
    Supplier<Message> apache,
    List<Schema> schemas,
    short lowest,
    short newest) {

  /** Returns every message there is, found by the table of APIs. */
  static List<MessageCase> all() {
    List<MessageCase> cases = new ArrayList<>();
    for (ApiKey key : ApiKey.values()) {
      ApiMessageType type = ApiMessageType.fromApiKey(key.id());
      cases.add(
          of(
              (in, version) -> (Record) key.readRequest(in, version),
              type::newRequest,
              type.requestSchemas(),
              key));
      cases.add(
          of(
              (in, version) -> (Record) key.readResponse(in, version),
              type::newResponse,
              type.responseSchemas(),
              key));
    }
    cases.add(
        data(
            io.millstream.protocol.ConsumerProtocolSubscription::read,
            ConsumerProtocolSubscription::new,
            ConsumerProtocolSubscription.SCHEMAS));
    cases.add(
        data(
            io.millstream.protocol.ConsumerProtocolAssignment::read,
            ConsumerProtocolAssignment::new,
            ConsumerProtocolAssignment.SCHEMAS));
    return cases;
  }

  private static MessageCase of(
      Elements.Reader<Record> reader, Supplier<Message> apache, Schema[] schemas, ApiKey key) {
    return new MessageCase(
        oursFor(apache),
        reader,
        apache,
        Arrays.asList(schemas),
        key.lowestVersion(),
        key.newestVersion());
  }

  private static MessageCase data(
      Elements.Reader<Record> reader, Supplier<Message> apache, Schema[] schemas) {
    return new MessageCase(
        oursFor(apache),
        reader,
        apache,
        Arrays.asList(schemas),
        (short) 0,
        (short) (schemas.length - 1));
  }

  private static Class<? extends Record> oursFor(Supplier<Message> apache) {
    String name = apache.get().getClass().getSimpleName().replaceFirst("Data$", "");
    try {
      return Class.forName("io.millstream.protocol." + name).asSubclass(Record.class);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  String name() {
    return ours.getSimpleName();
  }

  Schema schema(short version) {
    return schemas.get(version);
  }

  List<Short> versions() {
    List<Short> versions = new ArrayList<>();
    for (int version = lowest; version <= newest; version++) {
      versions.add((short) version);
    }
    return versions;
  }

  byte[] writeApache(Message message, short version) {
    return bytes(MessageUtil.toByteBufferAccessor(message, version).buffer());
  }

  Message readApache(byte[] bytes, short version) {
    Message message = apache.get();
    message.read(new ByteBufferAccessor(ByteBuffer.wrap(bytes)), version);
    return message;
  }

  byte[] writeOurs(Record message, short version) {
    WireWriter out = new WireWriter();
    invoke(
        () -> ours.getMethod("write", WireWriter.class, short.class).invoke(message, out, version));
    return bytes(out.toContent());
  }

  Record readOurs(WireReader in, short version) {
    return reader.read(in, version);
  }

  Record readOurs(byte[] bytes, short version) {
    WireReader in = new WireReader(ByteBuffer.wrap(bytes));
    Record message = readOurs(in, version);
    in.expectEnd();
    return message;
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Something called by reflection. */
  interface Call {
    Object invoke() throws ReflectiveOperationException;
  }

  /** Calls by reflection and throws what the callee throws. */
  static Object invoke(Call call) {
    try {
      return call.invoke();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new LinkageError(e.getMessage(), e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return name() + " " + lowest + "-" + newest;
  }
}

package io.millstream.protocol;

import static io.millstream.protocol.MessageCase.invoke;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.jspecify.annotations.Nullable;

/** Turns a {@link ContentTree} into a message of Apache's classes or of ours, by reflection. */
final class ContentBuilder {

  private ContentBuilder() {}

  static Message apache(Class<?> type, Map<String, @Nullable Object> content) {
    return apache(type, content, null);
  }

  /**
   * As {@link #apache(Class, Map)}.
   *
   * @param unknownTags where not null, each structure gets tagged fields that nobody knows
   */
  static Message apache(
      Class<?> type, Map<String, @Nullable Object> content, @Nullable RandomGenerator unknownTags) {
    Message message = (Message) invoke(() -> type.getDeclaredConstructor().newInstance());
    content.forEach(
        (name, value) -> {
          Method setter = setter(type, "set" + upper(name));
          Object converted = value == null ? null : apacheValue(setter, value, unknownTags);
          invoke(() -> setter.invoke(message, converted));
        });
    if (unknownTags != null) {
      addUnknownTags(message, unknownTags);
    }
    return message;
  }

  private static Object apacheValue(
      Method setter, Object value, @Nullable RandomGenerator unknownTags) {
    Class<?> type = setter.getParameterTypes()[0];
    if (value instanceof Map<?, ?> structure) {
      return apache(type, fields(structure), unknownTags);
    }
    if (value instanceof byte[] bytes) {
      return type == ByteBuffer.class
          ? ByteBuffer.wrap(bytes)
          : BaseRecords.class.isAssignableFrom(type)
              ? MemoryRecords.readableRecords(ByteBuffer.wrap(bytes))
              : bytes;
    }
    if (!(value instanceof List<?> list)) {
      return value;
    }
    boolean plain = type == List.class;
    var generic = plain ? setter.getGenericParameterTypes()[0] : type.getGenericSuperclass();
    Class<?> element = (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[0];
    @SuppressWarnings("unchecked") // every collection of Apache's messages takes its elements
    Collection<Object> elements =
        plain
            ? new ArrayList<>()
            : (Collection<Object>) invoke(() -> type.getDeclaredConstructor().newInstance());
    for (Object each : list) {
      elements.add(
          each instanceof Map<?, ?> structure
              ? apache(element, fields(structure), unknownTags)
              : each);
    }
    return elements;
  }

  private static Method setter(Class<?> type, String name) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals(name) && method.getParameterCount() == 1)
        .findFirst()
        .orElseThrow(() -> new AssertionError(type + " has no " + name));
  }

  private static void addUnknownTags(Message message, RandomGenerator random) {
    int count = random.nextInt(3);
    for (int tag = 100; tag < 100 + count; tag++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      message.unknownTaggedFields().add(new RawTaggedField(tag, bytes));
    }
  }

  static Record ours(Class<? extends Record> type, Map<String, @Nullable Object> content) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new Object[components.length];
    Object defaults = invoke(() -> type.getMethod("defaults").invoke(null));
    List<String> unused = new ArrayList<>(content.keySet());
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      types[i] = component.getType();
      if (unused.remove(component.getName())) {
        Object value = content.get(component.getName());
        values[i] = value == null ? null : ourValue(component, value);
      } else {
        values[i] = invoke(() -> component.getAccessor().invoke(defaults));
      }
    }
    if (!unused.isEmpty()) {
      throw new AssertionError(type + " lacks " + unused);
    }
    return (Record) invoke(() -> type.getDeclaredConstructor(types).newInstance(values));
  }

  private static Object ourValue(RecordComponent component, Object value) {
    if (value instanceof List<?> list) {
      Class<?> element =
          (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
      List<Object> elements = new ArrayList<>();
      list.forEach(each -> elements.add(ourValue(element, each)));
      return elements;
    }
    return ourValue(component.getType(), value);
  }

  private static Object ourValue(Class<?> type, Object value) {
    if (value instanceof Map<?, ?> structure) {
      return ours(type.asSubclass(Record.class), fields(structure));
    }
    if (value instanceof Uuid uuid) {
      return new io.millstream.common.Uuid(
          uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
    return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
  }

  @SuppressWarnings("unchecked") // content trees have no other maps
  static Map<String, @Nullable Object> fields(Map<?, ?> structure) {
    return (Map<String, @Nullable Object>) structure;
  }

  private static String upper(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}

package io.millstream.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages and classes of the public API that are finished: nothing of Apache's is missing. */
class FinishedApiTest {

  private static final String THEIRS = "org.apache.kafka.";
  private static final String OURS = "io.millstream.";

  @ParameterizedTest
  @ValueSource(strings = {"common.errors", "common.header", "common.serialization"})
  void aFinishedPackageHasEveryClassAndMember(String name) throws Exception {
    List<String> missing = new ArrayList<>();
    List<Class<?>> theirs = publicClasses(THEIRS + name);
    for (Class<?> type : theirs) {
      compare(type, missing);
    }
    assertThat(missing).isEmpty();
    assertThat(theirs).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clients.producer.Producer",
        "clients.producer.ProducerConfig",
        "clients.producer.KafkaProducer",
        "clients.producer.ProducerRecord",
        "clients.producer.RecordMetadata",
        "clients.producer.Callback",
        "clients.producer.Partitioner",
        "clients.producer.ProducerInterceptor",
        "clients.consumer.Consumer",
        "clients.consumer.KafkaConsumer",
        "clients.consumer.ConsumerRecord",
        "clients.consumer.ConsumerRecords",
        "clients.consumer.ConsumerRebalanceListener",
        "clients.consumer.OffsetAndMetadata",
        "clients.consumer.OffsetCommitCallback",
        "clients.admin.NewTopic",
        "common.Cluster",
        "common.KafkaException",
        "common.Node",
        "common.PartitionInfo",
        "common.TopicPartition",
        "common.Uuid",
        "common.config.AbstractConfig",
        "common.config.ConfigDef$CaseInsensitiveValidString",
        "common.config.ConfigDef$CompositeValidator",
        "common.config.ConfigDef$ConfigKey",
        "common.config.ConfigDef$Importance",
        "common.config.ConfigDef$LambdaValidator",
        "common.config.ConfigDef$ListSize",
        "common.config.ConfigDef$NonEmptyString",
        "common.config.ConfigDef$NonEmptyStringWithoutControlChars",
        "common.config.ConfigDef$NonNullValidator",
        "common.config.ConfigDef$Range",
        "common.config.ConfigDef$Recommender",
        "common.config.ConfigDef$Type",
        "common.config.ConfigDef$ValidList",
        "common.config.ConfigDef$ValidString",
        "common.config.ConfigDef$Validator",
        "common.config.ConfigDef$Width",
        "common.config.ConfigValue",
        "common.header.internals.RecordHeader",
        "common.header.internals.RecordHeaders",
        "common.record.TimestampType",
        "common.utils.Bytes",
      })
  void aFinishedClassHasEveryMember(String name) throws Exception {
    List<String> missing = new ArrayList<>();
    compare(Class.forName(THEIRS + name, false, getClass().getClassLoader()), missing);
    assertThat(missing).isEmpty();
  }

  private static void compare(Class<?> theirs, List<String> missing) {
    String name = theirs.getName().replace(THEIRS, OURS);
    Class<?> ours;
    try {
      ours = Class.forName(name, false, FinishedApiTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      missing.add(name);
      return;
    }
    Set<String> have = members(ours).map(FinishedApiTest::signature).collect(Collectors.toSet());
    members(theirs)
        .map(member -> signature(member).replace(THEIRS, OURS))
        .filter(signature -> !have.contains(signature))
        .forEach(signature -> missing.add(name + " " + signature));
  }

  /** What may be seen from outside, its own and what it inherits. */
  private static Stream<Member> members(Class<?> type) {
    return Stream.<Member[]>of(
            type.getDeclaredConstructors(),
            type.getDeclaredMethods(),
            type.getDeclaredFields(),
            type.getMethods(),
            type.getFields())
        .flatMap(Arrays::stream)
        .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
        .filter(member -> !member.isSynthetic());
  }

  private static String signature(Member member) {
    if (member instanceof Field field) {
      return field.getType().getName() + " " + field.getName();
    }
    Executable executable = (Executable) member;
    String name = executable instanceof Constructor<?> ? "new" : executable.getName();
    String result = executable instanceof Method method ? method.getReturnType().getName() : "";
    return Arrays.stream(executable.getParameterTypes())
        .map(Class::getName)
        .collect(Collectors.joining(", ", result + " " + name + "(", ")"));
  }

  private static List<Class<?>> publicClasses(String packageName)
      throws IOException, URISyntaxException {
    Path jar =
        Path.of(KafkaException.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .map(entry -> entry.getName().replace('/', '.'))
          .filter(name -> name.startsWith(packageName) && name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .filter(name -> name.lastIndexOf('.') == packageName.length())
          .<Class<?>>map(FinishedApiTest::load)
          .filter(type -> Modifier.isPublic(type.getModifiers()))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, FinishedApiTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.millstream.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.millstream.testing.KafkaClusterExtension;
import io.millstream.testing.KafkaVersion;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program written for Apache's client compiles and runs after one replacement in its text. */
class ApacheProgramIT {

  @RegisterExtension
  static final KafkaClusterExtension KAFKA = KafkaClusterExtension.shared(KafkaVersion.V4_4_0);

  private static final String APACHES_PACKAGE = "org.apache.kafka";

  @TempDir private Path classes;

  @ParameterizedTest
  @ValueSource(strings = {APACHES_PACKAGE, "io.millstream"})
  void programOfOrdersRunsWithEitherPackage(String root) throws Exception {
    String source;
    try (var in = ApacheProgramIT.class.getResourceAsStream("OrderProgram.java.txt")) {
      assertThat(in).isNotNull();
      source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertThat(source).contains(APACHES_PACKAGE).doesNotContain("io.millstream");

    compile(source.replace(APACHES_PACKAGE, root));

    URL[] own = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(own, getClass().getClassLoader())) {
      Object result =
          loader
              .loadClass("OrderProgram")
              .getMethod("run", String.class, String.class)
              .invoke(null, KAFKA.bootstrapServers(), "orders-" + root.replace('.', '-'));
      assertThat(result)
          .isEqualTo(
              Map.of("acknowledged", 100, "read", 100, "left after commit", 0, "customers", 10));
    }
  }

  private void compile(String source) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler).as("the tests run on a JDK").isNotNull();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///OrderProgram.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    Path log = classes.resolve("compiler.log");
    try (var out = Files.newBufferedWriter(log)) {
      boolean compiled =
          compiler
              .getTask(
                  out,
                  null,
                  null,
                  List.of(
                      "-d",
                      classes.toString(),
                      "-Xlint:all",
                      "-proc:none",
                      "-cp",
                      System.getProperty(
                          "surefire.test.class.path", System.getProperty("java.class.path"))),
                  null,
                  List.of(file))
              .call();
      out.flush();
      assertThat(compiled).as(Files.readString(log)).isTrue();
    }
  }
}

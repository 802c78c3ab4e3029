package io.millstream.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is generated is tried in client-core; here it is what is refused, and where. */
class DefinitionParserTest {

  private static Message parse(String text) {
    return DefinitionParser.parse("Some.message", text.lines().toList());
  }

  @Test
  void fieldHasVersionsOfWhatEnclosesItUnlessItSaysOtherwise() {
    Message message =
        parse(
            """
            # Some data.
            data Some versions 2-7

            fields
              names     []Name 3+
                value   string nullable 5+
                number  int32 4-6 = -1 ignorable
            """);
    Field names = message.structures().get(0).fields().get(0);
    assertThat(names.versions()).isEqualTo(new Versions(3, 7));
    Struct name = message.structures().get(0).nested().get(0);
    assertThat(name.fields().get(0).versions()).isEqualTo(new Versions(3, 7));
    assertThat(name.fields().get(0).nullable()).isEqualTo(new Versions(5, 7));
    assertThat(name.fields().get(1).versions()).isEqualTo(new Versions(4, 6));
    assertThat(name.fields().get(1).ignorable()).isTrue();
    assertThat(message.about()).isEqualTo("Some data.");
  }

  @Test
  void conditionsNameOnlyTheBoundsThatMatter() {
    Versions known = new Versions(2, 7);
    assertThat(known.inside(known)).isEqualTo("true");
    assertThat(new Versions(3, 7).inside(known)).isEqualTo("version >= 3");
    assertThat(new Versions(3, 7).outside(known)).isEqualTo("version < 3");
    assertThat(new Versions(2, 5).inside(known)).isEqualTo("version <= 5");
    assertThat(new Versions(3, 5).inside(known)).isEqualTo("version >= 3 && version <= 5");
    assertThat(Versions.NONE.inside(known)).isEqualTo("false");
  }

  @Test
  void apiGetsRequestResponseAndConstant() {
    Message message =
        parse(
            """
            # Some API.
            api SomeThing 7 versions 0-3 flexible 2+

            request
              name  string

            response
              throttleTimeMs  int32
            """);
    Map<String, String> sources = Generator.sources(List.of(message));
    assertThat(sources)
        .containsOnlyKeys("ApiKey.java", "SomeThingRequest.java", "SomeThingResponse.java");
    assertThat(sources.get("ApiKey.java")).contains("SOME_THING(");
    assertThat(sources.get("SomeThingRequest.java"))
        .contains("implements ApiRequest<SomeThingResponse>");
  }

  @Test
  void unknownTypeIsRefusedWithItsLine() {
    refused("  name  text", "no type is called text");
  }

  @Test
  void versionsBeyondTheEnclosingOnesAreRefused() {
    refused("  name  string 4+", "not within");
  }

  @Test
  void wordThatMeansNothingIsRefused() {
    refused("  name  string optional", "cannot read optional");
  }

  @Test
  void nameThatGeneratedCodeUsesIsRefused() {
    refused("  version  int16", "used by the generated code");
  }

  @Test
  void structureWithoutFieldsIsRefused() {
    refused("  name  []Name", "no fields");
  }

  private static void refused(String field, String problem) {
    assertThatThrownBy(() -> parse("data Some versions 0-3\n\nfields\n" + field))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("Some.message:4")
        .hasMessageContaining(problem);
  }
}

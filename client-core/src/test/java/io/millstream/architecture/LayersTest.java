package io.millstream.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A package may use those above it in this list, never those below. */
class LayersTest {

  private static final String ROOT = "io.millstream.";

  private static final List<String> TOP_DOWN =
      List.of(
          "settings",
          "metrics",
          "wire",
          "record",
          "protocol",
          "network",
          "cluster",
          "transaction",
          "group",
          "produce",
          "fetch",
          "consume",
          "admin");

  private static final String ENTRY_POINTS =
      "io\\.millstream\\.clients\\..*\\.(KafkaProducer|KafkaConsumer|KafkaAdminClient)(\\$.*)?";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption((Location location) -> location.contains("client-core"))
          .importPackages("io.millstream");

  @Test
  void packageUsesNoneBelowIt() {
    for (int i = 0; i < TOP_DOWN.size(); i++) {
      String[] below =
          TOP_DOWN.subList(i + 1, TOP_DOWN.size()).stream()
              .map(LayersTest::in)
              .toArray(String[]::new);
      if (below.length > 0) {
        check(
            noClasses()
                .that(resideInAnyPackage(in(TOP_DOWN.get(i))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(below))
                .allowEmptyShould(true)
                .evaluate(CLASSES));
      }
    }
  }

  @Test
  void valuesAndInterfacesOfTheApiUseNoEngine() {
    String[] engine = TOP_DOWN.stream().map(LayersTest::in).toArray(String[]::new);
    check(
        noClasses()
            .that(resideInAnyPackage(ROOT + "common.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(engine))
            .allowEmptyShould(true)
            .evaluate(CLASSES));
  }

  @Test
  void valuesAndInterfacesOfTheClientsUseNoEngine() {
    // The names of all settings come from their tables.
    String[] engine =
        TOP_DOWN.stream()
            .filter(name -> !name.equals("settings"))
            .map(LayersTest::in)
            .toArray(String[]::new);
    check(
        noClasses()
            .that(resideInAnyPackage(ROOT + "clients.."))
            .and()
            .haveNameNotMatching(ENTRY_POINTS)
            .should()
            .dependOnClassesThat(resideInAnyPackage(engine))
            .evaluate(CLASSES));
  }

  @Test
  void nothingUsesTheEntryPoints() {
    check(
        noClasses()
            .that(resideOutsideOfPackages(ROOT + "clients.."))
            .should()
            .dependOnClassesThat()
            .haveNameMatching(ENTRY_POINTS)
            .allowEmptyShould(true)
            .evaluate(CLASSES));
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    Set<String> engine =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.matches("io\\.millstream\\.(common|clients)(\\..*)?"))
            .collect(Collectors.toSet());
    assertThat(engine)
        .containsExactlyInAnyOrderElementsOf(TOP_DOWN.stream().map(ROOT::concat).toList());
  }

  private static String in(String name) {
    return ROOT + name + "..";
  }

  private static void check(EvaluationResult result) {
    assertThat(result.getFailureReport().getDetails()).isEmpty();
  }
}

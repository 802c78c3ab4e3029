package io.millstream.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModulePathTest {

  @Test
  void runsOnTheModulePathWithTheClientAsNamedModule() {
    assertThat(ModulePath.class.getModule().getName()).isEqualTo("io.millstream.check");
    assertThat(ModuleLayer.boot().findModule(ModulePath.CLIENT)).isPresent();
    assertThat(ModuleLayer.boot().findModule("io.millstream.client.compression")).isPresent();
  }

  @Test
  void engineIsClosedToApplications() {
    assertThat(ModulePath.packagesOpenToApplications())
        .allMatch(
            name ->
                name.startsWith("io.millstream.common")
                    || name.startsWith("io.millstream.clients")
                    || name.startsWith("io.millstream.micrometer"));
    assertThat(ModulePath.packagesOpenToFriends())
        .noneMatch(name -> name.startsWith("io.millstream.common"));
  }
}

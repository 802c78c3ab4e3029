package io.millstream.check;

import java.lang.module.ModuleDescriptor;
import java.util.Set;
import java.util.TreeSet;

/** The modules of the client as the running application sees them. */
final class ModulePath {

  static final String CLIENT = "io.millstream.client.core";

  private ModulePath() {}

  /** The packages of the client that every application may use, in alphabetical order. */
  static Set<String> packagesOpenToApplications() {
    Set<String> packages = new TreeSet<>();
    for (ModuleDescriptor.Exports exports : client().getDescriptor().exports()) {
      if (!exports.isQualified()) {
        packages.add(exports.source());
      }
    }
    return packages;
  }

  /** The packages of the client that only named modules may use, in alphabetical order. */
  static Set<String> packagesOpenToFriends() {
    Set<String> packages = new TreeSet<>();
    for (ModuleDescriptor.Exports exports : client().getDescriptor().exports()) {
      if (exports.isQualified()) {
        packages.add(exports.source());
      }
    }
    return packages;
  }

  /** All packages of the client, in alphabetical order. */
  static Set<String> packages() {
    return new TreeSet<>(client().getPackages());
  }

  private static Module client() {
    return ModuleLayer.boot().findModule(CLIENT).orElseThrow();
  }
}

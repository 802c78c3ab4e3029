package io.millstream.examples;

import java.io.Console;

/** Tells whether a human looks at the output. */
final class Terminal {

  private Terminal() {}

  // From JDK 22 on there is a console without a terminal too, which isTerminal tells.
  @SuppressWarnings("SystemConsoleNull")
  static boolean present() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException beforeJdk22) {
      return true;
    }
  }
}

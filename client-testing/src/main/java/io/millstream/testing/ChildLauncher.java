package io.millstream.testing;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of every child process: it runs another main class, and halts the JVM when its
 * standard input ends. The operating system closes that pipe when the parent is gone, even when it
 * was killed, so no child outlives it.
 *
 * <p>It runs on the child's class path and uses nothing but the JDK.
 */
public final class ChildLauncher {

  private static final int PARENT_IS_GONE = 99;

  private ChildLauncher() {}

  /**
   * Runs a program.
   *
   * @param arguments the main class to run and its arguments
   * @throws Exception if there is no such class, or what its main method throws
   */
  public static void main(String[] arguments) throws Exception {
    Thread watch = new Thread(ChildLauncher::haltWhenInputEnds, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    // By name: the class is on the child's class path alone.
    Class<?> program = Class.forName(arguments[0]);
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    try {
      program.getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw thrown;
    }
  }

  private static void haltWhenInputEnds() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said; only the end counts.
      }
    } catch (IOException broken) {
      // A broken pipe means the same as its end.
    }
    Runtime.getRuntime().halt(PARENT_IS_GONE);
  }
}

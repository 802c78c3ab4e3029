package io.millstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to exactly one process. The JDK can end processes but not freeze them. */
final class ProcessSignals {

  private ProcessSignals() {}

  /**
   * Starts a process that resumes another one when this JVM has ended, however that ends: a frozen
   * process does not notice. To be destroyed when the other runs again.
   */
  static Process resumerAtOurEnd(long pid) {
    try {
      // Nothing is ever written to it: the read ends when our end of the pipe is closed.
      return new ProcessBuilder("sh", "-c", "read line; kill -CONT \"$0\"", Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException noShell) {
      throw new UncheckedIOException("freezing needs the command sh", noShell);
    }
  }

  static void send(String signal, long pid) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      kill.waitFor();
    } catch (IOException noKill) {
      throw new UncheckedIOException("freezing needs the command kill", noKill);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

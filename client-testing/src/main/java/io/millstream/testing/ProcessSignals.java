package io.millstream.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals to exactly one process. The JDK can end processes but not freeze them. */
final class ProcessSignals {

  private ProcessSignals() {}

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

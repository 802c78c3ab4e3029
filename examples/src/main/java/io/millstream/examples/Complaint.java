package io.millstream.examples;

/** Something the user has to put right; its message is all he sees. */
final class Complaint extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  Complaint(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}

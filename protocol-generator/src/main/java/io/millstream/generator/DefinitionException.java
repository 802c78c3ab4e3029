package io.millstream.generator;

/** A definition file that breaks the rules of the format. */
final class DefinitionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DefinitionException(String where, String problem) {
    super(where + ": " + problem);
  }
}

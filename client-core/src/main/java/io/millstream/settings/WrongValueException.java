package io.millstream.settings;

/** A value breaks the rule of its setting; the message is the rule. Never leaves this package. */
final class WrongValueException extends Exception {

  private static final long serialVersionUID = 1L;

  WrongValueException(String rule) {
    super(rule, null, false, false);
  }
}
